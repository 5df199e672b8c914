// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a harvest schedule to be.
 *
 * @param cron five fields or a macro; null means by hand only
 * @param timezone name of a zone such as {@code Europe/Berlin}
 */
public record HarvestScheduleDraft(
    Id instrument, Id storageLocation, @Nullable String cron, String timezone, boolean enabled) {}
