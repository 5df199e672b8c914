// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.base.Id;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a hook to be.
 *
 * @param config settings of the built-in hook, or of whatever is called; null for none
 * @param instrument only for files of this one; null for all
 * @param priority the lower goes first
 */
public record HookDraft(
    String name,
    @Nullable String description,
    Point point,
    Action action,
    @Nullable Map<String, @Nullable Object> config,
    @Nullable Id instrument,
    int priority,
    boolean enabled) {

  /** When it is asked. */
  public enum Point {
    PRE_TRANSFER,
    POST_TRANSFER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is behind it. */
  public enum Implementation {
    BUILTIN,
    PYTHON_SCRIPT,
    HTTP_WEBHOOK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is run; of the three names the one that fits the implementation is needed. */
  public record Action(
      Implementation implementation,
      @Nullable String builtinName,
      @Nullable String scriptPath,
      @Nullable String webhookUrl) {}
}
