// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.edge.JobStreams;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.Jobs;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** Sends the live parts of a job's page as HTML, made from the page's own template. */
@Component
final class JobStream {

  private static final String TEMPLATE = "job-parts";

  private final JobStreams streams;
  private final Jobs jobs;
  private final JobPageViews views;
  private final SpringTemplateEngine templates;
  private final SharedParts parts = new SharedParts();

  JobStream(JobStreams streams, Jobs jobs, JobPageViews views, SpringTemplateEngine templates) {
    this.streams = streams;
    this.jobs = jobs;
    this.views = views;
    this.templates = templates;
  }

  SseEmitter follow(Id job) {
    parts.join(job);
    try {
      return streams.open(job, null, this::form, () -> parts.leave(job)).orElseThrow();
    } catch (RuntimeException e) {
      parts.leave(job);
      throw e;
    }
  }

  /** The page asks for itself again at the end: which actions fit then is the server's to say. */
  private SseEmitter.SseEventBuilder form(JobEvent event) {
    return switch (event) {
      case JobEvent.Changed(_, var now) when now.state().isFinal() ->
          SseEmitter.event().name("end").data("");
      case JobEvent.Changed changed -> parts(changed.job(), changed.number());
      case JobEvent.Logged logged -> parts(logged.job(), logged.number());
      // The present state follows, and with it the whole of the parts.
      case JobEvent.Gap _ -> SseEmitter.event().comment("gap");
    };
  }

  private SseEmitter.SseEventBuilder parts(Id job, long number) {
    return SseEmitter.event().name("parts").data(parts.at(job, number, () -> made(job)));
  }

  private String made(Id job) {
    Context context = new Context(Locale.ENGLISH);
    jobs.find(job).ifPresent(now -> views.of(now).forEach(context::setVariable));
    return templates.process(TEMPLATE, Set.of("all"), context);
  }
}
