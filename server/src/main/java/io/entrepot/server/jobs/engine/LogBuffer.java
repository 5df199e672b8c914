// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines on their way to a job's log. What a job may log is bounded over its whole life, so that one
 * that never stops talking fills neither memory nor disk.
 */
final class LogBuffer {

  static final long LINE_LIMIT = 20_000;
  static final long CHARACTER_LIMIT = 4_000_000;
  static final int TEXT_LIMIT = 4_000;

  private final InstantSource clock;
  private List<LogLine> waiting = new ArrayList<>();
  private long lines;
  private long characters;

  LogBuffer(InstantSource clock, LogTable.Size already) {
    this.clock = clock;
    this.lines = already.lines();
    this.characters = already.characters();
  }

  synchronized void add(LogLevel level, String text) {
    if (isFull()) {
      return;
    }
    // PostgreSQL text cannot hold a NUL.
    String clean = text.replace('\0', '\uFFFD');
    append(level, clean.length() > TEXT_LIMIT ? clean.substring(0, TEXT_LIMIT) + " …" : clean);
    if (isFull()) {
      append(LogLevel.WARNING, "This log is full; what follows is not kept.");
    }
  }

  private boolean isFull() {
    return lines >= LINE_LIMIT || characters >= CHARACTER_LIMIT;
  }

  private void append(LogLevel level, String text) {
    lines++;
    characters += text.length();
    waiting.add(new LogLine(lines, clock.instant(), level, text));
  }

  synchronized boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** The lines not taken yet. They are gone from here. */
  synchronized List<LogLine> take() {
    List<LogLine> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  /** Lines that could not be stored go back to the front. */
  synchronized void giveBack(List<LogLine> lines) {
    List<LogLine> joined = new ArrayList<>(lines);
    joined.addAll(waiting);
    waiting = joined;
  }
}
