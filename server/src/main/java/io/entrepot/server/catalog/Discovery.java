// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;

/**
 * A path that was seen on an instrument, in one state.
 *
 * @param path relative to the instrument's base, names joined by {@code /}
 * @param modified as the instrument says; kept to the microsecond
 * @param fingerprint see {@code ObjectStat}
 */
public record Discovery(
    Id file, Id instrument, String path, long size, Instant modified, String fingerprint) {}
