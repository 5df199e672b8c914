// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * An audit entry with the id it is listed under.
 *
 * @param sequence its place in the audit stream; absent until it is sealed, a moment later
 */
public record AuditRecord(Id id, @Nullable Long sequence, AuditEntry entry) {}
