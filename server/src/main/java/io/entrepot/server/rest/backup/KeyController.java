// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.CidrBlock;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.ApiKeys;
import io.entrepot.server.identity.Door;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.PlainWords;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API keys: sent as bearer tokens, good at every door they are not kept from. */
@RestController
@RequestMapping("/api/keys")
class KeyController {

  private static final String THING = "API key";
  private static final int NAME_LIMIT = 255;

  private final ApiKeys keys;

  KeyController(ApiKeys keys) {
    this.keys = keys;
  }

  /** One's own, or with {@code all=true} everybody's, which is for administrators. */
  @GetMapping
  ResponseEntity<OkList<KeyWire>> list(
      @RequestParam MultiValueMap<String, String> query, @AuthenticationPrincipal Actor actor) {
    ListQuery wanted =
        ListQuery.of(query, "name", "created_at", "expires_at", "last_used_at", "owner");
    return OkList.of(
        keys.list(actor, wanted.all(), wanted.slice()), wanted, "API keys", KeyWire::of);
  }

  /**
   * Takes {@code name}, {@code scope} (read, operate or admin; default operate), {@code doors} (a
   * list; default every door), {@code expires_at} and {@code networks} (a list; default
   * everywhere).
   */
  @PostMapping
  ResponseEntity<Ok<KeyWire>> create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    String name = body.requiredName("name", NAME_LIMIT);
    ApiKey.Limits limits =
        new ApiKey.Limits(
            body.choice("scope", ApiKey.Scope.class, ApiKey.Scope.OPERATE),
            body.choices("doors", Door.class),
            body.instant("expires_at"),
            body.list("networks", CidrBlock::of, CidrBlock.SHAPE));
    body.check();
    KeyWire made = KeyWire.of(keys.create(actor, name, limits));
    return Ignored.named(ResponseEntity.status(HttpStatus.CREATED), body)
        .body(Ok.of(made, "Keep the key now: it is not shown again"));
  }

  @GetMapping("/{id}")
  Ok<KeyWire> show(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return Ok.of(KeyWire.of(keys.visible(actor, Wire.inPath(id, THING))), THING);
  }

  /** Takes {@code name}; what a key is good for never changes. */
  @PatchMapping("/{id}")
  ResponseEntity<Ok<KeyWire>> rename(
      @PathVariable("id") String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    String name = body.requiredName("name", NAME_LIMIT);
    body.check();
    KeyWire renamed = KeyWire.of(keys.rename(actor, Wire.inPath(id, THING), name));
    return Ignored.named(ResponseEntity.ok(), body).body(Ok.of(renamed, "The key was renamed"));
  }

  /** Ends a key at once. */
  @DeleteMapping("/{id}")
  ResponseEntity<Ok<@Nullable Void>> revoke(
      @PathVariable("id") String id,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request) {
    keys.revoke(actor, Wire.inPath(id, THING));
    return Gone.answer(request, "The key was revoked");
  }
}
