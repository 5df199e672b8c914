// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.Breach;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.LedgerVerifier;
import io.entrepot.custody.verify.TestLedger;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerExportTest {

  @TempDir private Path folder;
  private final long seed = new SecureRandom().nextLong();
  private final TestLedger ledger = new TestLedger();
  private List<String> lines = new ArrayList<>();

  @BeforeEach
  void an_export_of_two_blocks() throws Exception {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    ledger.append(5, random);
    ledger.append(7, random);
    ledger.addCheckpoint(LedgerKey.generate(new SecureRandom()));
    StringWriter out = new StringWriter();
    long count = LedgerExport.write(ledger, out);
    lines = new ArrayList<>(out.toString().lines().toList());
    assertThat(lines).hasSize((int) count);
  }

  @Test
  void an_export_says_the_same_as_the_rows() throws Exception {
    ExportedLedger exported = open();

    assertThat(exported.streams()).isEqualTo(ledger.streams());
    assertThat(exported.blocks("custody"))
        .containsExactlyElementsOf(ledger.blocks("custody").toList());
    assertThat(exported.entries("custody"))
        .containsExactlyElementsOf(ledger.entries("custody").toList());
    assertThat(verify().intact()).isTrue();
    assertThat(verify().streams().getFirst().checkpoint()).isPresent();
  }

  @Test
  void a_file_that_cannot_be_read_any_more_is_no_verdict() throws Exception {
    ExportedLedger exported = open();
    try (Stream<LedgerEntry> entries = exported.entries("custody")) {
      Files.write(folder.resolve("export.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
      assertThatThrownBy(entries::toList)
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_READ_FAILED));
    }
  }

  @Test
  void an_edited_line_is_named() throws Exception {
    int line = 4 + 1 + 6;
    lines.set(line, lines.get(line).replaceFirst("\"time\":", "\"time\":1"));

    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).isEqualTo(Breach.Kind.ENTRY_CHANGED);
    assertThat(first.entries().first()).isEqualTo(7);
  }

  @Test
  void a_line_that_is_no_longer_an_entry_is_named() throws Exception {
    int line = 4 + 1 + 3;
    lines.set(line, lines.get(line).replace("\"payload\":\"", "\"payload\":\"x"));

    assertThat(verify().breaches().getFirst().entries().first()).isEqualTo(4);
  }

  @Test
  void swapped_lines_are_named() throws Exception {
    Collections.swap(lines, 4 + 1 + 2, 4 + 1 + 9);

    assertThat(verify().breaches().getFirst().entries().first()).isEqualTo(3);
  }

  @Test
  void a_stream_whose_own_line_was_taken_out_is_judged_all_the_same() throws Exception {
    lines.removeIf(line -> line.startsWith("{\"type\":\"stream\""));
    lines.removeIf(line -> line.startsWith("{\"type\":\"checkpoint\""));
    lines.removeIf(
        line -> line.startsWith("{\"type\":\"entry\"") && line.contains("\"sequence\":4,"));
    lines.set(lines.size() - 1, "{\"type\":\"end\",\"lines\":" + lines.size() + "}");

    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).isEqualTo(Breach.Kind.ENTRY_MISSING);
    assertThat(first.entries().first()).isEqualTo(4);
  }

  @Test
  void an_export_of_lines_that_no_stream_can_have_is_not_judged() {
    lines =
        List.of(lines.getFirst(), "{\"type\":\"entry\",rubbish", "{\"type\":\"end\",\"lines\":3}");

    assertThatThrownBy(this::open).hasMessageContaining("line 2");
  }

  @Test
  void what_follows_the_end_of_an_export_or_precedes_its_header_is_refused() {
    String entry = lines.get(lines.size() - 2);
    lines.add(entry);
    assertThatThrownBy(this::open).hasMessageContaining("line " + lines.size());

    lines.removeLast();
    lines.set(0, entry);
    assertThatThrownBy(this::open).hasMessageContaining("line 1");
  }

  @Test
  void an_export_cut_short_is_not_judged() {
    lines.removeLast();

    assertThatThrownBy(this::open).hasMessageContaining("ends before its last line");
  }

  @Test
  void a_file_that_is_no_export_is_refused_with_its_name() {
    lines = List.of("hello");

    assertThatThrownBy(this::open)
        .hasMessageContaining("export.jsonl")
        .hasMessageContaining("line 1");
  }

  @Test
  void any_text_comes_back_from_a_line() {
    String text = "\"\\\n\r\t\u0001 größe \ud83d\ude00 \ud800";

    assertThat(JsonLine.parse(new JsonLine("x").with("a", text).toString()).text("a"))
        .isEqualTo(text);
  }

  private LedgerReport verify() throws Exception {
    return new LedgerVerifier(open(), Anchors.NONE).verify();
  }

  private ExportedLedger open() throws Exception {
    Path file = folder.resolve("export.jsonl");
    Files.write(file, lines);
    return ExportedLedger.open(file);
  }
}
