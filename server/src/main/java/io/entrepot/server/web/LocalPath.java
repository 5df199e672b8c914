// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import org.jspecify.annotations.Nullable;

/** Where to go next when a request may say so: a page of ours and nowhere else. */
final class LocalPath {

  private static final String HOME = "/ui/";

  private LocalPath() {}

  /** The path when it is one of our pages, else the start page. */
  static String of(@Nullable String wanted) {
    if (wanted == null) {
      return HOME;
    }
    boolean ours =
        wanted.startsWith(HOME)
            && !wanted.startsWith("/ui/login")
            && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '{');
    return ours ? wanted : HOME;
  }
}
