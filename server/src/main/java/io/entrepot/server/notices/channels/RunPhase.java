// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.Locale;

/** What is told of a run to those who wait for it. Stored by name in lower case. */
public enum RunPhase {
  STARTED(RunPhase.STARTED_EVENT, Severity.SUCCESS),
  COMPLETED("run_completed", Severity.SUCCESS),
  FAILED(RunPhase.FAILED_EVENT, Severity.FAILURE);

  static final String STARTED_EVENT = "run_started";
  static final String FAILED_EVENT = "run_failed";

  private final String event;
  private final Severity severity;

  RunPhase(String event, Severity severity) {
    this.event = event;
    this.severity = severity;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String event() {
    return event;
  }

  public Severity severity() {
    return severity;
  }
}
