// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.identity.AccountRecovery;
import io.entrepot.server.identity.BadTokenException;
import io.entrepot.server.identity.WeakPasswordException;
import io.entrepot.server.rest.fields.BodyFields;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Getting back in, and proving an address. */
@RestController
class RecoveryController {

  private static final int TOKEN_LIMIT = 4096;

  private final AccountRecovery recovery;

  RecoveryController(AccountRecovery recovery) {
    this.recovery = recovery;
  }

  @PostMapping("/auth/forgot-password")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void forgot(@RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
    recovery.forgot(email(bytes), RequestOrigin.of(request));
  }

  @PostMapping("/auth/request-verify-token")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void requestVerification(
      @RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
    recovery.requestVerification(email(bytes), RequestOrigin.of(request));
  }

  @PostMapping("/auth/reset-password")
  ResponseEntity<?> reset(
      @RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
    BodyFields body = Wording.body(bytes);
    String token = body.requiredSecret("token", TOKEN_LIMIT);
    String password = body.requiredSecret("password", RegisterController.PASSWORD_LIMIT);
    body.check();
    try {
      recovery.reset(token, password, RequestOrigin.of(request));
      return ResponseEntity.ok().build();
    } catch (BadTokenException _) {
      return Detail.of("RESET_PASSWORD_BAD_TOKEN");
    }
  }

  @PostMapping("/auth/verify")
  ResponseEntity<?> verify(
      @RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
    BodyFields body = Wording.body(bytes);
    String token = body.requiredSecret("token", TOKEN_LIMIT);
    body.check();
    try {
      return ResponseEntity.ok(UserWire.of(recovery.verify(token, RequestOrigin.of(request))));
    } catch (BadTokenException _) {
      return Detail.of("VERIFY_USER_BAD_TOKEN");
    } catch (EntrepotException e) {
      if (e.code() == ErrorCode.CONFLICT_STATE) {
        return Detail.of("VERIFY_USER_ALREADY_VERIFIED");
      }
      throw e;
    }
  }

  @ExceptionHandler(WeakPasswordException.class)
  ResponseEntity<Detail> weakPassword(WeakPasswordException why) {
    return Detail.of("RESET_PASSWORD_INVALID_PASSWORD", why);
  }

  private static String email(byte @Nullable [] bytes) {
    BodyFields body = Wording.body(bytes);
    String email = body.requiredEmail("email");
    body.check();
    return email;
  }
}
