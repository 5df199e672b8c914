// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What the services of this room work with. */
record IdentityTools(
    IdSource ids,
    InstantSource clock,
    SecureRandom random,
    AuditTrail audit,
    LocalAccounts localAccounts) {}
