// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.ledger.Ledger;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/files}: records, versions and custody. */
@RestController
@RequestMapping("/api/files")
class FileController {

  private final Catalog catalog;
  private final Ledger ledger;
  private final HarvestOrders orders;
  private final JsonMapper mapper;

  FileController(Catalog catalog, Ledger ledger, HarvestOrders orders, JsonMapper mapper) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.orders = orders;
    this.mapper = mapper;
  }

  /** Newest first; all of them, streamed, unless a part is asked for. */
  @GetMapping
  @ApiResponse(
      responseCode = "200",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = FileWire.class))))
  void list(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response) {
    QueryFields query = Wording.query(parameters);
    ListPart part = ListPart.of(query, parameters);
    Id instrument = query.id("instrument_id");
    FileQuery wanted = new FileQuery(instrument, query.text("q"), null);
    query.check();
    ListPart.count(response, catalog.count(actor, wanted));
    if (part.whole()) {
      JsonArray array = JsonArray.into(response, mapper);
      catalog.eachFile(actor, wanted, file -> array.add(FileWire.of(file)));
      array.finish();
      return;
    }
    FileQuery from = part.after() == null ? wanted : wanted.after(part.after());
    List<CatalogFile> found = catalog.files(actor, from, part.skip(), part.sought());
    List<CatalogFile> files = part.cut(response, found, CatalogFile::id, path(wanted));
    JsonArray array = JsonArray.into(response, mapper);
    files.forEach(file -> array.add(FileWire.of(file)));
    array.finish();
  }

  private static String path(FileQuery query) {
    StringBuilder path = new StringBuilder("/api/files?");
    if (query.instrument() != null) {
      path.append("instrument_id=").append(WireIds.text(query.instrument())).append('&');
    }
    if (query.text() != null) {
      path.append("q=").append(URLEncoder.encode(query.text(), StandardCharsets.UTF_8)).append('&');
    }
    return path.toString();
  }

  @GetMapping("/{id}")
  FileWire get(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    CatalogFile file = catalog.file(actor, idOf(id));
    return FileWire.with(file, catalog.hookFailures(file.id()));
  }

  @GetMapping("/{id}/versions")
  List<VersionWire> versions(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return catalog.versions(actor, idOf(id)).stream().map(VersionWire::of).toList();
  }

  /** Every known copy with when it was last proved, and all that happened, newest first. */
  @GetMapping("/{id}/custody")
  CustodyWire custody(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    CatalogFile file = catalog.file(actor, idOf(id));
    return CustodyWire.of(file, ledger.story(file.id()));
  }

  /** Makes a failed file due and starts a run of its instrument. */
  @PostMapping("/{id}/retry")
  Map<String, Object> retry(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    CatalogFile file = catalog.file(actor, idOf(id));
    return TriggeredWire.answer(orders.retry(actor, file));
  }

  static Id idOf(String text) {
    return PathIds.inPath("file_id", text, "File");
  }
}
