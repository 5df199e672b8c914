// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli;

/** What a script learns from the number a command ends with. */
public final class ExitCode {

  public static final int GOOD = 0;

  /** It could not be done or read; nothing is said about the thing itself. */
  public static final int FAILED = 1;

  /** The command line was not understood. */
  public static final int USAGE = 2;

  /** What the command line names is not there. */
  public static final int NOT_FOUND = 10;

  /** Something is not what it was. */
  public static final int INTEGRITY = 13;

  private ExitCode() {}
}
