// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.custody.Block;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.LedgerSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A ledger with the checkpoint files that lie beside its database. */
record WithCheckpoints(LedgerSource rows, List<CheckpointText> files) implements LedgerSource {

  @Override
  public Set<String> streams() {
    return rows.streams();
  }

  @Override
  public Stream<Block> blocks(String stream) {
    return rows.blocks(stream);
  }

  @Override
  public Stream<LedgerEntry> entries(String stream) {
    return rows.entries(stream);
  }

  @Override
  public long pending(String stream) {
    return rows.pending(stream);
  }

  @Override
  public List<CheckpointText> checkpoints() {
    return Stream.concat(rows.checkpoints().stream(), files.stream()).toList();
  }
}
