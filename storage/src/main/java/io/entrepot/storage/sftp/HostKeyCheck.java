// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Lets only the believed host key through, before anything secret is sent. */
final class HostKeyCheck implements ServerKeyVerifier {

  private final SftpEndpoint endpoint;
  private final HostKeyTrust trust;
  private final Map<ClientSession, RuntimeException> refusals = new ConcurrentHashMap<>();
  private @Nullable HostKeyPin firstSeen;

  HostKeyCheck(SftpEndpoint endpoint, HostKeyTrust trust) {
    this.endpoint = endpoint;
    this.trust = trust;
  }

  /** Why this session's key was refused, if it was; told once. */
  Optional<RuntimeException> refusal(ClientSession session) {
    return Optional.ofNullable(refusals.remove(session));
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    try {
      check(describe(key));
      return true;
    } catch (RuntimeException refused) {
      refusals.put(session, refused);
      return false;
    }
  }

  private synchronized void check(HostKey shown) {
    switch (trust) {
      case HostKeyTrust.Pinned(HostKeyPin pin) -> demand(pin, shown);
      case HostKeyTrust.FirstUse first -> {
        if (firstSeen == null) {
          first.seen().accept(shown);
          firstSeen = shown.pin();
        }
        demand(firstSeen, shown);
      }
    }
  }

  private void demand(HostKeyPin pin, HostKey shown) {
    if (!pin.fits(shown)) {
      throw new StoreException(
          ErrorCode.STORE_HOST_KEY_CHANGED,
          endpoint
              + " shows the host key "
              + shown.fingerprint()
              + " ("
              + shown.type()
              + "), but "
              + pin.fingerprint()
              + " is the one to trust. No login was tried. Ask the server's administrator; if the"
              + " new key is right, store it in place of the old one.");
    }
  }

  private static HostKey describe(PublicKey key) {
    try {
      ByteArrayBuffer buffer = new ByteArrayBuffer();
      buffer.putRawPublicKey(key);
      byte[] blob = buffer.getCompactData();
      return new HostKey(KeyUtils.getKeyType(key), Base64.getEncoder().encodeToString(blob));
    } catch (RuntimeException e) {
      throw new StoreException(
          ErrorCode.STORE_HOST_KEY_CHANGED, "the host key is of a kind not known here", e);
    }
  }
}
