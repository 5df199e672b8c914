// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.ObjectPath;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.session.ClientSession;

/** One connection, logged in, with SFTP on it. For one thread at a time. */
final class SftpSession implements AutoCloseable {

  private final ClientSession ssh;
  private final Wire wire;
  private final String base;

  SftpSession(ClientSession ssh, Wire wire, String base) {
    this.ssh = ssh;
    this.wire = wire;
    this.base = base;
  }

  Wire wire() {
    return wire;
  }

  boolean broken() {
    return wire.broken() || !ssh.isOpen();
  }

  /**
   * The path as the server knows it. Bytes, so that names which are no UTF-8 stay what they are.
   */
  byte[] remote(ObjectPath path) {
    byte[] prefix = prefix(path).getBytes(StandardCharsets.UTF_8);
    byte[] below = path.bytes();
    byte[] whole = new byte[prefix.length + below.length];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(below, 0, whole, prefix.length, below.length);
    return whole;
  }

  private String prefix(ObjectPath path) {
    if (base.isEmpty()) {
      return path.isBase() ? "." : "./";
    }
    return path.isBase() || base.endsWith("/") ? base : base + "/";
  }

  @Override
  public void close() {
    ssh.close(true);
  }
}
