// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The first word of every command line. */
@Command(
    name = "entrepot",
    mixinStandardHelpOptions = true,
    description = "Commands that work without starting a server.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
