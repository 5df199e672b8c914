// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;

/** Somebody at the command line of the server's machine. */
public final class Operator {

  private Operator() {}

  /** What a command said and how it ended. */
  public record Said(int code, String out, String err) {

    public Said good() {
      if (code != 0) {
        throw new AssertionError("exit code " + code + ": " + all());
      }
      return this;
    }

    public String all() {
      return err + out;
    }
  }

  /** Runs {@code ./entrepot} with these words, but for what the launcher itself does. */
  public static Said run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int code =
        Commands.run(new PrintWriter(out), new PrintWriter(err), InstantSource.system(), arguments);
    return new Said(code, out.toString(), err.toString());
  }
}
