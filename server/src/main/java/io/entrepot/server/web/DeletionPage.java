// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.identity.Actor;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Asks before something is deleted, deletes it, and brings it back. */
@Controller
@RequestMapping(
    "/ui/{room:instruments|storage|schedules|accounts|hooks|people|groups|projects}/{id}")
final class DeletionPage {

  private final Deletions deletions;

  DeletionPage(Deletions deletions) {
    this.deletions = deletions;
  }

  @GetMapping("/delete")
  String ask(@PathVariable String room, @PathVariable String id, Model model) {
    return question(model, room(room), id, "");
  }

  @PostMapping("/delete")
  String delete(
      @PathVariable String room,
      @PathVariable String id,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Room where = room(room);
    try {
      deletions.delete(where, actor, PageIds.of(id, thing(where)));
      return "redirect:" + where.address() + "?deleted=" + PageIds.text(PageIds.of(id, room));
    } catch (NotFoundException e) {
      throw e;
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.CONFLICT.value());
      return question(model, where, id, String.valueOf(e.getMessage()));
    }
  }

  @PostMapping("/restore")
  String restore(
      @PathVariable String room, @PathVariable String id, @AuthenticationPrincipal Actor actor) {
    Room where = room(room);
    deletions.restore(where, actor, PageIds.of(id, thing(where)));
    return "redirect:" + where.address() + "/" + id;
  }

  private String question(Model model, Room room, String id, String refusal) {
    String name = deletions.name(room, PageIds.of(id, thing(room)));
    model.addAttribute("here", room.word());
    model.addAttribute("name", name);
    model.addAttribute("thing", room.thing());
    model.addAttribute("consequence", room.consequence());
    model.addAttribute("refusal", refusal);
    model.addAttribute("address", room.address() + "/" + id);
    model.addAttribute("list", room.address());
    model.addAttribute("collection", room.title());
    model.addAttribute("call", "DELETE /api/" + room.collection() + "/" + id);
    return "delete";
  }

  private static String thing(Room room) {
    return Words.sentence(room.thing());
  }

  private static Room room(String word) {
    return Room.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
