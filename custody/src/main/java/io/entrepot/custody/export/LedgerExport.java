// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.export;

import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.BlockName;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerHasher;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.LedgerSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Writes a ledger's rows as lines of JSON. */
public final class LedgerExport {

  static final String HEADER = "ledger-export";
  static final long VERSION = 1;

  private static final HexFormat HEX = HexFormat.of();

  private final Writer out;
  private long lines;

  private LedgerExport(Writer out) {
    this.out = out;
  }

  /**
   * Writes everything, without closing the writer. Pending entries are only counted.
   *
   * @return how many lines were written
   */
  public static long write(LedgerSource source, Writer out) throws IOException {
    LedgerExport export = new LedgerExport(out);
    try {
      export.writeAll(source);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return export.lines;
  }

  private void writeAll(LedgerSource source) {
    line(new JsonLine(HEADER).with("version", VERSION));
    for (CheckpointText checkpoint : source.checkpoints()) {
      line(new JsonLine("checkpoint").with("text", checkpoint.text()));
    }
    for (String stream : source.streams()) {
      line(new JsonLine("stream").with("stream", stream).with("pending", source.pending(stream)));
      try (Stream<Block> blocks = source.blocks(stream)) {
        blocks.forEachOrdered(block -> line(of(block)));
      }
      try (Stream<LedgerEntry> entries = source.entries(stream)) {
        entries.forEachOrdered(entry -> line(of(entry)));
      }
    }
    line(new JsonLine("end").with("lines", lines + 1));
  }

  private void line(JsonLine line) {
    try {
      out.write(line.toString());
      out.write('\n');
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonLine of(Block block) {
    BlockHeader header = block.header();
    return new JsonLine("block")
        .with("stream", header.name().stream())
        .with("number", header.name().number())
        .with("first", header.entries().first())
        .with("count", header.entries().count())
        .with("root", header.root().hex())
        .with("previous", header.previous().hex())
        .with("closed", header.closedMicros())
        .with("hash", block.hash().hex())
        .with("leaves", HEX.formatHex(block.leaves()));
  }

  private static JsonLine of(LedgerEntry entry) {
    EntryContent content = entry.content();
    return new JsonLine("entry")
        .with("stream", entry.stream())
        .with("sequence", entry.sequence())
        .with("time", content.micros())
        .with("kind", content.kind())
        .with("subject", content.subject())
        .with("payload", HEX.formatHex(content.payload()));
  }

  static Block block(JsonLine line) {
    BlockHeader header =
        new BlockHeader(
            new BlockName(line.text("stream"), line.number("number")),
            new EntryRange(line.number("first"), line.number("count")),
            LedgerHasher.digest(HEX.parseHex(line.text("root"))),
            LedgerHasher.digest(HEX.parseHex(line.text("previous"))),
            line.number("closed"));
    byte[] leaves = HEX.parseHex(line.text("leaves"));
    return new Block(header, LedgerHasher.digest(HEX.parseHex(line.text("hash"))), leaves);
  }

  static LedgerEntry entry(JsonLine line) {
    EntryContent content =
        new EntryContent(
            line.number("time"),
            line.text("kind"),
            line.text("subject"),
            HEX.parseHex(line.text("payload")));
    return new LedgerEntry(line.text("stream"), line.number("sequence"), content);
  }
}
