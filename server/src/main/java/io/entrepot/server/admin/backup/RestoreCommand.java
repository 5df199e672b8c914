// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.custody.verify.StreamReport;
import io.entrepot.server.admin.Here;
import io.entrepot.server.admin.backup.Restore.Restored;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code entrepot admin restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a backup into a new or empty data directory.",
      "Every digest and the whole ledger are checked before it says that it is done."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is there and is what was backed up",
      "1:it could not be put back; the directory is left empty",
      "2:the command line was not understood",
      "10:there is no such file",
      "13:the backup is not what was written; the directory is left empty"
    })
final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "What admin backup wrote.")
  @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory to be; new or empty.")
  @Nullable Path data;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path target = Here.resolved(Objects.requireNonNull(data));
    Restored restored = new Restore(Here.resolved(Objects.requireNonNull(file)), target).run();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Manifest manifest = restored.manifest();
    out.printf(
        "%s is the server as it was at %s: %d parts, every digest right.%n",
        target, manifest.made(), manifest.parts().size());
    for (StreamReport stream : restored.ledger().streams()) {
      out.printf(
          "%s: good. %d entries in %d blocks.%n",
          stream.head().stream(), stream.head().entries(), stream.head().block());
    }
    if (!manifest.hasKeys()) {
      out.printf(
          "The backup is without keys: put them into %s before the first start.%n",
          target.resolve("keys"));
    }
    return 0;
  }
}
