// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

/**
 * A statement of how far a stream had come.
 *
 * @param micros when the statement was made: microseconds since 1970 UTC
 */
public record Checkpoint(LedgerHead head, long micros) {}
