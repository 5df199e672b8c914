// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What runs and what ran. */
@Controller
final class JobsPage {

  private static final int PAGE = 50;
  static final Set<JobState> ACTIVE =
      Stream.of(JobState.values()).filter(state -> !state.isFinal()).collect(Collectors.toSet());

  private static final Set<JobState> WAITING =
      Set.of(JobState.PENDING, JobState.QUEUED, JobState.PAUSED);
  private static final String PRIORITY = "priority";

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
    Job job = run(actor, id);
    String priority = String.valueOf(job.order().priority());
    return show(model, job, Form.of(Map.of(PRIORITY, priority)));
  }

  private String show(Model model, Job job, Form form) {
    model.addAllAttributes(page.of(job));
    model.addAttribute("who", page.who(job));
    model.addAttribute("form", form);
    model.addAttribute("waits", WAITING.contains(job.state()));
    return "job";
  }

  /** Lets one that waits go before others, or after them. */
  @PostMapping("/ui/jobs/{id}/priority")
  String prioritize(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Job job = run(actor, id);
    Form form = Form.sent(parameters);
    try {
      runs.prioritize(actor, job.id(), ScheduleForm.priority(form));
      return "redirect:/ui/jobs/" + PageIds.text(job.id());
    } catch (InvalidFieldsException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(model, job, form.refused(e, PRIORITY));
    }
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
