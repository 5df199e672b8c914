// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.cli.custody.CustodyCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
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
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, Clock.systemUTC(), arguments));
  }

  /** Runs one command line; answers its {@link ExitCode}. */
  public static int run(
      PrintWriter out, PrintWriter err, InstantSource clock, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(CustodyCommand.commandLine(clock));
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          command.getErr().println("entrepot: " + message(failure));
          return code(failure);
        });
    return line.execute(arguments);
  }

  private static String message(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static int code(Exception failure) {
    if (!(failure instanceof EntrepotException known)) {
      return ExitCode.FAILED;
    }
    if (known.code().category() == ErrorCategory.INTEGRITY) {
      return ExitCode.INTEGRITY;
    }
    return known.code() == ErrorCode.NOT_FOUND ? ExitCode.NOT_FOUND : ExitCode.FAILED;
  }
}
