// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.places.LocalRoots;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HooksTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path folder;

  private PlaceTools tools(Database database) {
    IdSource ids = new IdSource(() -> NOW, new Random(3));
    SecureRandom random = new SecureRandom();
    return new PlaceTools(
        new SecretBox(SecretKeys.open(folder.resolve("secrets.key"), random), random),
        new LocalRoots(List.of()),
        ids,
        () -> NOW,
        new AuditTrail(new AuditLog(database, ids, () -> NOW)));
  }

  private static HookDraft script(@Nullable Id instrument, int priority) {
    return new HookDraft(
        "script",
        null,
        HookDraft.Point.POST_TRANSFER,
        new HookDraft.Action(HookDraft.Implementation.PYTHON_SCRIPT, null, "a.py", null),
        null,
        instrument,
        priority,
        true);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void no_hook_is_made_for_an_instrument_that_is_deleted_meanwhile(Database database)
      throws InterruptedException {
    try (database;
        ExecutorService another = Executors.newSingleThreadExecutor()) {
      PlaceTools tools = tools(database);
      Instruments instruments =
          new Instruments(database, new ServiceAccounts(database, tools), tools);
      Hooks hooks = new Hooks(database, instruments, tools);
      Instrument nmr =
          instruments.create(
              Actor.HOUSE,
              new InstrumentDraft(
                  "NMR",
                  new InstrumentDraft.Address("nmr", "data", null, null),
                  new InstrumentDraft.About(null, null, null),
                  "rclone",
                  null,
                  true));

      Future<?> creation =
          database.write(
              () -> {
                instruments.delete(Actor.HOUSE, nmr.id());
                Future<?> waiting =
                    another.submit(() -> hooks.create(Actor.HOUSE, script(nmr.id(), 0)));
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOfAny(TimeoutException.class);
                return waiting;
              });

      assertThatThrownBy(() -> creation.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InvalidFieldsException.class);
      assertThat(hooks.list(new Slice(0, 10, true)).items()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_priority_beyond_a_million_is_refused(Database database) {
    try (database) {
      PlaceTools tools = tools(database);
      Hooks hooks =
          new Hooks(
              database,
              new Instruments(database, new ServiceAccounts(database, tools), tools),
              tools);

      assertThat(hooks.create(Actor.HOUSE, script(null, 1_000_000))).isNotNull();
      for (int priority : new int[] {1_000_001, -1_000_001}) {
        assertThatThrownBy(() -> hooks.create(Actor.HOUSE, script(null, priority)))
            .isInstanceOf(InvalidFieldsException.class);
      }
    }
  }
}
