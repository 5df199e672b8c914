// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.TestIds;
import io.entrepot.storage.peer.OpensshServer;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of a store on a test server, changed where a test needs it. */
record SftpCandidate(SftpSettings settings) {

  static SftpCandidate on(OpensshServer server, Path base) {
    return new SftpCandidate(
        new SftpSettings(
            new SftpEndpoint(server.host(), server.port(), server.user()),
            base.toString(),
            new SftpLogin.PrivateKey(Secret.of(server.privateKey())),
            new HostKeyTrust.Pinned(new HostKeyPin(server.hostKey())),
            SftpLimits.DEFAULT));
  }

  SftpCandidate at(String host, int port, String user) {
    return with(new SftpEndpoint(host, port, user), settings.login(), settings.trust());
  }

  SftpCandidate port(int port) {
    return at(settings.endpoint().host(), port, settings.endpoint().user());
  }

  SftpCandidate login(SftpLogin login) {
    return with(settings.endpoint(), login, settings.trust());
  }

  SftpCandidate trust(HostKeyTrust trust) {
    return with(settings.endpoint(), settings.login(), trust);
  }

  SftpCandidate limits(Duration connect, Duration reply, int sessions) {
    SftpLimits limits = new SftpLimits(connect, reply, Duration.ofSeconds(60), sessions);
    return new SftpCandidate(
        new SftpSettings(
            settings.endpoint(), settings.base(), settings.login(), settings.trust(), limits));
  }

  SftpStore open() {
    return new SftpStore(settings, TestIds.NEW);
  }

  private SftpCandidate with(SftpEndpoint endpoint, SftpLogin login, HostKeyTrust trust) {
    return new SftpCandidate(
        new SftpSettings(endpoint, settings.base(), login, trust, settings.limits()));
  }
}
