// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import io.entrepot.base.Id;
import java.time.Instant;
import java.util.List;

/**
 * One thing that happened to one version of a file.
 *
 * @param event what
 * @param file to which version
 * @param content what its bytes were known to be
 * @param route where they came from and where they are
 * @param cause when, who and why
 */
public record CustodyEntry(
    CustodyEvent event, FileVersion file, Content content, Route route, Cause cause) {

  /** The name of the stream these entries belong to. */
  public static final String STREAM = "custody";

  /**
   * @param version 1 for the first
   */
  public record FileVersion(Id file, long version) {}

  /**
   * @param size in bytes; -1 when not known
   * @param digests in the order they are to be kept, usually XXH64 then SHA-256
   */
  public record Content(long size, List<Digest> digests) {

    /** For events that say nothing about bytes. */
    public static final Content UNKNOWN = new Content(-1, List.of());

    public Content {
      digests = List.copyOf(digests);
    }
  }

  /**
   * Places, each written as its owner writes it, always the same way for the same copy: the latest
   * entries about a copy are found by its {@code to}.
   *
   * @param from where bytes were read; empty when that does not apply
   * @param to the copy that was made, looked at or removed; empty when that does not apply
   */
  public record Route(String from, String to) {}

  /**
   * @param time kept to the microsecond
   * @param actor an account's id, or the name of the part of the server that acted by itself
   * @param job the job's id, or empty
   * @param detail free text for a person; never a secret
   */
  public record Cause(Instant time, String actor, String job, String detail) {}
}
