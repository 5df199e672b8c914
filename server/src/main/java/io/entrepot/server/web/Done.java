// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody has just done, told in one line by the page that comes after it. */
enum Done {
  ADDED("Added."),
  SAVED("Saved."),
  ON("Switched on."),
  OFF("Switched off."),
  ENDED("The session was ended."),
  OTHERS_ENDED("You are signed out everywhere else."),
  REVOKED("The key was revoked."),
  PASSWORD("Your password was changed. All your other devices are signed out."),
  AGREED("You agreed. Whoever asked is told."),
  DECLINED("You declined. Whoever asked is told."),
  REMOVED("Removed.");

  static final String PARAMETER = "done";

  private final String words;

  Done(String words) {
    this.words = words;
  }

  /** The answer that leads to this address and tells it there. */
  String at(String address) {
    return "redirect:" + address + (address.contains("?") ? "&" : "?") + PARAMETER + "=" + word();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is told for this parameter; null for nothing. */
  static @Nullable String words(@Nullable String parameter) {
    for (Done one : values()) {
      if (one.word().equals(parameter)) {
        return one.words;
      }
    }
    return null;
  }
}
