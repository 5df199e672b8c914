// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to a job's log. What of them is kept is bounded over the job's whole life, so
 * that one that never stops talking fills neither memory nor disk: how it began, and how it goes on
 * lately. Between the two one line has its place that says how many were left out.
 */
final class LogBuffer {

  static final int LINE_LIMIT = 20_000;
  static final long CHARACTER_LIMIT = 4_000_000;
  static final int TEXT_LIMIT = 4_000;

  private final InstantSource clock;
  private final Head head = new Head();

  /** What is kept of the end, stored or not. */
  private final Deque<Size> tail = new ArrayDeque<>();

  private final Deque<LogLine> waitingHead = new ArrayDeque<>();
  private final Deque<LogLine> waitingTail = new ArrayDeque<>();
  private long tailCharacters;
  private long last;
  private long leftOut;
  private long leftOutStored;

  /** How long a line is. */
  record Size(long number, long characters) {}

  /**
   * What is to be stored.
   *
   * @param lines those that are new
   * @param cut what of the stored ones is to go; null for nothing
   */
  record Part(List<LogLine> lines, @Nullable Cut cut) {}

  /**
   * The lines that are left out.
   *
   * @param told says so, and stands in the place of the first of them
   * @param until the number of the first line that stays
   */
  record Cut(LogLine told, long until) {}

  /** What is kept of the beginning. */
  private static final class Head {
    private long lines;
    private long characters;
    private long last;

    boolean isFull() {
      return lines >= LINE_LIMIT / 2 || characters >= CHARACTER_LIMIT / 2;
    }

    void add(Size line) {
      lines++;
      characters += line.characters();
      last = line.number();
    }
  }

  /**
   * @param stored of an earlier start of the job, in their order
   */
  LogBuffer(InstantSource clock, List<Size> stored) {
    this.clock = clock;
    stored.forEach(this::known);
    leftOut = countLeftOut();
    leftOutStored = leftOut;
  }

  private void known(Size line) {
    last = line.number();
    if (!head.isFull()) {
      head.add(line);
    } else if (line.number() > gap()) {
      tail.addLast(line);
      tailCharacters += line.characters();
    }
  }

  /** The number of the line that says how many are left out. */
  private long gap() {
    return head.last + 1;
  }

  private long countLeftOut() {
    return tail.isEmpty() ? 0 : tail.getFirst().number() - gap() - 1;
  }

  synchronized void add(LogLevel level, String text) {
    // PostgreSQL text cannot hold a NUL.
    String clean = text.replace('\0', '\uFFFD');
    String kept = clean.length() > TEXT_LIMIT ? clean.substring(0, TEXT_LIMIT) + " …" : clean;
    boolean inHead = !head.isFull();
    last = inHead ? last + 1 : Math.max(last, gap()) + 1;
    Size size = new Size(last, kept.length());
    LogLine line = new LogLine(last, clock.instant(), level, kept);
    if (inHead) {
      waitingHead.addLast(line);
      head.add(size);
    } else {
      waitingTail.addLast(line);
      tail.addLast(size);
      tailCharacters += size.characters();
      cutTail();
    }
  }

  private void cutTail() {
    while (tail.size() > LINE_LIMIT / 2 || tailCharacters > CHARACTER_LIMIT / 2) {
      tailCharacters -= tail.removeFirst().characters();
    }
    leftOut = countLeftOut();
    dropLeftOut();
  }

  /** Lines that wait and are not kept any more. */
  private void dropLeftOut() {
    while (!waitingTail.isEmpty() && waitingTail.getFirst().number() < tail.getFirst().number()) {
      waitingTail.removeFirst();
    }
  }

  synchronized boolean isWaiting() {
    return !waitingHead.isEmpty() || !waitingTail.isEmpty();
  }

  /** What is not taken yet. It is gone from here. */
  synchronized Part take() {
    List<LogLine> lines = new ArrayList<>(waitingHead);
    lines.addAll(waitingTail);
    waitingHead.clear();
    waitingTail.clear();
    if (leftOut == leftOutStored) {
      return new Part(lines, null);
    }
    leftOutStored = leftOut;
    LogLine told =
        new LogLine(
            gap(),
            clock.instant(),
            LogLevel.WARNING,
            leftOut == 1
                ? "1 line left out"
                : String.format(Locale.ROOT, "%,d lines left out", leftOut));
    return new Part(lines, new Cut(told, tail.getFirst().number()));
  }

  /** What could not be stored goes back to the front. */
  synchronized void giveBack(Part part) {
    for (LogLine line : part.lines().reversed()) {
      (line.number() <= head.last ? waitingHead : waitingTail).addFirst(line);
    }
    dropLeftOut();
    if (part.cut() != null) {
      leftOutStored = -1;
    }
  }
}
