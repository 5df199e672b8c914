// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.AccountChange;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.EmailTakenException;
import io.entrepot.server.identity.Role;
import io.entrepot.server.identity.WeakPasswordException;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.harvest.UserWire.WireRole;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts: one's own, and for administrators everybody's. */
@RestController
class UserController {

  private final Accounts accounts;

  UserController(Accounts accounts) {
    this.accounts = accounts;
  }

  @GetMapping("/users/me")
  UserWire me(@AuthenticationPrincipal Actor actor) {
    return UserWire.of(accounts.live(actor.account()));
  }

  /** What is not one's own to change, such as the role, is left alone without complaint. */
  @PatchMapping("/users/me")
  UserWire changeMe(@RequestBody(required = false) byte @Nullable [] bytes, SignedInToken who) {
    BodyFields body = Wording.body(bytes);
    AccountChange change = AccountChange.ofOneself(email(body), password(body));
    body.check();
    Actor actor = who.getPrincipal();
    return UserWire.of(accounts.update(actor, actor.account(), change, who.signedIn().login()));
  }

  @GetMapping("/users/{id}")
  UserWire one(@PathVariable("id") String id) {
    return UserWire.of(accounts.live(userId(id)));
  }

  @PatchMapping("/users/{id}")
  UserWire change(
      @PathVariable("id") String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      SignedInToken who) {
    Id user = userId(id);
    BodyFields body = Wording.body(bytes);
    String email = email(body);
    String password = password(body);
    Boolean active = flag(body, "is_active");
    Boolean verified = flag(body, "is_verified");
    WireRole role = body.has("role") ? body.requiredChoice("role", WireRole.class) : null;
    body.check();
    accounts.live(user);
    AccountChange change =
        new AccountChange(email, password, role(role), active, verified, role == WireRole.USER);
    boolean oneself = user.equals(who.getPrincipal().account());
    Id keep = oneself ? who.signedIn().login() : null;
    return UserWire.of(accounts.update(who.getPrincipal(), user, change, keep));
  }

  @DeleteMapping("/users/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    accounts.delete(actor, userId(id));
  }

  private static Id userId(String text) {
    return PathIds.inPath("id", text, "User");
  }

  private static @Nullable String email(BodyFields body) {
    return body.has("email") ? body.requiredEmail("email") : null;
  }

  private static @Nullable String password(BodyFields body) {
    return body.secret("password", RegisterController.PASSWORD_LIMIT);
  }

  private static @Nullable Boolean flag(BodyFields body, String name) {
    return body.has(name) ? body.flag(name, true) : null;
  }

  /** Of the two that are both called user, whoever has one of them keeps it. */
  private static @Nullable Role role(@Nullable WireRole wanted) {
    return switch (wanted) {
      case null -> null;
      case ADMIN -> Role.ADMIN;
      case USER -> Role.STANDARD;
    };
  }

  @ExceptionHandler(EmailTakenException.class)
  ResponseEntity<Detail> emailTaken() {
    return Detail.of("UPDATE_USER_EMAIL_ALREADY_EXISTS");
  }

  @ExceptionHandler(WeakPasswordException.class)
  ResponseEntity<Detail> weakPassword(WeakPasswordException why) {
    return Detail.of("UPDATE_USER_INVALID_PASSWORD", why);
  }
}
