// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import com.sun.management.UnixOperatingSystemMXBean;
import io.entrepot.server.database.Database;
import io.entrepot.server.health.Readiness;
import io.entrepot.server.settings.DataDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Whether the server can do its work, and what it works with. */
@Controller
final class HealthPage {

  private final Readiness readiness;
  private final DataDirectory data;
  private final Database database;
  private final Words words;

  HealthPage(Readiness readiness, DataDirectory data, Database database, Words words) {
    this.readiness = readiness;
    this.data = data;
    this.database = database;
    this.words = words;
  }

  /** A part that the server cannot do without, and how it is. */
  record Row(String name, Badge badge, String trouble) {}

  /** Something that the server works with. */
  record Fact(String name, String value) {}

  @GetMapping("/ui/health")
  String show(Model model) {
    List<Row> rows = new ArrayList<>();
    readiness.troubles().forEach((part, trouble) -> rows.add(row(part, trouble.orElse(""))));
    long ill = rows.stream().filter(row -> !row.trouble().isEmpty()).count();
    model.addAttribute("rows", rows);
    model.addAttribute(
        "state",
        ill == 0
            ? "Everything works."
            : ill == 1 ? "One part does not work." : ill + " parts do not work.");
    model.addAttribute(
        "started",
        words.moment(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())));
    model.addAttribute("checked", words.moment(words.now()));
    model.addAttribute("facts", facts());
    return "health";
  }

  private static Row row(String part, String trouble) {
    Badge badge = trouble.isEmpty() ? Badge.ok("Works") : Badge.bad("Does not work");
    return new Row(Words.sentence(part), badge, Words.sentence(trouble));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Entrepot", version()));
    facts.add(new Fact("Data directory", data.root().toString()));
    facts.add(new Fact("Free there", free()));
    facts.add(
        new Fact(
            "Database",
            switch (database.dialect()) {
              case SQLITE -> "SQLite, in the data directory";
              case POSTGRESQL -> "PostgreSQL";
            }));
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    facts.add(
        new Fact("Memory", Words.bytes(heap.getUsed()) + " of " + Words.bytes(heap.getMax())));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      facts.add(
          new Fact(
              "Open files and connections",
              Words.count(system.getOpenFileDescriptorCount())
                  + " of "
                  + Words.count(system.getMaxFileDescriptorCount())));
    }
    facts.add(new Fact("Java", Runtime.version().toString()));
    return facts;
  }

  /** What is not packaged has no number. */
  private static String version() {
    return Objects.requireNonNullElse(
        HealthPage.class.getPackage().getImplementationVersion(), "not packaged");
  }

  private String free() {
    try {
      FileStore store = Files.getFileStore(data.root());
      return Words.bytes(store.getUsableSpace()) + " of " + Words.bytes(store.getTotalSpace());
    } catch (IOException _) {
      return "cannot be read";
    }
  }
}
