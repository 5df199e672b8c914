// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.LocalTokens;
import io.entrepot.server.identity.TokenExistsException;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.WireIds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tokens with which work goes on for people who are not signed in. */
@RestController
@RequestMapping("/api/v1/auth/local/api-tokens")
class LocalTokenController {

  private static final int NAME_LIMIT = 100;

  private final LocalTokens tokens;
  private final InstantSource clock;

  LocalTokenController(LocalTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A token.
   *
   * @param token all of it; shown once, when it is made
   */
  record ApiToken(
      @JsonProperty("api_key_uid") String uid,
      @JsonProperty("api_key_name") String name,
      @JsonProperty("user_name") String userName,
      @JsonProperty("user_sub") String userSub,
      @JsonProperty("server_url") String serverUrl,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("expires_at") @Nullable Instant expiresAt,
      @JsonProperty("api_token") @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String token) {

    static ApiToken of(ApiKey key, @Nullable String token, HttpServletRequest request) {
      return new ApiToken(
          key.id().toUuid().toString(),
          key.name(),
          key.owner().email(),
          key.owner().account().toUuid().toString(),
          ServerUrl.of(request),
          key.createdAt(),
          key.limits().expiresAt(),
          token);
    }
  }

  /** Whether a token would be let in. */
  record Checked(boolean valid, @JsonProperty("checked_at") Instant checkedAt) {}

  /** One's own; to a program on the machine where nobody has signed in, all of them. */
  @GetMapping
  ResponseEntity<List<ApiToken>> list(
      @AuthenticationPrincipal @Nullable Actor actor, HttpServletRequest request) {
    List<ApiToken> found =
        tokens.list(actor).stream().map(key -> ApiToken.of(key, null, request)).toList();
    return ResponseEntity.ok().header("X-Total-Count", Integer.toString(found.size())).body(found);
  }

  /** Takes {@code name}. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ApiToken create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request) {
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    String name = body.requiredName("name", NAME_LIMIT);
    body.check();
    ApiKey.Made made = tokens.create(actor, name);
    return ApiToken.of(made.key(), made.token(), request);
  }

  @GetMapping("/{uid}/check")
  Checked check(@PathVariable("uid") String uid, @AuthenticationPrincipal @Nullable Actor actor) {
    return new Checked(tokens.isValid(actor, WireIds.inPath(uid, "Token")), clock.instant());
  }

  @DeleteMapping("/{uid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("uid") String uid, SignedInToken who) {
    tokens.delete(who.signedIn(), WireIds.inPath(uid, "Token"));
  }

  @ExceptionHandler(NotFoundException.class)
  ResponseEntity<Failure> notFound(NotFoundException why) {
    return Failure.of(HttpStatus.NOT_FOUND, "token_not_found", why);
  }

  @ExceptionHandler(TokenExistsException.class)
  ResponseEntity<Failure> exists(TokenExistsException why) {
    return Failure.of(HttpStatus.CONFLICT, "user_already_has_token", why);
  }
}
