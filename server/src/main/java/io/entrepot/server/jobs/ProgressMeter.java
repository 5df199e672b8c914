// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import org.jspecify.annotations.Nullable;

/** Where a job reports how far it is. Cheap: call it for every file and every buffer. */
public interface ProgressMeter {

  /** What there is to do in all, once known; may be set again when more is found. */
  void total(long bytes, long files);

  /** Adds to what is done; negative when an attempt is taken back. */
  void done(long bytes, long files);

  /** What is being worked on now, as a person would name it; null for nothing. */
  void item(@Nullable String item);

  /** Adds to a count of the kind's own, such as {@code "skipped"}. */
  void count(String name, long more);
}
