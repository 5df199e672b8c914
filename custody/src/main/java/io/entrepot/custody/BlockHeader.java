// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;

/**
 * The fields of a block that its hash covers.
 *
 * @param root SHA-256 Merkle root of the leaves of its entries
 * @param previous hash of the block before; zeros in the first
 * @param closedMicros when it was closed: microseconds since 1970 UTC
 */
public record BlockHeader(
    BlockName name, EntryRange entries, Digest root, Digest previous, long closedMicros) {}
