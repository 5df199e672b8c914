// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that hooks are asked about.
 *
 * @param metadata what is known of it so far, earlier hooks of the same round included
 */
public record HookSubject(
    String path, String filename, long size, Map<String, @Nullable Object> metadata) {

  public static HookSubject of(String path, long size, Map<String, @Nullable Object> metadata) {
    return new HookSubject(path, path.substring(path.lastIndexOf('/') + 1), size, metadata);
  }

  HookSubject with(Map<String, @Nullable Object> more) {
    return new HookSubject(path, filename, size, more);
  }
}
