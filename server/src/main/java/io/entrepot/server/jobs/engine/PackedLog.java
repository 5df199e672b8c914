// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole log in few bytes: gzip of UTF-8 text with one JSON object for each line, {@code n} its
 * number, {@code t} its time in microseconds, {@code l} its level and {@code x} its text.
 */
final class PackedLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PackedLog() {}

  static byte[] pack(List<LogLine> lines) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (Writer out =
        new OutputStreamWriter(new GZIPOutputStream(packed), StandardCharsets.UTF_8)) {
      for (LogLine line : lines) {
        out.write(JSON.writeValueAsString(Row.of(line)) + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static List<LogLine> unpack(byte[] packed) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8))) {
      return in.lines().map(row -> JSON.readValue(row, Row.class).line()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line of the text. */
  private record Row(long n, long t, String l, String x) {

    static Row of(LogLine line) {
      return new Row(line.number(), Micros.of(line.time()), line.level().stored(), line.text());
    }

    LogLine line() {
      return new LogLine(n, Micros.instant(t), LogLevel.of(l), x);
    }
  }
}
