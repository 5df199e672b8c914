// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.Id;
import io.entrepot.server.places.Transport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an instrument to be.
 *
 * @param name what people call it
 * @param address where its files are
 * @param about words for people
 * @param transferAdapter {@code rclone}, {@code globus} or {@code rsync}: kept and shown for
 *     clients that know these; how files are reached is said by the transport
 * @param transferConfig transport and harvest rules, see {@link HarvestPolicy}; null for none
 * @param enabled one that is not is not harvested
 */
public record InstrumentDraft(
    String name,
    Address address,
    About about,
    String transferAdapter,
    @Nullable Map<String, @Nullable Object> transferConfig,
    boolean enabled) {

  /**
   * @param host name or address of the computer; empty where the transport needs none
   * @param share share, export or bucket; empty where the transport needs none
   * @param basePath where to begin inside it; null means at its top
   * @param serviceAccount who to sign in as; null for nobody
   */
  public record Address(
      String host, String share, @Nullable String basePath, @Nullable Id serviceAccount) {}

  /**
   * @param location room or building
   * @param pid the instrument's own persistent id
   */
  public record About(
      @Nullable String description, @Nullable String location, @Nullable String pid) {}

  /** The transport that the transfer settings name; CIFS when they name none. */
  public Transport transport() {
    return HarvestPolicy.transport(transferConfig);
  }
}
