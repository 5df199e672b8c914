// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code entrepot custody …}. */
@Command(
    name = "custody",
    mixinStandardHelpOptions = true,
    description = "What happened to every file, and proof that the record was not changed.",
    synopsisSubcommandLabel = "COMMAND")
public final class CustodyCommand {

  private CustodyCommand() {}

  public static CommandLine commandLine(InstantSource clock) {
    return new CommandLine(new CustodyCommand())
        .addSubcommand(new VerifyCommand(clock))
        .addSubcommand(new ExportCommand());
  }
}
