// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.AccountSecret;
import io.entrepot.server.places.AuthType;
import io.entrepot.server.places.ServiceAccountDraft;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.Sent;
import io.entrepot.server.settings.EntrepotSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/service-accounts}. */
@RestController
@RequestMapping("/api/service-accounts")
class ServiceAccountController {

  private static final String THING = "Service account";
  private static final int SECRET_LIMIT = 65_536;

  private final ServiceAccounts accounts;
  private final Instruments instruments;
  private final EntrepotSettings settings;

  ServiceAccountController(
      ServiceAccounts accounts, Instruments instruments, EntrepotSettings settings) {
    this.accounts = accounts;
    this.instruments = instruments;
    this.settings = settings;
  }

  @GetMapping
  List<ServiceAccountWire> list(@RequestParam MultiValueMap<String, String> parameters) {
    QueryFields query = Wording.query(parameters);
    boolean withDeleted = query.flag("include_deleted", false);
    query.check();
    return accounts.list(withDeleted).stream().map(ServiceAccountWire::of).toList();
  }

  @GetMapping("/{id}")
  ServiceAccountWire get(@PathVariable String id) {
    return ServiceAccountWire.of(accounts.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ServiceAccountWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    AuthType authType = body.choice("auth_type", AuthType.class, AuthType.PASSWORD);
    String password =
        authType == AuthType.PASSWORD
            ? body.requiredSecret("password", SECRET_LIMIT)
            : body.secret("password", SECRET_LIMIT);
    AccountSecret secret =
        new AccountSecret(
            password,
            body.secret("private_key", SECRET_LIMIT),
            body.secret("passphrase", SECRET_LIMIT),
            body.text("host_key", SECRET_LIMIT));
    ServiceAccountDraft draft =
        new ServiceAccountDraft(
            body.requiredText("name", 255),
            body.requiredText("username", 255),
            body.text("domain", 255),
            authType,
            _ -> secret);
    body.check();
    return ServiceAccountWire.of(accounts.create(actor, draft));
  }

  @PatchMapping("/{id}")
  ServiceAccountWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    Sent<String> name = body.sent("name", field -> body.requiredText(field, 255));
    Sent<String> username = body.sent("username", field -> body.requiredText(field, 255));
    Sent<@Nullable String> domain = body.sent("domain", field -> body.text(field, 255));
    Sent<AuthType> type =
        body.sent("auth_type", field -> body.requiredChoice(field, AuthType.class));
    UnaryOperator<AccountSecret> secret = sentSecret(body);
    body.check();
    return ServiceAccountWire.of(
        accounts.update(
            actor,
            which,
            old ->
                new ServiceAccountDraft(
                    name.over(old.name()),
                    username.over(old.username()),
                    domain.over(old.domain()),
                    type.over(old.authType()),
                    secret)));
  }

  /**
   * A part that was left out keeps what is stored; one that is null is cleared, but for the
   * password, which must be text.
   */
  private static UnaryOperator<AccountSecret> sentSecret(BodyFields body) {
    Sent<@Nullable String> password =
        body.sent("password", field -> body.requiredSecret(field, SECRET_LIMIT));
    Sent<@Nullable String> privateKey =
        body.sent("private_key", field -> body.secret(field, SECRET_LIMIT));
    Sent<@Nullable String> passphrase =
        body.sent("passphrase", field -> body.secret(field, SECRET_LIMIT));
    Sent<@Nullable String> hostKey = body.sent("host_key", field -> body.text(field, SECRET_LIMIT));
    return old ->
        new AccountSecret(
            password.over(old.password()),
            privateKey.over(old.privateKey()),
            passphrase.over(old.passphrase()),
            hostKey.over(old.hostKey()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    accounts.delete(actor, idOf(id), instruments::namesUsingAccount);
  }

  @PostMapping("/{id}/restore")
  ServiceAccountWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return ServiceAccountWire.of(accounts.restore(actor, PathIds.deleted("account_id", id, THING)));
  }

  /** Passwords leave the server for nobody, unless it is set otherwise. */
  @GetMapping("/{id}/password")
  Password password(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    if (!settings.harvest().showPasswords()) {
      accounts.live(idOf(id));
      throw new EntrepotException(
          ErrorCode.FORBIDDEN, "Passwords are not shown. Set a new one if this one is lost.");
    }
    return new Password(accounts.reveal(actor, idOf(id)));
  }

  /**
   * @param password null where the account has none
   */
  record Password(@Nullable String password) {}

  private static Id idOf(String text) {
    return PathIds.inPath("account_id", text, THING);
  }
}
