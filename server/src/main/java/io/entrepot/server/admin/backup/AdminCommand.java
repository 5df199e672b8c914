// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code entrepot admin …}. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Backups of the server itself, made and put back on its own machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class AdminCommand {

  private AdminCommand() {}

  public static CommandLine commandLine(InstantSource clock) {
    return new CommandLine(new AdminCommand())
        .addSubcommand(new BackupCommand(clock))
        .addSubcommand(new RestoreCommand());
  }
}
