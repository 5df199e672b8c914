// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.health.HealthPart;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.engine.Workers.Crew;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.settings.EntrepotSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine of this server, started once every feature has its kinds ready. */
@Configuration(proxyBeanMethods = false)
class JobWiring {

  @Bean
  JobKinds jobKinds() {
    return new JobKinds();
  }

  @Bean(destroyMethod = "")
  JobEngine jobEngine(
      Database database,
      JobKinds kinds,
      IdSource ids,
      InstantSource clock,
      EntrepotSettings settings) {
    Crew crew = new Crew(node(), settings.jobs().parallel(), settings.jobs().keepLogs());
    return new JobEngine(database, kinds, ids, clock, crew);
  }

  private static String node() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + process;
    } catch (UnknownHostException e) {
      return "node:" + process;
    }
  }

  @Bean
  HealthPart jobsPart(JobEngine engine) {
    return new JobsPart(engine);
  }

  @Bean
  MetricSource jobMetrics(Database database, InstantSource clock, JobEngine engine) {
    return new JobMetrics(database, clock, engine.meter());
  }

  @Bean
  Jobs durableJobs(JobEngine engine) {
    return engine.jobs();
  }

  @Bean
  Schedules jobSchedules(JobEngine engine) {
    return engine.schedules();
  }

  @Bean
  JobEvents jobEvents(JobEngine engine) {
    return engine.events();
  }

  @Bean
  SmartLifecycle jobLifecycle(JobEngine engine, JobKinds kinds, ObjectProvider<JobKind> found) {
    return new Lifecycle(
        engine,
        () -> {
          found.orderedStream().forEach(kinds::register);
          engine.start();
        });
  }

  /** Starts last and stops first: listeners must be gone before the web server waits for them. */
  private static final class Lifecycle implements SmartLifecycle {
    private final JobEngine engine;
    private final Runnable begin;
    private volatile boolean running;

    Lifecycle(JobEngine engine, Runnable begin) {
      this.engine = engine;
      this.begin = begin;
    }

    @Override
    public void start() {
      begin.run();
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      engine.close();
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return Integer.MAX_VALUE;
    }
  }
}
