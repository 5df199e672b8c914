// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.EmailTakenException;
import io.entrepot.server.identity.NewAccount;
import io.entrepot.server.identity.Registrar;
import io.entrepot.server.identity.Role;
import io.entrepot.server.identity.WeakPasswordException;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.harvest.UserWire.WireRole;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Making an account. */
@RestController
class RegisterController {

  static final int PASSWORD_LIMIT = 1024;

  private final Registrar registrar;

  RegisterController(Registrar registrar) {
    this.registrar = registrar;
  }

  @PostMapping("/auth/register")
  @ResponseStatus(HttpStatus.CREATED)
  UserWire register(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @Nullable SignedInToken who,
      HttpServletRequest request) {
    BodyFields body = Wording.body(bytes);
    String email = body.requiredEmail("email");
    String password = body.requiredSecret("password", PASSWORD_LIMIT);
    WireRole role = body.choice("role", WireRole.class, WireRole.USER);
    body.check();
    Role wanted = role == WireRole.ADMIN ? Role.ADMIN : Role.STANDARD;
    return UserWire.of(
        registrar.register(
            new NewAccount(email, password, wanted),
            who == null ? null : who.signedIn(),
            RequestOrigin.of(request)));
  }

  @ExceptionHandler(EmailTakenException.class)
  ResponseEntity<Detail> emailTaken() {
    return Detail.of("REGISTER_USER_ALREADY_EXISTS");
  }

  @ExceptionHandler(WeakPasswordException.class)
  ResponseEntity<Detail> weakPassword(WeakPasswordException why) {
    return Detail.of("REGISTER_INVALID_PASSWORD", why);
  }
}
