// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.peer.OpensshServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SftpStoreContractTest extends StoreContract {

  private OpensshServer server;
  private Path bases;
  private Path base;
  private int count;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    bases = Files.createDirectory(folder.resolve("bases"));
    server = OpensshServer.start(Files.createDirectory(folder.resolve("server")));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Store openStore() throws IOException {
    base = Files.createDirectory(bases.resolve("base-" + ++count));
    return open(base);
  }

  private Store open(Path folder) {
    return new SftpStore(
        new SftpSettings(
            new SftpEndpoint(server.host(), server.port(), server.user()),
            folder.toString(),
            new SftpLogin.PrivateKey(Secret.of(server.privateKey())),
            new HostKeyTrust.Pinned(new HostKeyPin(server.hostKey())),
            SftpLimits.DEFAULT),
        TestIds.NEW);
  }

  @Override
  public Optional<Store> storeWithoutBase() {
    return Optional.of(open(bases.resolve("absent")));
  }

  /** OpenSSH sends a hundred names at a time. */
  @Override
  public int manyChildren() {
    return 250;
  }

  @Override
  public boolean plantLink(ObjectPath link, String target) {
    try {
      Files.createSymbolicLink(base.resolve(link.text()), Path.of(target));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean plantPipe(ObjectPath path) {
    try {
      return new ProcessBuilder("mkfifo", base.resolve(path.text()).toString()).start().waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean plantSparse(ObjectPath path, long size) {
    try (RandomAccessFile file = new RandomAccessFile(base.resolve(path.text()).toFile(), "rw")) {
      file.setLength(size);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
