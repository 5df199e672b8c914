// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.admin.backup.AdminCommand;
import io.entrepot.server.admin.doctor.DoctorCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands that know a server's insides and start none. */
@Command(
    name = "entrepot",
    mixinStandardHelpOptions = true,
    description = "Commands for whoever runs a server, given on its own machine.",
    synopsisSubcommandLabel = "COMMAND")
public final class Commands {

  // As the commands of module cli end.
  private static final int FAILED = 1;
  private static final int NOT_FOUND = 10;
  private static final int INTEGRITY = 13;

  private Commands() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, new Wiring().clock(), arguments));
  }

  /** Runs one command line; answers its exit code. */
  static int run(PrintWriter out, PrintWriter err, InstantSource clock, String... arguments) {
    CommandLine line = new CommandLine(new Commands());
    line.addSubcommand(AdminCommand.commandLine(clock));
    line.addSubcommand(new DoctorCommand(clock));
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          command.getErr().println("entrepot: " + StartFailure.explain(failure));
          return code(failure);
        });
    return line.execute(arguments);
  }

  private static int code(Exception failure) {
    if (!(failure instanceof EntrepotException known)) {
      return FAILED;
    }
    if (known.code().category() == ErrorCategory.INTEGRITY) {
      return INTEGRITY;
    }
    return known.code() == ErrorCode.NOT_FOUND ? NOT_FOUND : FAILED;
  }
}
