// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import java.util.Map;

/**
 * What a request was answered.
 *
 * @param headers those that belong to the answer and not to the moment
 * @param body its bytes as they were sent; may be empty
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

  public Answer {
    headers = Map.copyOf(headers);
  }
}
