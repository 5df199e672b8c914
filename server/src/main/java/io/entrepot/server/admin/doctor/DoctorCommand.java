// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.Here;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.GivenSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrepot doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Names what is wrong with the set-up of a server, and what to do about it.",
      "Works with the server stopped and beside a running one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no fault was found",
      "1:a fault was found, or the settings cannot be read",
      "2:the command line was not understood"
    })
public final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (default: ./entrepot-data).")
  Path data = Path.of("entrepot-data");

  @Option(names = "--port", paramLabel = "N", description = "As given to up.")
  @Nullable Integer port;

  @Option(names = "--bind", paramLabel = "ADDR", description = "As given to up.")
  @Nullable String bind;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The address that browsers use, to look through its proxy.")
  @Nullable URI url;

  @Option(names = "--json", description = "Answer in JSON.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  private final InstantSource clock;

  public DoctorCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--entrepot.data=" + Here.resolved(data));
    if (port != null) {
      arguments.add("--entrepot.port=" + port);
    }
    if (bind != null) {
      arguments.add("--entrepot.bind=" + bind);
    }
    EntrepotSettings settings = GivenSettings.read(arguments.toArray(String[]::new));
    try (Doctor doctor = new Doctor(settings, clock, Surroundings.real(), url)) {
      Report report = new Report(doctor.examine());
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println(json ? report.json() : report.text());
      return report.isWell() ? 0 : 1;
    }
  }
}
