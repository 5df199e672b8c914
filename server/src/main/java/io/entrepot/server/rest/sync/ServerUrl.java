// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.sync;

import jakarta.servlet.http.HttpServletRequest;

/** The address of this server as the caller knows it. */
final class ServerUrl {

  private ServerUrl() {}

  static String of(HttpServletRequest request) {
    return request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
  }
}
