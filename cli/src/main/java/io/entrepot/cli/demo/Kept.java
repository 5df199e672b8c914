// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.demo;

import io.entrepot.client.Session;
import tools.jackson.databind.JsonNode;

/**
 * What the server says it holds.
 *
 * @param files in the catalogue
 * @param copies completed transfers
 * @param verified those of them whose copy was read back and matched
 * @param bytes of the verified ones
 * @param ark of one file; empty when there is none
 */
record Kept(int files, int copies, int verified, long bytes, String ark) {

  static Kept read(Session session) {
    JsonNode files = session.get("/api/files");
    int copies = 0;
    int verified = 0;
    long bytes = 0;
    for (JsonNode transfer : session.get("/api/transfers")) {
      if (transfer.path("status").asString("").equals("completed")) {
        copies++;
        if (transfer.path("checksum_verified").asBoolean(false)) {
          verified++;
          bytes += transfer.path("bytes_transferred").asLong(0);
        }
      }
    }
    String ark = files.isEmpty() ? "" : files.get(0).path("persistent_id").asString("");
    return new Kept(files.size(), copies, verified, bytes, ark);
  }
}
