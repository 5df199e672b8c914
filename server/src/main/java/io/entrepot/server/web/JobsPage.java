// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What runs and what ran. */
@Controller
final class JobsPage {

  private static final int PAGE = 50;
  private static final Set<JobState> ACTIVE =
      Stream.of(JobState.values()).filter(state -> !state.isFinal()).collect(Collectors.toSet());

  private final Runs runs;
  private final Jobs jobs;
  private final RunViews views;
  private final JobPageViews page;
  private final JobStream stream;

  JobsPage(Runs runs, Jobs jobs, RunViews views, JobPageViews page, JobStream stream) {
    this.runs = runs;
    this.jobs = jobs;
    this.views = views;
    this.page = page;
    this.stream = stream;
  }

  /** Which runs the list shows. */
  enum Show {
    ALL,
    RUNNING,
    TROUBLED;

    Predicate<Job> filter() {
      return switch (this) {
        case ALL -> _ -> true;
        case RUNNING -> job -> !job.state().isFinal();
        case TROUBLED -> job -> job.state() == JobState.FAILED || job.status().warnings() > 0;
      };
    }

    static Show of(String word) {
      for (Show show : values()) {
        if (show.name().toLowerCase(Locale.ROOT).equals(word)) {
          return show;
        }
      }
      return ALL;
    }
  }

  @GetMapping("/ui/jobs")
  String list(
      @RequestParam(name = "show", defaultValue = "all") String show,
      @RequestParam(name = "before", defaultValue = "") String before,
      @AuthenticationPrincipal Actor actor,
      Model model) {
    Show wanted = Show.of(show);
    Id from = PageIds.orNull(before);
    Runs.Found found = runs.page(actor, wanted.filter(), from, PAGE);
    String address = wanted == Show.ALL ? "/ui/jobs?" : "/ui/jobs?show=" + show + "&";
    Id last = found.last();
    model.addAttribute("show", wanted.name().toLowerCase(Locale.ROOT));
    model.addAttribute("active", runs.count(actor, ACTIVE));
    model.addAttribute("runs", views.all(found.runs()));
    model.addAttribute("older", last == null ? null : address + "before=" + PageIds.text(last));
    model.addAttribute("newest", from == null ? null : address.substring(0, address.length() - 1));
    return "jobs";
  }

  @GetMapping("/ui/jobs/{id}")
  String show(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    model.addAllAttributes(page.of(run(actor, id)));
    return "job";
  }

  /** The parts of the page that change, as they change. */
  @GetMapping("/ui/jobs/{id}/events")
  SseEmitter follow(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return stream.follow(run(actor, id).id());
  }

  @PostMapping("/ui/jobs/{id}/cancel")
  String cancel(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    Job job = runs.cancel(actor, PageIds.of(id, "Run"));
    return "redirect:/ui/jobs/" + PageIds.text(job.id());
  }

  @PostMapping("/ui/jobs/{id}/retry")
  String retry(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    Job job = runs.retry(actor, PageIds.of(id, "Run"));
    return "redirect:/ui/jobs/" + PageIds.text(job.id());
  }

  private Job run(Actor actor, String text) {
    Id id = PageIds.of(text, "Run");
    return runs.run(actor, id);
  }
}
