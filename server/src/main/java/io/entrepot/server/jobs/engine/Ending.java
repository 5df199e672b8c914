// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.JobState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a job ends. */
record Ending(JobState state, @Nullable String code, @Nullable String message) {

  /** Longer messages say no more. */
  private static final int MESSAGE_LIMIT = 4000;

  Ending {
    if (!state.isFinal()) {
      throw new IllegalArgumentException(state + " is not an end");
    }
    if (message != null) {
      // PostgreSQL text cannot hold a NUL.
      message = message.replace('\0', '\uFFFD');
      message = message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) : message;
    }
  }

  static Ending completed() {
    return new Ending(JobState.COMPLETED, null, null);
  }

  static Ending failed(ErrorCode code, String message) {
    return new Ending(JobState.FAILED, code.name(), message);
  }

  static Ending failed(Throwable cause) {
    if (cause instanceof EntrepotException known) {
      return failed(known.code(), Objects.requireNonNullElse(known.getMessage(), ""));
    }
    String message = cause.getMessage();
    return failed(
        ErrorCode.INTERNAL_ERROR,
        cause.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }

  static Ending cancelled(EarlyEnd wish, String message) {
    return new Ending(
        wish == EarlyEnd.STOP ? JobState.STOPPED : JobState.CANCELLED,
        ErrorCode.CANCELLED.name(),
        message);
  }
}
