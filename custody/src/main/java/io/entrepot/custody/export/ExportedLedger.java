// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.export;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.Block;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.LedgerSource;
import io.entrepot.custody.verify.MalformedRowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A ledger in an export file, read anew from the front for each question. */
public final class ExportedLedger implements LedgerSource {

  private static final String ENTRY = "{\"type\":\"entry\",";
  private static final String BLOCK = "{\"type\":\"block\",";
  private static final String MISPLACED = "the header is not first, or the end not last";

  private final Path file;
  private final List<CheckpointText> checkpoints = new ArrayList<>();
  private final Map<String, Long> pending = new HashMap<>();
  private final Set<String> streams = new TreeSet<>();
  private boolean ended;
  private long malformed;
  private long lines;

  private ExportedLedger(Path file) {
    this.file = file;
  }

  /**
   * Looks through the file once.
   *
   * @throws EntrepotException {@code STORE_READ_FAILED} when it cannot be read, is no export, or
   *     ends too early
   */
  public static ExportedLedger open(Path file) {
    ExportedLedger ledger = new ExportedLedger(file);
    try (Stream<String> all = Files.lines(file)) {
      all.forEachOrdered(ledger::note);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
    if (!ledger.ended) {
      throw unreadable(file, "ends before its last line: export it again");
    }
    if (ledger.streams.isEmpty() && ledger.malformed > 0) {
      throw unreadable(
          file, "is not a ledger export; no stream has what is in line " + ledger.malformed);
    }
    return ledger;
  }

  private void note(String line) {
    lines++;
    try {
      boolean isRow = line.startsWith(ENTRY) || line.startsWith(BLOCK);
      if (ended || (isRow && lines == 1)) {
        throw new IllegalArgumentException(MISPLACED);
      }
      if (isRow) {
        noteRow(line);
      } else {
        note(JsonLine.parse(line));
      }
    } catch (IllegalArgumentException e) {
      throw unreadable(file, "is not a ledger export; line " + lines + ", " + e.getMessage());
    }
  }

  /** A row belongs to its stream, whether or not another line tells of it. */
  private void noteRow(String line) {
    try {
      streams.add(JsonLine.parse(line).text("stream"));
    } catch (IllegalArgumentException e) {
      // Whoever reads the rows of any stream meets it, and says where.
      malformed = lines;
    }
  }

  private void note(JsonLine line) {
    String type = line.text("type");
    if ((lines == 1) != type.equals(LedgerExport.HEADER)) {
      throw new IllegalArgumentException(MISPLACED);
    }
    switch (type) {
      case LedgerExport.HEADER -> {
        if (line.number("version") != LedgerExport.VERSION) {
          throw new IllegalArgumentException("this program knows only version 1");
        }
      }
      case "checkpoint" ->
          checkpoints.add(new CheckpointText(file + ", line " + lines, line.text("text")));
      case "stream" -> {
        streams.add(line.text("stream"));
        pending.put(line.text("stream"), line.number("pending"));
      }
      case "end" -> ended = line.number("lines") == lines;
      default -> throw new IllegalArgumentException("a line of unknown type " + type);
    }
  }

  @Override
  public Set<String> streams() {
    return Collections.unmodifiableSet(streams);
  }

  @Override
  public Stream<Block> blocks(String stream) {
    return rows(BLOCK, LedgerExport::block).filter(b -> b.header().name().stream().equals(stream));
  }

  @Override
  public Stream<LedgerEntry> entries(String stream) {
    return rows(ENTRY, LedgerExport::entry).filter(e -> e.stream().equals(stream));
  }

  @Override
  public long pending(String stream) {
    return pending.getOrDefault(stream, 0L);
  }

  @Override
  public List<CheckpointText> checkpoints() {
    return checkpoints;
  }

  private <T> Stream<T> rows(String start, Function<JsonLine, T> mapper) {
    return lines().filter(line -> line.startsWith(start)).map(line -> row(line, mapper));
  }

  /** A file that cannot be read any more is told so also when that is found half-way. */
  private Stream<String> lines() {
    Stream<String> all;
    try {
      all = Files.lines(file);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
    Spliterator<String> lines = all.spliterator();
    Spliterator<String> telling =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
          @Override
          public boolean tryAdvance(Consumer<? super String> action) {
            try {
              return lines.tryAdvance(action);
            } catch (UncheckedIOException e) {
              throw unreadable(file, "cannot be read: " + e.getMessage());
            }
          }
        };
    return StreamSupport.stream(telling, false).onClose(all::close);
  }

  private static <T> T row(String line, Function<JsonLine, T> mapper) {
    try {
      return mapper.apply(JsonLine.parse(line));
    } catch (IllegalArgumentException e) {
      throw new MalformedRowException("a line is malformed, " + e.getMessage(), e);
    }
  }

  private static EntrepotException unreadable(Path file, String why) {
    return new EntrepotException(
        ErrorCode.STORE_READ_FAILED, "The export " + file + " " + why + ". Nothing was judged.");
  }
}
