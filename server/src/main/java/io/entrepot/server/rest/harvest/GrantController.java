// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.Grant;
import io.entrepot.server.catalog.GranteeSearch;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/files/{id}/access}: who else may see one file. */
@RestController
@RequestMapping("/api/files/{id}/access")
class GrantController {

  private final Catalog catalog;
  private final Grants grants;
  private final GranteeSearch grantees;

  GrantController(Catalog catalog, Grants grants, GranteeSearch grantees) {
    this.catalog = catalog;
    this.grants = grants;
    this.grantees = grantees;
  }

  record GrantWire(
      String id,
      @JsonProperty("file_id") String fileId,
      @JsonProperty("grantee_type") String granteeType,
      @JsonProperty("grantee_id") String granteeId,
      @JsonProperty("granted_at") Instant grantedAt) {

    static GrantWire of(Grant grant) {
      return new GrantWire(
          WireIds.text(grant.id()),
          WireIds.text(grant.file()),
          grant.granteeType().word(),
          WireIds.text(grant.grantee()),
          grant.grantedAt());
    }
  }

  @GetMapping
  List<GrantWire> list(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    Id file = catalog.file(actor, FileController.idOf(id)).id();
    return grants.ofFile(file).stream().map(GrantWire::of).toList();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  GrantWire grant(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id file = FileController.idOf(id);
    BodyFields body = Wording.body(bytes);
    GranteeType type = body.requiredChoice("grantee_type", GranteeType.class);
    Id grantee = body.requiredId("grantee_id", type.title());
    body.check();
    Id known = catalog.file(actor, file).id();
    if (grantees.name(type, grantee).isEmpty()) {
      throw new InvalidFieldsException(
          FieldProblem.dangling("grantee_id", type.title(), WireIds.text(grantee)));
    }
    return GrantWire.of(grants.grant(actor, known, type, grantee));
  }

  @DeleteMapping("/{grant}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(
      @PathVariable String id, @PathVariable String grant, @AuthenticationPrincipal Actor actor) {
    grants.revoke(actor, FileController.idOf(id), PathIds.inPath("grant_id", grant, "Grant"));
  }
}
