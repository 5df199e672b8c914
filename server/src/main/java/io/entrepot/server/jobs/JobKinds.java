// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds of work this server can do. Filled while it starts, before the engine does. */
public final class JobKinds {

  private final Map<String, JobKind> byName = new ConcurrentHashMap<>();

  /**
   * @throws IllegalStateException when another kind has the name
   */
  public void register(JobKind kind) {
    JobKind other = byName.putIfAbsent(kind.name(), kind);
    if (other != null && other != kind) {
      throw new IllegalStateException("two job kinds are named " + kind.name());
    }
  }

  public Optional<JobKind> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * @throws EntrepotException BAD_REQUEST when there is none
   */
  public JobKind require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new EntrepotException(
                    ErrorCode.BAD_REQUEST,
                    "there is no job kind \"" + name + "\"; known are " + byName.keySet()));
  }
}
