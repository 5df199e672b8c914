// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the server may have enough files and connections open at once. */
final class FileHandlesCheck implements Check {

  /** A thousand subscribers to events, the files of several harvests, and the JVM's own. */
  private static final long LEAST = 4_096;

  private static final Pattern LINE = Pattern.compile("(?m)^Max open files +(\\S+) +(\\S+)");

  private final Path limits;

  FileHandlesCheck(Path limits) {
    this.limits = limits;
  }

  @Override
  public String name() {
    return "file handles";
  }

  @Override
  public Outcome look() throws IOException {
    if (!Files.exists(limits)) {
      return Outcome.notApplicable("this system does not say");
    }
    Matcher line = LINE.matcher(Files.readString(limits));
    // The JVM takes all that the hard limit gives.
    if (!line.find() || line.group(2).equals("unlimited")) {
      return Outcome.well();
    }
    long most = Long.parseLong(line.group(2));
    return most >= LEAST
        ? Outcome.well()
        : Outcome.fault(
            "at most %d files can be open at once; a server needs %d".formatted(most, LEAST),
            "LimitNOFILE=65536 in its systemd unit, or ulimit -n 65536 before it is started");
  }
}
