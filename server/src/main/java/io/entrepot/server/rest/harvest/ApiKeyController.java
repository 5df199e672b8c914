// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.ApiKeys;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * One's own API keys: sent as bearer tokens, good until they expire or are revoked. The backup
 * family's {@code /api/keys} has more of them to say.
 */
@RestController
@RequestMapping("/api/me/api-keys")
class ApiKeyController {

  private final ApiKeys keys;

  ApiKeyController(ApiKeys keys) {
    this.keys = keys;
  }

  /** What a key is for, in this family's words. */
  private enum WireScope {
    READ,
    WRITE;

    /** The most that such a key of this owner can be. */
    ApiKey.Scope of(Actor owner) {
      return switch (this) {
        case READ -> ApiKey.Scope.READ;
        case WRITE -> owner.isAdmin() ? ApiKey.Scope.ADMIN : ApiKey.Scope.OPERATE;
      };
    }

    static String word(ApiKey.Scope scope) {
      return switch (scope) {
        case READ -> "read";
        case OPERATE, ADMIN -> "write";
      };
    }
  }

  /**
   * A key.
   *
   * @param key all of it; shown once, when it is made
   */
  @Schema(name = "OwnApiKey")
  record Wire(
      String id,
      String name,
      String prefix,
      String scope,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("expires_at") @Nullable Instant expiresAt,
      @Nullable String key) {

    static Wire of(ApiKey found, @Nullable String token) {
      return new Wire(
          WireIds.text(found.id()),
          found.name(),
          found.prefix(),
          WireScope.word(found.limits().scope()),
          found.createdAt(),
          found.limits().expiresAt(),
          token);
    }
  }

  @GetMapping
  List<Wire> list(@AuthenticationPrincipal Actor actor) {
    return keys.list(actor, false, Slice.ALL).items().stream()
        .map(key -> Wire.of(key, null))
        .toList();
  }

  /** Takes {@code name}, {@code scope} (read or write, default write) and {@code expires_at}. */
  @PostMapping
  ResponseEntity<Wire> create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    String name = body.requiredText("name", 255);
    WireScope scope = body.choice("scope", WireScope.class, WireScope.WRITE);
    Instant expires = body.instant("expires_at");
    body.check();
    ApiKey.Made made =
        keys.create(actor, name, new ApiKey.Limits(scope.of(actor), Set.of(), expires));
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(Wire.of(made.key(), made.token()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    keys.revoke(actor, keys.own(actor, PathIds.inPath("id", id, "API key")).id());
  }
}
