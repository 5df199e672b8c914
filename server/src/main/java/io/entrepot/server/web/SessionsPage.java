// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.database.Slice;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.OpenLogin;
import io.entrepot.server.identity.SignedIn;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where one is signed in, and for administrators where everybody is. */
@Controller
@RequestMapping("/ui/sessions")
final class SessionsPage {

  private static final String ADDRESS = "/ui/sessions";

  private final Logins logins;
  private final Words words;

  SessionsPage(Logins logins, Words words) {
    this.logins = logins;
    this.words = words;
  }

  /**
   * A place where somebody is signed in.
   *
   * @param agent all that the client said of itself
   * @param how with what one stays signed in there
   * @param here whether it is where one looks from
   */
  record Row(
      String id,
      String device,
      String agent,
      String email,
      String address,
      String how,
      Moment since,
      Moment until,
      boolean here) {}

  @GetMapping
  String list(
      @RequestParam(name = "everybody", defaultValue = "false") boolean everybody,
      SignedInToken who,
      Model model) {
    List<Row> rows =
        logins.list(who.getPrincipal(), everybody, Slice.ALL).items().stream()
            .map(open -> row(open, who.signedIn()))
            .sorted(Comparator.comparing(Row::here).reversed())
            .toList();
    model.addAttribute("rows", rows);
    model.addAttribute("everybody", everybody);
    model.addAttribute("others", rows.stream().anyMatch(row -> !row.here()));
    model.addAttribute("call", "GET /api/auth/sessions" + (everybody ? "?all=true" : ""));
    return "sessions";
  }

  private Row row(OpenLogin open, SignedIn asker) {
    Login login = open.login();
    return new Row(
        PageIds.text(login.id()),
        Device.words(open.origin().device()),
        open.origin().device(),
        open.email(),
        open.origin().address(),
        how(login.kind()),
        words.moment(login.createdAt()),
        words.moment(login.expiresAt()),
        login.id().equals(asker.login()));
  }

  private static String how(LoginKind kind) {
    return switch (kind) {
      case JWT -> "a token";
      case COOKIE -> "a cookie";
      case REMEMBER -> "a cookie that is remembered";
      case SESSION_KEY -> "a session key";
      case LOCAL -> "programs on the server itself";
    };
  }

  /** Whoever ends the one they look from has to sign in again. */
  @PostMapping("/{id}/end")
  String end(
      @PathVariable String id,
      @RequestParam(name = "everybody", defaultValue = "false") boolean everybody,
      SignedInToken who) {
    Id login = PageIds.of(id, "Session");
    logins.revoke(who.getPrincipal(), login);
    return Done.ENDED.at(ADDRESS + (everybody ? "?everybody=true" : ""));
  }

  @PostMapping("/end-others")
  String endOthers(SignedInToken who) {
    logins.revokeOthers(who.signedIn());
    return Done.OTHERS_ENDED.at(ADDRESS);
  }
}
