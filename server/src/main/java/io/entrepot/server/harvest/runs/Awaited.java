// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Removals;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.places.StorageLocation;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Which originals must stay because another storage location is still to be filled from them. Asked
 * for many files at a time, and of the schedules as they stand then.
 */
final class Awaited {

  private final HarvestScene scene;
  private final HarvestJob.Rules rules;
  private final Removals removals;
  private final Map<String, Long> kept = new ConcurrentSkipListMap<>();

  Awaited(HarvestScene scene, HarvestTools tools, HarvestJob.Rules rules) {
    this.scene = scene;
    this.rules = rules;
    this.removals = new Removals(tools.database());
  }

  /**
   * Those of these files of which an active schedule of the instrument has not brought this very
   * version to its own storage location. They are counted.
   */
  Set<Id> of(Map<Id, Integer> versions) {
    Map<Id, StorageLocation> others = versions.isEmpty() ? Map.of() : others();
    Set<Id> staying = new HashSet<>();
    removals
        .lacking(versions, others.keySet())
        .forEach(
            (location, files) -> {
              StorageLocation waiting = others.get(location);
              if (waiting != null) {
                kept.merge(waiting.name(), (long) files.size(), Long::sum);
              }
              staying.addAll(files);
            });
    if (!staying.isEmpty()) {
      scene.job().progress().count("originals_kept", staying.size());
    }
    return staying;
  }

  /** A location that is only switched off is waited for; one that was deleted is not. */
  private Map<Id, StorageLocation> others() {
    List<Schedule> schedules = rules.schedules().of(scene.instrument().id());
    return schedules.stream()
        .filter(schedule -> schedule.order().enabled())
        .map(schedule -> HarvestOrder.of(schedule.order().parameters()).storageLocation())
        .filter(location -> !location.equals(scene.location().id()))
        .distinct()
        .map(rules.locations()::any)
        .filter(location -> location.deletedAt() == null)
        .collect(Collectors.toMap(StorageLocation::id, location -> location));
  }

  /** Says for which storage locations originals stay. */
  void tell() {
    kept.forEach(
        (name, files) ->
            scene
                .job()
                .log(
                    LogLevel.INFO,
                    String.format(
                        Locale.ROOT,
                        "%,d %s until the storage location %s has a proved copy too",
                        files,
                        files == 1 ? "original stays" : "originals stay",
                        name)));
  }
}
