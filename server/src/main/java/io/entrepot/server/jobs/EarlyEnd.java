// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.Locale;

/** Why a running job should end before its work is done. Wishes are stored in lower case. */
public enum EarlyEnd {
  PAUSE("the job was paused"),
  STOP("the job was stopped"),
  CANCEL("the job was cancelled"),
  /** The server is stopping. */
  SHUTDOWN("the server is stopping"),
  /** Another worker has the job, or it has ended. */
  FENCED("the job was given to another worker");

  private final String sentence;

  EarlyEnd(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  /** Whether this counts where the other was asked for too. */
  public boolean outranks(EarlyEnd other) {
    return rank() > other.rank();
  }

  private int rank() {
    return switch (this) {
      case PAUSE -> 1;
      case STOP -> 2;
      case CANCEL -> 3;
      case SHUTDOWN -> 4;
      case FENCED -> 5;
    };
  }

  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static EarlyEnd of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
