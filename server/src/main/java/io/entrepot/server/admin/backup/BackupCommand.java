// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.server.admin.Here;
import io.entrepot.server.settings.GivenSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrepot admin backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies database, settings and checkpoints into one new file, beside a running server too.",
      "Harvested files are not in it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file is there, whole",
      "1:it could not be made, and is not there",
      "2:the command line was not understood",
      "10:there is no such data directory"
    })
final class BackupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A new file.")
  @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (default: ./entrepot-data).")
  Path data = Path.of("entrepot-data");

  @Option(
      names = "--with-keys",
      description = "Also the keys; whoever has the file then reads every stored password.")
  boolean withKeys;

  @Spec @Nullable CommandSpec spec;

  private final InstantSource clock;

  BackupCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    BackupSource source =
        BackupSource.of(GivenSettings.read("--entrepot.data=" + Here.resolved(data)));
    Path target = Here.resolved(Objects.requireNonNull(file));
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    Consumer<String> warnings = text -> err.println("warning: " + text);
    Manifest made = new Backup(source, target, clock, warnings).make(withKeys);
    long bytes = made.parts().stream().mapToLong(Manifest.Part::size).sum();
    spec.commandLine()
        .getOut()
        .printf(
            "%s holds the server as it was at %s: %d parts, %d bytes unpacked%s%n",
            target,
            made.made(),
            made.parts().size(),
            bytes,
            withKeys
                ? ", with its keys. Guard it like the server itself."
                : ". The keys are not in it; keep a copy of "
                    + source.data().resolve("keys")
                    + " elsewhere.");
    return 0;
  }
}
