// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Migrations;
import io.entrepot.server.database.Pools;
import io.entrepot.server.database.Reserve;
import io.entrepot.server.settings.DataDirectory;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.EntrepotSettings.DatabaseSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Time, ids, randomness and the database: what every room is handed. */
@Configuration(proxyBeanMethods = false)
class Wiring {

  /** Times are stored to the microsecond, so no answer shows more than the next one will. */
  private static final Duration STORED_PRECISION = Duration.ofNanos(1_000);

  @Bean
  InstantSource clock() {
    return Clock.tick(Clock.systemUTC(), STORED_PRECISION);
  }

  @Bean
  SecureRandom random() {
    return new SecureRandom();
  }

  @Bean
  IdSource ids(InstantSource clock, SecureRandom random) {
    return new IdSource(clock, random);
  }

  @Bean
  Database database(EntrepotSettings settings, DataDirectory data) {
    DatabaseSettings wanted = settings.database();
    String url = wanted.url();
    return url == null
        ? open(
            Dialect.SQLITE,
            Pools.sqlite(data.database()),
            Reserve.of(data.reserve(), wanted.reserve().toBytes()))
        : open(
            Dialect.POSTGRESQL,
            Pools.postgresql(url, wanted.user(), wanted.password()),
            Reserve.none());
  }

  private static Database open(Dialect dialect, Pools pools, Reserve reserve) {
    try {
      Migrations.run(pools.writer());
    } catch (RuntimeException e) {
      pools.close();
      throw e;
    }
    return new Database(dialect, pools, reserve);
  }
}
