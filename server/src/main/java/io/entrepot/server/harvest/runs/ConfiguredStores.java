// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.RemotePlace;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.Store;
import io.entrepot.storage.decorator.Pause;
import io.entrepot.storage.decorator.ReadOnlyStore;
import io.entrepot.storage.decorator.RetrySettings;
import io.entrepot.storage.decorator.RetryingStore;
import io.entrepot.storage.decorator.ThrottledStore;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens what instruments and storage locations are configured to be. What is reached over a network
 * is asked again when it fails to answer once. An instrument whose originals stay is opened for
 * reading only, and one with a limit is read no faster than that, whoever reads from what was
 * opened.
 */
public final class ConfiguredStores implements HarvestJob.StoreDoor {

  private final Connectors connectors;
  private final LongSupplier nanos;
  private final Pause pause;
  private final Instant begun;

  /**
   * @param nanos a time that never steps back, such as {@code System::nanoTime}
   * @param pause how it waits before it asks again, or reads on
   */
  public ConfiguredStores(Connectors connectors, LongSupplier nanos, Pause pause, Instant begun) {
    this.connectors = connectors;
    this.nanos = nanos;
    this.pause = pause;
    this.begun = begun;
  }

  @Override
  public Store open(Instrument instrument) {
    RemotePlace place = place(instrument.settings());
    Store opened = connectors.open(place);
    Store store =
        switch (place.transport()) {
          case SFTP, CIFS, S3 -> new RetryingStore(opened, RetrySettings.USUAL, pause);
          case POSIX, NFS -> opened;
        };
    HarvestPolicy policy = HarvestPolicy.of(instrument.settings().transferConfig());
    if (policy.bandwidth() != HarvestPolicy.UNLIMITED) {
      store = new ThrottledStore(store, policy.bandwidth(), nanos, pause);
    }
    return policy.removeOriginals() ? store : new ReadOnlyStore(store);
  }

  @Override
  public Store open(StorageLocation location) {
    return connectors.openToKeep(location);
  }

  @Override
  public Store look(StorageLocation location) {
    return new ReadOnlyStore(connectors.open(location));
  }

  @Override
  public Instant begun() {
    return begun;
  }

  /** Where an instrument's files are. */
  public static RemotePlace place(InstrumentDraft draft) {
    Map<String, @Nullable Object> config = draft.transferConfig();
    Object port = config == null ? null : config.get("port");
    Object hostKey = config == null ? null : config.get("host_key");
    String path = draft.address().basePath();
    return new RemotePlace(
        draft.transport(),
        draft.address().host(),
        port instanceof Number number ? number.intValue() : 0,
        draft.address().share(),
        path == null ? "" : path,
        draft.address().serviceAccount(),
        hostKey instanceof String text ? text : null);
  }
}
