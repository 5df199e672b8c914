// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file with its whole story.
 *
 * @param verdict what is known about its copies, in one sentence
 * @param caveat what the sentence does not cover; empty for nothing
 * @param look how urgent the verdict is
 * @param downloadable whether a proved copy exists
 */
record FileView(
    FileRow row,
    Badge look,
    String verdict,
    String caveat,
    boolean downloadable,
    List<Copy> copies,
    List<Event> events,
    List<Version> versions,
    List<Fact> facts) {

  /**
   * A copy that is known of.
   *
   * @param blocks how many of the gauge's six blocks are full: one less for each week
   */
  record Copy(
      String place, String path, long version, Badge badge, @Nullable Moment proved, int blocks) {}

  /**
   * One line of the custody ledger.
   *
   * @param digest what its bytes were known by; empty for nothing
   * @param actor who did it
   */
  record Event(
      Badge badge,
      String what,
      String detail,
      @Nullable String jobLink,
      Moment time,
      String digest,
      String actor,
      @Nullable Long sequence) {}

  record Version(
      int number,
      String ark,
      String size,
      @Nullable Moment modified,
      Moment found,
      @Nullable String sha256,
      boolean newest,
      @Nullable String download) {}

  /**
   * One fact.
   *
   * @param mono whether it is to be read letter by letter
   * @param time shown in place of the value; null where it is no time
   */
  record Fact(
      String name, String value, boolean mono, @Nullable String link, @Nullable Moment time) {

    Fact(String name, String value, boolean mono, @Nullable String link) {
      this(name, value, mono, link, null);
    }
  }
}
