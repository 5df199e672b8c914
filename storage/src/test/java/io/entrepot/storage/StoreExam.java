// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What the parts of the store exam share: the candidate, the facts in which stores rightly differ,
 * and a few steps. A fact left at its default means the part that needs it is not sat.
 */
public interface StoreExam {

  /** The candidate, empty at the start of each test. */
  Store store();

  /** A store of the same kind whose base is not there. */
  default Optional<Store> storeWithoutBase() {
    return Optional.empty();
  }

  /** Whether the store takes this name; if not, it must refuse it with {@code NAME_REFUSED}. */
  default boolean takes(ObjectPath path) {
    return true;
  }

  /** Puts a symbolic link into the base behind the store's back; false where there are none. */
  default boolean plantLink(ObjectPath link, String target) {
    return false;
  }

  /** Puts a named pipe into the base behind the store's back; false where there are none. */
  default boolean plantPipe(ObjectPath path) {
    return false;
  }

  /** Puts a file of zeros into the base that takes no space; false where that cannot be done. */
  default boolean plantSparse(ObjectPath path, long size) {
    return false;
  }

  /** How many children make a listing that the store cannot fetch at once. */
  default int manyChildren() {
    return 1_500;
  }

  default boolean can(Capability capability) {
    return store().capabilities().contains(capability);
  }

  default ObjectStat put(ObjectPath path, byte[] content) {
    return store()
        .write(path, new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }

  default byte[] get(ObjectPath path) {
    return get(path, ReadOptions.WHOLE);
  }

  default byte[] get(ObjectPath path, ReadOptions options) {
    try (InputStream in = store().read(path, options)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("a store's stream fails with StoreException only", e);
    }
  }

  default List<ObjectStat> children(ObjectPath folder) {
    List<ObjectStat> all = new ArrayList<>();
    try (FolderListing listing = store().list(folder)) {
      listing.forEachRemaining(all::add);
    }
    return all;
  }

  /** Names below the base; on a store that has no folders a missing one is empty. */
  default List<String> namesIn(ObjectPath folder) {
    return children(folder).stream().map(stat -> stat.path().name()).toList();
  }

  /** The code of the {@link StoreException} that this throws. */
  static ErrorCode codeOf(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    if (thrown instanceof StoreException refused) {
      return refused.code();
    }
    throw new AssertionError("expected a StoreException but got " + thrown, thrown);
  }

  static ObjectPath path(String text) {
    return new ObjectPath(text);
  }

  static byte[] bytes(long seed, int length) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }
}
