// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page of the documentation.
 *
 * @param line where it begins
 * @param reason why it is not run, as the comment right above it says; null for one that is
 */
record Sample(Path page, int line, String language, String text, @Nullable String reason) {

  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");
  private static final Pattern FENCE = Pattern.compile("```(\\S*)");

  static List<Sample> of(Path page) {
    List<Sample> samples = new ArrayList<>();
    List<String> lines = read(page);
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        continue;
      }
      int end = i + 1;
      while (!lines.get(end).equals("```")) {
        end++;
      }
      samples.add(
          new Sample(
              page,
              i + 1,
              fence.group(1),
              String.join("\n", lines.subList(i + 1, end)) + "\n",
              i == 0 ? null : reason(lines.get(i - 1))));
      i = end;
    }
    return samples;
  }

  private static @Nullable String reason(String above) {
    Matcher comment = NOT_RUN.matcher(above);
    return comment.matches() ? comment.group(1) : null;
  }

  private static List<String> read(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return page.getFileName() + ":" + line;
  }
}
