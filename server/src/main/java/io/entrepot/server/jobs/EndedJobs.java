// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

/**
 * How many jobs came to an end.
 *
 * @param warned those of them with warnings
 */
public record EndedJobs(long all, long warned) {

  public EndedJobs plus(EndedJobs more) {
    return new EndedJobs(all + more.all, warned + more.warned);
  }
}
