// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.Block;
import io.entrepot.custody.LedgerEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of a ledger, wherever they lie. All answers are of one moment: what is appended while
 * somebody reads is not seen.
 *
 * <p>Streams are read once, front to back, and closed by the caller. They throw {@link
 * MalformedRowException} for a row that cannot be a block or an entry at all, and an {@code
 * EntrepotException} when reading fails.
 */
public interface LedgerSource {

  /** Every stream that has a block or an entry. */
  Set<String> streams();

  /** Ascending by number. */
  Stream<Block> blocks(String stream);

  /** The numbered entries, ascending by sequence. */
  Stream<LedgerEntry> entries(String stream);

  /** How many entries wait for a number. */
  long pending(String stream);

  /** The checkpoints that lie beside the rows, of every stream, in no order. */
  List<CheckpointText> checkpoints();
}
