// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address that no request may be sent to. One of the kind that looking up names can end in, so
 * that it gets through a client that knows nothing of us.
 */
final class RefusedTargetException extends UnknownHostException {

  private static final long serialVersionUID = 1;

  RefusedTargetException(String host, InetAddress address) {
    super(
        host
            + " is at "
            + address.getHostAddress()
            + ", which is not on the public internet. Where requests may go there, an operator"
            + " names the host or its network in entrepot.outgoing.allow.");
  }
}
