// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.identity.Actor;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The start page: is everything well, and what needs somebody. */
@Controller
final class HomePage {

  private final HomeViews views;

  HomePage(HomeViews views) {
    this.views = views;
  }

  @GetMapping("/")
  String door() {
    return "redirect:/ui/";
  }

  @GetMapping({"/ui", "/ui/"})
  String show(@AuthenticationPrincipal Actor actor, Model model) {
    model.addAttribute("home", views.of(actor));
    return "home";
  }
}
