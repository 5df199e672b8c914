// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.Instant;

/**
 * One line of a job's log.
 *
 * @param number counts up from 1 within the job
 */
public record LogLine(long number, Instant time, LogLevel level, String text) {}
