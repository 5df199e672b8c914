// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.RetryLaterException;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SessionCookie;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.OpenIdAccounts;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.openid.OpenId;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/** To an OpenID provider and back, and out again. */
@Controller
@RequestMapping(OpenIdPage.ADDRESS)
final class OpenIdPage {

  static final String ADDRESS = "/ui/login/openid";

  private static final Logger LOG = LoggerFactory.getLogger(OpenIdPage.class);

  /** Holds the secret of the try, and where to go when it has succeeded. */
  private static final String COOKIE = "entrepot_openid";

  /** Time to look for a telephone and type a code. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /**
   * @param path where to go when the try has succeeded
   */
  private record Kept(String secret, String path) {
    @Override
    public String toString() {
      return "Kept[****]";
    }
  }

  private final OpenId openId;
  private final OpenIdAccounts people;
  private final Logins logins;
  private final SessionCookie cookie;
  private final Duration life;

  OpenIdPage(
      OpenId openId,
      OpenIdAccounts people,
      Logins logins,
      SessionCookie cookie,
      EntrepotSettings settings) {
    this.openId = openId;
    this.people = people;
    this.logins = logins;
    this.cookie = cookie;
    this.life = settings.login().sessionLife();
  }

  @GetMapping
  String go(
      @RequestParam(name = "next", defaultValue = "") String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    requireProvider();
    try {
      OpenId.Begun begun = openId.begin();
      String kept = begun.secret() + "." + text(LocalPath.of(next));
      response.addHeader(
          HttpHeaders.SET_COOKIE, cookie.cookie(COOKIE, ADDRESS, request, kept, PATIENCE));
      return "redirect:" + begun.target();
    } catch (EntrepotException e) {
      return refused(e, response, model);
    }
  }

  @GetMapping("/return")
  String comeBack(
      @RequestParam MultiValueMap<String, String> answer,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    requireProvider();
    Optional<Kept> kept = kept(request);
    response.addHeader(
        HttpHeaders.SET_COOKIE, cookie.cookie(COOKIE, ADDRESS, request, "", Duration.ZERO));
    Origin origin = RequestOrigin.of(request);
    try {
      // Nothing may stand in for a secret: what everybody knows, a stranger can begin with.
      Kept begun = kept.orElseThrow(OpenId::begunElsewhere);
      Account account =
          people.attempt(origin, () -> people.admit(openId.finish(begun.secret(), answer), origin));
      Login.Opened opened = logins.openByOpenId(account, LoginKind.COOKIE, life, origin);
      response.addHeader(HttpHeaders.SET_COOKIE, cookie.of(request, opened.token(), life));
      return "redirect:" + LocalPath.of(begun.path());
    } catch (EntrepotException e) {
      return refused(e, response, model);
    }
  }

  /** From here to where one can sign out at the provider too, if it has such a page. */
  @GetMapping("/leave")
  String leave(HttpServletResponse response, Model model) {
    requireProvider();
    try {
      return "redirect:" + openId.leave().map(URI::toString).orElse("/ui/login");
    } catch (EntrepotException e) {
      return refused(e, response, model);
    }
  }

  private void requireProvider() {
    if (!openId.isOn()) {
      throw new NotFoundException("An OpenID provider");
    }
  }

  /** What this browser kept of the try that it began; empty when it began none. */
  private static Optional<Kept> kept(HttpServletRequest request) {
    String value =
        Optional.ofNullable(WebUtils.getCookie(request, COOKIE)).map(Cookie::getValue).orElse("");
    String[] parts = value.split("\\.", 2);
    if (parts.length < 2 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Kept(parts[0], new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)));
    } catch (IllegalArgumentException _) {
      return Optional.of(new Kept(parts[0], ""));
    }
  }

  private static String text(String path) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(UTF_8));
  }

  private String refused(EntrepotException why, HttpServletResponse response, Model model) {
    HttpStatus status =
        switch (why.code()) {
          case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
          case FORBIDDEN -> HttpStatus.FORBIDDEN;
          case CONFLICT_STATE -> HttpStatus.CONFLICT;
          case TOO_MANY_REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
          case ISSUER_FAILED -> HttpStatus.BAD_GATEWAY;
          default -> throw why;
        };
    if (why.code() == ErrorCode.ISSUER_FAILED && why.getCause() != null) {
      LOG.warn("signing in with {} failed: {}", openId.name(), why.getCause().getMessage());
    }
    if (why instanceof RetryLaterException later) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(later.seconds()));
    }
    response.setStatus(status.value());
    model.addAttribute("provider", openId.name());
    model.addAttribute("problem", String.valueOf(why.getMessage()));
    return "openid";
  }
}
