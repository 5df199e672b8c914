// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;

/** Lets somebody see one file. */
public record Grant(Id id, Id file, GranteeType granteeType, Id grantee, Instant grantedAt) {}
