// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.JobState;

/**
 * How something stands: an icon, a word and how urgent it is; never a colour alone.
 *
 * @param look one of ok, run, warn, bad, blind, idle
 */
record Badge(String look, String icon, String word) {

  static Badge ok(String word) {
    return new Badge("ok", "ok", word);
  }

  static Badge running(String word) {
    return new Badge("run", "run", word);
  }

  static Badge waiting(String word) {
    return new Badge("run", "wait", word);
  }

  static Badge warn(String word) {
    return new Badge("warn", "warn", word);
  }

  static Badge bad(String word) {
    return new Badge("bad", "bad", word);
  }

  static Badge blind(String word) {
    return new Badge("blind", "blind", word);
  }

  static Badge idle(String word) {
    return new Badge("idle", "off", word);
  }

  static Badge of(JobState state, long warnings) {
    return switch (state) {
      case PENDING, QUEUED -> waiting("Waiting");
      case RUNNING -> running("Running");
      case PAUSED -> new Badge("idle", "pause", "Paused");
      case COMPLETED -> warnings > 0 ? warn("Done, with warnings") : ok("Done");
      case FAILED -> bad("Failed");
      case CANCELLED -> idle("Cancelled");
      case STOPPED -> idle("Stopped");
    };
  }
}
