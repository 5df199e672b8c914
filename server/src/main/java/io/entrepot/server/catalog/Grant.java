// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;

/**
 * Lets somebody see one file.
 *
 * @param granteeType user, group or project
 */
public record Grant(Id id, Id file, String granteeType, Id grantee, Instant grantedAt) {}
