// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The storage locations: where files are kept. */
@Controller
@RequestMapping("/ui/storage")
final class StoragePage {

  private final StorageLocations locations;
  private final Connectors connectors;
  private final Deletions deletions;

  StoragePage(StorageLocations locations, Connectors connectors, Deletions deletions) {
    this.locations = locations;
    this.connectors = connectors;
    this.deletions = deletions;
  }

  /** A storage location in the list. */
  record Row(String id, String name, String type, String path, Badge badge) {}

  @GetMapping
  String list(@RequestParam(name = "deleted", defaultValue = "") String deleted, Model model) {
    deletions.shelve(model, Room.STORAGE, deleted);
    model.addAttribute(
        "rows", locations.list(Slice.ALL).items().stream().map(StoragePage::row).toList());
    return "storage";
  }

  private static Row row(StorageLocation location) {
    return new Row(
        PageIds.text(location.id()),
        location.name(),
        switch (location.type()) {
          case POSIX -> "A folder of this machine";
          case NFS -> "NFS, mounted here";
          case S3 -> "S3";
          case CIFS -> "Windows share";
        },
        location.basePath(),
        Badge.switched(location.enabled()));
  }

  @GetMapping("/new")
  String fresh(Model model) {
    return form(model, null, StorageForm.fresh());
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      StorageLocation made = locations.create(actor, StorageForm.draft(form));
      return Done.ADDED.at("/ui/storage/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      return refused(model, null, form, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    StorageLocation location = live(id);
    return form(model, location.id(), StorageForm.of(location));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    StorageLocation old = live(id);
    Id which = old.id();
    Form form = Form.sent(parameters);
    try {
      form.mustHaveShown(StorageForm.of(old));
      locations.update(actor, which, _ -> StorageForm.draft(form));
      return Done.SAVED.at("/ui/storage/" + PageIds.text(which));
    } catch (EntrepotException e) {
      return refused(model, which, form, e, response);
    }
  }

  /** Writes a small file there, reads it back and removes it. */
  @PostMapping("/{id}/test")
  String test(
      @PathVariable String id,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      Model model) {
    StorageLocation location = live(id);
    model.addAttribute("checked", check(location));
    return htmx == null
        ? form(model, location.id(), StorageForm.of(location))
        : "parts :: steps(checked=${checked})";
  }

  private Checked check(StorageLocation location) {
    String step = "List, write, read back, remove";
    try {
      connectors.check(location);
      return Checked.single(step, true, "What was read back is what was written.");
    } catch (EntrepotException e) {
      return Checked.single(step, false, String.valueOf(e.getMessage()));
    }
  }

  private StorageLocation live(String id) {
    return locations.live(PageIds.of(id, "Storage location"));
  }

  private static String refused(
      Model model,
      @Nullable Id id,
      Form form,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, id, form.refused(why, StorageForm.FIELDS));
  }

  private static String form(Model model, @Nullable Id id, Form form) {
    model.addAttribute("id", id == null ? null : PageIds.text(id));
    model.addAttribute("form", form);
    model.addAttribute("types", form.choices("type", StorageForm.TYPES));
    model.addAttribute("call", call(id, form));
    return "storage-location";
  }

  private static String call(@Nullable Id id, Form form) {
    try {
      Form whole = form.filled("name", "…").filled("base_path", "…");
      return ApiCall.storage(id, StorageForm.draft(whole));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinished("storage-locations", id);
    }
  }
}
