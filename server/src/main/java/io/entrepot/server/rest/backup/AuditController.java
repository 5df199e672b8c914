// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, from where and with which credential, newest first. */
@RestController
@RequestMapping("/api/audit")
class AuditController {

  /** Few enough to be held, many enough to ask the database seldom. */
  private static final int CHUNK = 500;

  private final AuditLog log;
  private final Accounts accounts;

  AuditController(AuditLog log, Accounts accounts) {
    this.log = log;
    this.accounts = accounts;
  }

  /** Takes {@code limit} and {@code offset}, and what {@link AuditQuery} reads. */
  @GetMapping
  ResponseEntity<OkList<AuditWire>> list(@RequestParam MultiValueMap<String, String> keys) {
    ListQuery wanted = ListQuery.of(keys, "time");
    AuditFilter filter = AuditQuery.filter(keys, accounts);
    return OkList.of(log.list(filter, wanted.slice()), wanted, "Audit log", AuditWire::of);
  }

  /** All that fit, as they are read: {@code format} is {@code csv} or {@code jsonl}. */
  @GetMapping("/export")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(mediaType = "application/jsonl", schema = @Schema(type = "string"))
      })
  void export(
      @RequestParam MultiValueMap<String, String> keys,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AuditLines lines = AuditQuery.format(keys);
    AuditFilter filter = AuditQuery.filter(keys, accounts);
    List<AuditRecord> chunk = log.older(filter, null, CHUNK);
    response.setContentType(lines.mediaType());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename("audit." + lines.word()).build().toString());
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    // Unlike the response's own writer it says when the caller has gone.
    Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    out.write(lines.head());
    while (!chunk.isEmpty()) {
      for (AuditRecord found : chunk) {
        out.write(lines.line(AuditWire.of(found)));
      }
      Id last = chunk.getLast().id();
      chunk = chunk.size() < CHUNK ? List.of() : log.older(filter, last, CHUNK);
    }
    out.flush();
  }
}
