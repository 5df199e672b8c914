// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

/** A password, passphrase or private key. Shows itself to nobody but this package. */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  String reveal() {
    return value;
  }

  /** Never the value. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
