// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.IdSource;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.secrets.SecretBox;
import java.time.InstantSource;

/** What the services of this room work with. */
public record PlaceTools(
    SecretBox secrets, LocalRoots roots, IdSource ids, InstantSource clock, AuditTrail audit) {}
