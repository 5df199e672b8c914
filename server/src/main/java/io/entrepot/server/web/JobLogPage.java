// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The whole log of a job as a text file, however long it is: a line of text for each line. */
@Controller
class JobLogPage {

  private static final int CHUNK = 1_000;

  private final Runs runs;
  private final Jobs jobs;

  JobLogPage(Runs runs, Jobs jobs) {
    this.runs = runs;
    this.jobs = jobs;
  }

  @GetMapping("/ui/jobs/{id}/log.txt")
  void log(
      @PathVariable String id, @AuthenticationPrincipal Actor actor, HttpServletResponse response)
      throws IOException {
    Id job = runs.run(actor, PageIds.of(id, "Run")).id();
    response.setContentType(MediaType.TEXT_PLAIN_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("job-" + PageIds.text(job) + ".txt")
            .build()
            .toString());
    Writer out = response.getWriter();
    List<LogLine> chunk = jobs.log(job, 0, CHUNK);
    while (!chunk.isEmpty()) {
      for (LogLine line : chunk) {
        out.write(text(line));
      }
      chunk = jobs.log(job, chunk.getLast().number(), CHUNK);
    }
  }

  /** What a line says may hold the name of a file, and that may hold a line break. */
  private static String text(LogLine line) {
    return line.time()
        + " "
        + line.level()
        + " "
        + line.text().replaceAll("\\p{Cntrl}", "\uFFFD")
        + "\n";
  }
}
