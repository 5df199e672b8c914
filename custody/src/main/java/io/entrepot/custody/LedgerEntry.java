// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

/**
 * An entry with its place.
 *
 * @param sequence 1 for the first entry of a stream
 */
public record LedgerEntry(String stream, long sequence, EntryContent content) {}
