// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.JobState;

/**
 * How something stands: an icon, a word and how urgent it is; never a colour alone. Nothing is ever
 * read back from one.
 */
record Badge(Look urgency, String icon, String word) {

  /** The word of the style sheets for it. */
  public String look() {
    return urgency.word();
  }

  static Badge ok(String word) {
    return new Badge(Look.OK, "ok", word);
  }

  static Badge running(String word) {
    return new Badge(Look.RUN, "run", word);
  }

  static Badge waiting(String word) {
    return new Badge(Look.RUN, "wait", word);
  }

  static Badge warn(String word) {
    return new Badge(Look.WARN, "warn", word);
  }

  static Badge bad(String word) {
    return new Badge(Look.BAD, "bad", word);
  }

  static Badge blind(String word) {
    return new Badge(Look.BLIND, "blind", word);
  }

  static Badge idle(String word) {
    return new Badge(Look.IDLE, "off", word);
  }

  /** How everything says whether somebody switched it on. */
  static Badge switched(boolean on) {
    return on ? ok("Switched on") : idle("Switched off");
  }

  static Badge ended(String word) {
    return new Badge(Look.IDLE, "stop", word);
  }

  static Badge of(JobState state, long warnings) {
    return switch (state) {
      case PENDING, QUEUED -> waiting("Waiting");
      case RUNNING -> running("Running");
      case PAUSED -> new Badge(Look.IDLE, "pause", "Paused");
      case COMPLETED -> warnings > 0 ? warn("Done, with warnings") : ok("Done");
      case FAILED -> bad("Failed");
      case CANCELLED -> idle("Cancelled");
      case STOPPED -> idle("Stopped");
    };
  }
}
