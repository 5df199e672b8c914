// SPDX-License-Identifier: Apache-2.0
/**
 * The command line of the house.
 *
 * <p>Owns the words of each command, its options and its exit codes ({@link
 * io.entrepot.cli.ExitCode}). {@code custody} works on files and tables alone, without a server;
 * whatever needs one speaks HTTP through the client library. Never starts Spring, never opens a
 * server's database to change it.
 */
@NullMarked
package io.entrepot.cli;

import org.jspecify.annotations.NullMarked;
