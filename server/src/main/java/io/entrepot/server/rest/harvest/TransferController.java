// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferQuery;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/transfers}. */
@RestController
@RequestMapping("/api/transfers")
class TransferController {

  private final Catalog catalog;
  private final JsonMapper mapper;

  TransferController(Catalog catalog, JsonMapper mapper) {
    this.catalog = catalog;
    this.mapper = mapper;
  }

  /** Newest first; all of them, streamed, unless a part is asked for. */
  @GetMapping
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = TransferWire.class))))
  void list(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response) {
    QueryFields query = Wording.query(parameters);
    ListPart part = ListPart.of(query, parameters);
    TransferQuery wanted =
        new TransferQuery(
            query.id("file_id"),
            query.id("run_id"),
            query.choice("status", TransferStatus.class),
            null);
    query.check();
    ListPart.count(response, catalog.count(actor, wanted));
    if (part.whole()) {
      JsonArray array = JsonArray.into(response, mapper);
      catalog.eachTransfer(actor, wanted, transfer -> array.add(TransferWire.of(transfer)));
      array.finish();
      return;
    }
    TransferQuery from = part.after() == null ? wanted : wanted.after(part.after());
    List<Transfer> found = catalog.transfers(actor, from, part.skip(), part.sought());
    List<Transfer> transfers = part.cut(response, found, Transfer::id, path(wanted));
    JsonArray array = JsonArray.into(response, mapper);
    transfers.forEach(transfer -> array.add(TransferWire.of(transfer)));
    array.finish();
  }

  private static String path(TransferQuery query) {
    StringBuilder path = new StringBuilder("/api/transfers?");
    if (query.file() != null) {
      path.append("file_id=").append(WireIds.text(query.file())).append('&');
    }
    if (query.run() != null) {
      path.append("run_id=").append(WireIds.text(query.run())).append('&');
    }
    if (query.status() != null) {
      path.append("status=").append(query.status().word()).append('&');
    }
    return path.toString();
  }

  @GetMapping("/{id}")
  TransferWire get(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return TransferWire.of(catalog.transfer(actor, PathIds.inPath("transfer_id", id, "Transfer")));
  }
}
