// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry;

/** An audit entry with the id it is listed under. */
public record AuditRecord(Id id, AuditEntry entry) {}
