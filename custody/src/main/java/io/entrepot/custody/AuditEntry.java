// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import java.time.Instant;

/**
 * One thing that somebody did to the house.
 *
 * @param time kept to the microsecond
 * @param action create, update, delete, …
 * @param entity what it was done to
 * @param actor who did it
 * @param changes a JSON object, secrets already masked
 */
public record AuditEntry(Instant time, String action, Entity entity, Person actor, String changes) {

  /** The name of the stream these entries belong to. */
  public static final String STREAM = "audit";

  /**
   * @param type holds no colon
   */
  public record Entity(String type, String id) {

    public Entity {
      if (type.isEmpty() || type.indexOf(':') >= 0) {
        throw new IllegalArgumentException("an entity type is a word without colon: " + type);
      }
    }

    /** As the ledger names it. */
    public String subject() {
      return type + ":" + id;
    }
  }

  /**
   * @param account id, or empty when nobody was signed in
   * @param email as it was at that time
   * @param address network address, or empty
   */
  public record Person(String account, String email, String address, Credential credential) {

    /** Somebody of whom nobody knows what they showed. */
    public Person(String account, String email, String address) {
      this(account, email, address, Credential.UNKNOWN);
    }
  }

  /**
   * What somebody showed to be let in.
   *
   * @param kind session, api_key, password, …; empty when nothing was shown, or it was not kept
   * @param id of the login or the key; empty when there is none
   * @param label what a person knows it by, never a secret; may be empty
   */
  public record Credential(String kind, String id, String label) {

    public static final Credential UNKNOWN = new Credential("", "", "");
  }
}
