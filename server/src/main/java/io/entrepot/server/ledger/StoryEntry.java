// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a file's story.
 *
 * @param sequence its place in the custody stream; absent until it is sealed, a moment later
 */
public record StoryEntry(Id id, @Nullable Long sequence, CustodyEntry entry) {}
