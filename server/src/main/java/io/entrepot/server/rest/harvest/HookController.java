// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.server.harvest.Builtin;
import io.entrepot.server.harvest.HookDraft;
import io.entrepot.server.harvest.Hooks;
import io.entrepot.server.identity.Actor;
import java.util.List;
import java.util.Map;
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

/** {@code /api/hooks}. */
@RestController
@RequestMapping("/api/hooks")
class HookController {

  private static final int DESCRIPTION_LIMIT = 10_000;
  private static final int LOWEST_PRIORITY = 1_000_000;

  private final Hooks hooks;

  HookController(Hooks hooks) {
    this.hooks = hooks;
  }

  /** A built-in hook and the shape of its settings. */
  record BuiltinWire(
      String name,
      @JsonProperty("display_name") String displayName,
      String description,
      String trigger,
      @JsonProperty("config_schema") Map<String, Object> configSchema) {

    static BuiltinWire of(Builtin builtin) {
      return new BuiltinWire(
          builtin.word(),
          builtin.displayName(),
          builtin.description(),
          builtin.point() == HookDraft.Point.PRE_TRANSFER ? "pre" : "post",
          builtin.schema());
    }
  }

  @GetMapping("/builtins")
  List<BuiltinWire> builtins() {
    return List.of(Builtin.values()).stream().map(BuiltinWire::of).toList();
  }

  @GetMapping
  ListEnvelope<HookWire> list(@RequestParam MultiValueMap<String, String> query) {
    ListRequest request = ListRequest.of(query);
    return ListEnvelope.of(hooks.list(request.slice()), request.paging(), HookWire::of);
  }

  @GetMapping("/{id}")
  HookWire get(@PathVariable String id) {
    return HookWire.of(hooks.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  HookWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    JsonBody body = JsonBody.parse(bytes);
    HookDraft draft =
        new HookDraft(
            body.requiredText("name", 255),
            body.text("description", DESCRIPTION_LIMIT),
            body.requiredChoice("trigger", HookDraft.Point.class),
            new HookDraft.Action(
                body.requiredChoice("implementation", HookDraft.Implementation.class),
                body.text("builtin_name", 255),
                body.text("script_path", 1024),
                body.text("webhook_url", 2048)),
            body.object("config"),
            body.id("instrument_id", "Instrument"),
            priority(body, 0),
            body.flag("enabled", true));
    body.check();
    return HookWire.of(hooks.create(actor, draft));
  }

  @PatchMapping("/{id}")
  HookWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    JsonBody body = JsonBody.parse(bytes);
    HookDraft old = hooks.live(which).settings();
    HookDraft.Action action = old.action();
    HookDraft draft =
        new HookDraft(
            body.has("name") ? body.requiredText("name", 255) : old.name(),
            body.has("description")
                ? body.text("description", DESCRIPTION_LIMIT)
                : old.description(),
            body.choice("trigger", HookDraft.Point.class, old.point()),
            new HookDraft.Action(
                body.choice(
                    "implementation", HookDraft.Implementation.class, action.implementation()),
                body.has("builtin_name") ? body.text("builtin_name", 255) : action.builtinName(),
                body.has("script_path") ? body.text("script_path", 1024) : action.scriptPath(),
                body.has("webhook_url") ? body.text("webhook_url", 2048) : action.webhookUrl()),
            body.has("config") ? body.object("config") : old.config(),
            body.has("instrument_id") ? body.id("instrument_id", "Instrument") : old.instrument(),
            priority(body, old.priority()),
            body.flag("enabled", old.enabled()));
    body.check();
    return HookWire.of(hooks.update(actor, which, draft));
  }

  private static int priority(JsonBody body, int absent) {
    return (int) body.number("priority", absent, -LOWEST_PRIORITY, LOWEST_PRIORITY);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    hooks.delete(actor, idOf(id));
  }

  @PostMapping("/{id}/restore")
  HookWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return HookWire.of(hooks.restore(actor, idOf(id)));
  }

  private static Id idOf(String text) {
    return WireIds.inPath("hook_id", text, "Hook");
  }
}
