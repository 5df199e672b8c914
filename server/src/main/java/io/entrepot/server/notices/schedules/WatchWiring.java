// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.notices.channels.Announcer;
import io.entrepot.server.notices.channels.RunPings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class WatchWiring {

  @Bean
  RunTelling.Work watchedWork(Schedules schedules, Jobs jobs, JobKinds kinds) {
    return new RunTelling.Work(schedules, jobs, kinds);
  }

  @Bean
  RunTelling runTelling(
      Database database, RunTelling.Work work, RunPings pings, InstantSource clock) {
    return new RunTelling(database, work, pings, clock);
  }

  @Bean
  MissedRuns missedRuns(
      Database database, RunTelling.Work work, Announcer announcer, InstantSource clock) {
    return new MissedRuns(database, work, announcer::announce, clock);
  }

  @Bean
  ScheduleWatch scheduleWatch(RunTelling runs, MissedRuns missed) {
    return new ScheduleWatch(runs, missed);
  }
}
