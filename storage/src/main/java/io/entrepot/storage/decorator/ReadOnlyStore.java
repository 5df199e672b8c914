// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Refuses every change with {@code STORE_READ_ONLY}, before the store inside hears of it. */
public final class ReadOnlyStore extends DelegatingStore {

  public ReadOnlyStore(Store inner) {
    super(inner);
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    return inner().statEach(paths);
  }

  @Override
  public Reading readEach(List<ObjectStat> files) {
    return inner().readEach(files);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    throw refused("\"" + path + "\" was not written");
  }

  @Override
  public void delete(ObjectPath path) {
    throw refused("\"" + path + "\" was not deleted");
  }

  @Override
  public void publish(List<Renaming> renamings) {
    throw refused(renamings.size() + " objects were not published");
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    throw refused("the time of \"" + path + "\" was not set");
  }

  private static StoreException refused(String what) {
    return new StoreException(
        ErrorCode.STORE_READ_ONLY, what + ": this store is for reading only. Use another one.");
  }
}
