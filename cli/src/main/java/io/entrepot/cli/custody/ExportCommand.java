// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.cli.ExitCode;
import io.entrepot.custody.export.LedgerExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrepot custody export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a ledger as lines of JSON, to be verified elsewhere.")
final class ExportCommand implements Callable<Integer> {

  @ArgGroup(multiplicity = "0..1")
  Whereabouts whereabouts = new Whereabouts();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "A new file; without it, standard output.")
  @Nullable Path output;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (OpenLedger ledger = whereabouts.open()) {
      if (output == null) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        LedgerExport.write(ledger.source(), out);
        out.flush();
        ledger.confirm();
        return out.checkError() ? ExitCode.FAILED : ExitCode.GOOD;
      }
      write(ledger, Whereabouts.resolved(output));
      return ExitCode.GOOD;
    }
  }

  /** The file has its name when it is whole, so that one that failed can be tried again. */
  private static void write(OpenLedger ledger, Path file) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Path part =
          Files.createTempFile(
              file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part");
      try {
        try (Writer out = Files.newBufferedWriter(part)) {
          LedgerExport.write(ledger.source(), out);
        }
        ledger.confirm();
        Files.move(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (FileAlreadyExistsException e) {
      throw new EntrepotException(
          ErrorCode.ALREADY_EXISTS, file + " exists already; choose another name.", e);
    } catch (IOException e) {
      throw new EntrepotException(
          ErrorCode.STORE_WRITE_FAILED, file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
