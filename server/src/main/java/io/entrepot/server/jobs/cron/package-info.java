// SPDX-License-Identifier: Apache-2.0
/**
 * Cron expressions: when they come due in a time zone, and what they say in words.
 *
 * <p>Pure functions of text and time; no clock is read here.
 */
@NullMarked
package io.entrepot.server.jobs.cron;

import org.jspecify.annotations.NullMarked;
