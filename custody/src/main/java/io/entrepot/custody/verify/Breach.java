// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.EntryRange;

/**
 * One way in which a ledger is not what was sealed.
 *
 * @param stream empty when not even that is known
 * @param block the block it shows in; 0 when there is none
 * @param entries where the first bad entry is: that very entry when the range is one long; no entry
 *     at all when its count is 0
 * @param message for a person
 */
public record Breach(Kind kind, String stream, long block, EntryRange entries, String message) {

  /** No entry is meant. */
  static final EntryRange NO_ENTRY = new EntryRange(0, 0);

  /** What is wrong. */
  public enum Kind {
    /** The entry at this place is not the one that was sealed there: edited, swapped or put in. */
    ENTRY_CHANGED,
    ENTRY_MISSING,
    /** There twice, or outside every block. */
    ENTRY_UNEXPECTED,
    BLOCK_CHANGED,
    BLOCK_MISSING,
    /** The stream ends before a checkpoint does: cut off, or an older copy put in place. */
    SHORTENED,
    /** In itself consistent, yet not what a checkpoint says. */
    REWRITTEN,
    /** Not a checkpoint, or not signed by a key that is vouched for. */
    CHECKPOINT_REFUSED
  }
}
