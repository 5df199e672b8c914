// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param started when its latest start began
 * @param finished when it reached a final state
 * @param updated the latest change of anything about it
 */
public record JobTimes(
    Instant created, @Nullable Instant started, @Nullable Instant finished, Instant updated) {}
