// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

/** What a worker is to do with the task instance after it looked at a job. */
enum Attempt {
  /** The job has ended or is put aside: remove the row. */
  OVER,
  /** Its resource is taken: look again later, or when woken. */
  WAIT,
  /** It was let go of and can start again at once. */
  AGAIN,
  /** Somebody else has it: leave the row alone. */
  LOST
}
