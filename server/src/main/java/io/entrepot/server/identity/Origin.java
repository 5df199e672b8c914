// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/**
 * Where somebody signs in from.
 *
 * @param address the other end of the connection as the network says it, never as a header does
 * @param device what the client calls itself; at most 255 characters are kept
 */
public record Origin(String address, String device) {

  private static final int LIMIT = 255;

  public Origin {
    String clean = device.replaceAll("\\p{Cntrl}", " ");
    device = clean.length() > LIMIT ? clean.substring(0, LIMIT) : clean;
  }
}
