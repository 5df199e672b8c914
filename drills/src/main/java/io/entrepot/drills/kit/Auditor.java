// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the auditor, which is a program of its own and judges alone. */
public final class Auditor {

  private final Scene scene;

  public Auditor(Scene scene) {
    this.scene = scene;
  }

  /** Whether what the auditor is written in is there. */
  public static boolean installed() {
    return Files.isExecutable(Path.of("/usr/bin/python3"));
  }

  /**
   * What the auditor said.
   *
   * @param clean true when there was no finding
   */
  public record Judgement(boolean clean, String text) {}

  /**
   * Judges, and prints what was found.
   *
   * @param drained whether all work is said to be done
   */
  public Judgement judge(boolean drained) {
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/python3");
    command.add(DrillSettings.home().resolve("drills/auditor").toString());
    Journal journal = scene.journal();
    command.addAll(List.of("--data", scene.data().toString()));
    command.addAll(List.of("--journal", journal.file().toString()));
    command.addAll(List.of("--checkpoints", journal.checkpoints().toString()));
    scene.recordsElsewhere().ifPresent(it -> command.addAll(List.of("--postgresql", it)));
    scene.traces().forEach(trace -> command.addAll(List.of("--trace", trace.toString())));
    if (drained) {
      command.add("--drained");
    }
    Command.Answer answer = Command.ask(command, Map.of());
    System.out.print(answer.text().indent(2));
    return new Judgement(answer.status() == 0, answer.text());
  }
}
