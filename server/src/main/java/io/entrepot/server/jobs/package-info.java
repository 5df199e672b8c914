// SPDX-License-Identifier: Apache-2.0
/**
 * Durable work: jobs, their steps, progress, log and events; schedules that start them.
 *
 * <p>Words: a <em>kind</em> is what a feature registers; an <em>order</em> asks for one job; the
 * <em>fence</em> is a number that rises at every start of a job and that every effect checks, so a
 * worker that was given up can no longer change anything; a <em>tick</em> is one due time of a
 * schedule. The job's row is the truth about its state; the task instance beside it only brings it
 * to a worker. Never knows a feature, and never lets a job leave a final state.
 */
@NullMarked
package io.entrepot.server.jobs;

import org.jspecify.annotations.NullMarked;
