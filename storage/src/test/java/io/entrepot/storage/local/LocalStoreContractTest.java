// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreContractTest extends StoreContract {

  @TempDir Path base;

  @Override
  protected Store openStore() {
    return LocalStore.open(base);
  }

  @Override
  public Optional<Store> storeWithoutBase() {
    return Optional.of(LocalStore.open(base.resolve("absent")));
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
