// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.hooks.Builtin;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.harvest.hooks.HookDraft;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The hooks: what is asked about each file on its way in. */
@Controller
@RequestMapping("/ui/hooks")
final class HooksPage {

  private final Hooks hooks;
  private final Instruments instruments;
  private final Deletions deletions;

  HooksPage(Hooks hooks, Instruments instruments, Deletions deletions) {
    this.hooks = hooks;
    this.instruments = instruments;
    this.deletions = deletions;
  }

  /** A hook in the list. */
  record Row(
      String id, String name, String what, String point, String of, int priority, Badge badge) {}

  /** What a built-in hook does and how its settings look. */
  record Guide(String word, String name, String description, String example, String schema) {}

  @GetMapping
  String list(@RequestParam(name = "deleted", defaultValue = "") String deleted, Model model) {
    model.addAttribute("rows", hooks.list(Slice.ALL).items().stream().map(this::row).toList());
    deletions.shelve(model, Room.HOOKS, deleted);
    return "hooks";
  }

  private Row row(Hook hook) {
    HookDraft draft = hook.settings();
    return new Row(
        PageIds.text(hook.id()),
        draft.name(),
        switch (draft.action().implementation()) {
          case BUILTIN ->
              Builtin.ofWord(draft.action().builtinName())
                  .map(Builtin::displayName)
                  .orElse("Unknown");
          case HTTP_WEBHOOK -> "A web address";
          case PYTHON_SCRIPT -> "A Python script";
        },
        switch (draft.point()) {
          case PRE_TRANSFER -> "before it is copied";
          case POST_TRANSFER -> "after it was copied";
        },
        instrument(draft.instrument()),
        draft.priority(),
        Badge.switched(draft.enabled()));
  }

  private String instrument(@Nullable Id id) {
    try {
      return id == null ? "All instruments" : instruments.any(id).name();
    } catch (NotFoundException _) {
      return "an instrument that is gone";
    }
  }

  @GetMapping("/new")
  String fresh(Model model) {
    return form(model, null, HookForm.fresh());
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      Hook made = hooks.create(actor, HookForm.draft(form));
      return Done.ADDED.at("/ui/hooks/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      return refused(model, null, form, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    Hook hook = hooks.live(PageIds.of(id, "Hook"));
    model.addAttribute("row", row(hook));
    return form(model, hook.id(), HookForm.of(hook.settings()));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Id which = hooks.live(PageIds.of(id, "Hook")).id();
    Form form = Form.sent(parameters);
    try {
      hooks.update(
          actor,
          which,
          stored -> {
            form.mustHaveShown(HookForm.of(stored));
            return HookForm.draft(form);
          });
      return Done.SAVED.at("/ui/hooks/" + PageIds.text(which));
    } catch (EntrepotException e) {
      return refused(model, which, form, e, response);
    }
  }

  private String refused(
      Model model,
      @Nullable Id id,
      Form form,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, id, form.refused(why, HookForm.FIELDS));
  }

  private String form(Model model, @Nullable Id id, Form form) {
    List<Form.Option> choices = new ArrayList<>();
    choices.add(new Form.Option("", "All instruments"));
    instruments
        .list(Slice.ALL)
        .items()
        .forEach(one -> choices.add(new Form.Option(PageIds.text(one.id()), one.name())));
    model.addAttribute("id", id == null ? null : PageIds.text(id));
    model.addAttribute("form", form);
    model.addAttribute("kinds", HookForm.kinds());
    model.addAttribute("points", HookForm.POINTS);
    model.addAttribute("instruments", form.choices("instrument_id", choices, this::goneInstrument));
    model.addAttribute(
        "guides",
        List.of(Builtin.values()).stream()
            .map(
                one ->
                    new Guide(
                        one.word(),
                        one.displayName(),
                        one.description(),
                        HookForm.example(one),
                        HookForm.schema(one)))
            .toList());
    model.addAttribute("call", call(id, form));
    return "hook";
  }

  /** A hook goes on pointing to the instrument that it was made for. */
  private String goneInstrument(String id) {
    Id which = PageIds.orNull(id);
    return which == null ? id : instrument(which) + " (deleted)";
  }

  private static String call(@Nullable Id id, Form form) {
    try {
      return ApiCall.hook(id, HookForm.draft(form.filled("name", "…")));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinished("hooks", id);
    }
  }
}
