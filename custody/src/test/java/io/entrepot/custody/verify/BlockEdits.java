// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.base.Digest;
import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.BlockName;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.LedgerHasher;
import java.util.random.RandomGenerator;

/** What somebody can do to the row of a block. */
final class BlockEdits {

  private BlockEdits() {}

  static Block oneField(Block block, RandomGenerator random) {
    BlockHeader old = block.header();
    BlockName name = old.name();
    EntryRange range = old.entries();
    long closed = old.closedMicros();
    return switch (random.nextInt(7)) {
      case 0 -> with(block, new BlockHeader(name, range, flip(old.root()), old.previous(), closed));
      case 1 -> with(block, new BlockHeader(name, range, old.root(), flip(old.previous()), closed));
      case 2 -> with(block, new BlockHeader(name, range, old.root(), old.previous(), closed + 1));
      case 3 -> {
        EntryRange longer = new EntryRange(range.first(), range.count() + 1);
        yield with(block, new BlockHeader(name, longer, old.root(), old.previous(), closed));
      }
      case 4 -> {
        EntryRange later = new EntryRange(range.first() + 1, range.count());
        yield with(block, new BlockHeader(name, later, old.root(), old.previous(), closed));
      }
      case 5 -> {
        BlockName other = new BlockName(name.stream(), name.number() + 100);
        yield with(block, new BlockHeader(other, range, old.root(), old.previous(), closed));
      }
      default -> new Block(old, flip(block.hash()), block.leaves());
    };
  }

  /** Another closing time, with the hash made anew. */
  static Block closedLater(Block block) {
    BlockHeader old = block.header();
    BlockHeader header =
        new BlockHeader(
            old.name(), old.entries(), old.root(), old.previous(), old.closedMicros() + 1);
    return new Block(header, new LedgerHasher().block(header), block.leaves());
  }

  /** Another number of entries and no leaves, with the hash made anew. */
  static Block holding(long count, Block block) {
    BlockHeader old = block.header();
    EntryRange range = new EntryRange(old.entries().first(), count);
    BlockHeader header =
        new BlockHeader(old.name(), range, old.root(), old.previous(), old.closedMicros());
    return new Block(header, new LedgerHasher().block(header), new byte[0]);
  }

  private static Block with(Block block, BlockHeader header) {
    return new Block(header, block.hash(), block.leaves());
  }

  private static Digest flip(Digest digest) {
    byte[] bytes = LedgerHasher.bytes(digest);
    bytes[0] ^= 1;
    return LedgerHasher.digest(bytes);
  }
}
