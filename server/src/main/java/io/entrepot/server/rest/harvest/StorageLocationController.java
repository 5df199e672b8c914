// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocationDraft;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.places.StorageType;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.Sent;
import io.entrepot.storage.StoreException;
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

/** {@code /api/storage-locations}. */
@RestController
@RequestMapping("/api/storage-locations")
class StorageLocationController {

  private static final String THING = "Storage location";

  private final StorageLocations locations;
  private final Connectors connectors;

  StorageLocationController(StorageLocations locations, Connectors connectors) {
    this.locations = locations;
    this.connectors = connectors;
  }

  @GetMapping
  ListEnvelope<StorageLocationWire> list(@RequestParam MultiValueMap<String, String> query) {
    ListRequest request = ListRequest.of(query);
    return ListEnvelope.of(
        locations.list(request.slice()), request.paging(), StorageLocationWire::of);
  }

  @GetMapping("/{id}")
  StorageLocationWire get(@PathVariable String id) {
    return StorageLocationWire.of(locations.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  StorageLocationWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    StorageLocationDraft draft =
        new StorageLocationDraft(
            body.requiredText("name", 255),
            body.requiredChoice("type", StorageType.class),
            body.requiredText("base_path", 1024),
            body.object("connection_config"),
            body.flag("enabled", true));
    body.check();
    return StorageLocationWire.of(body.judged(() -> locations.create(actor, draft)));
  }

  @PatchMapping("/{id}")
  StorageLocationWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    Sent<String> name = body.sent("name", field -> body.requiredText(field, 255));
    Sent<StorageType> type =
        body.sent("type", field -> body.requiredChoice(field, StorageType.class));
    Sent<String> path = body.sent("base_path", field -> body.requiredText(field, 1024));
    Map<String, @Nullable Object> config = body.object("connection_config");
    Sent<Boolean> enabled = body.sent("enabled", field -> body.flag(field, true));
    body.check();
    return StorageLocationWire.of(
        body.judged(
            () ->
                locations.update(
                    actor,
                    which,
                    old ->
                        new StorageLocationDraft(
                            name.over(old.name()),
                            type.over(old.type()),
                            path.over(old.basePath()),
                            config,
                            enabled.over(old.enabled())))));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    locations.delete(actor, idOf(id));
  }

  @PostMapping("/{id}/restore")
  StorageLocationWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return StorageLocationWire.of(
        locations.restore(actor, PathIds.deleted("location_id", id, THING)));
  }

  /** What a connection test answers when all is well. */
  record Tested(String status, String type, String name) {}

  /**
   * Whether files can be kept there. Whatever stands in the way is a fault of the place, not of the
   * request.
   */
  @GetMapping("/{id}/test")
  Tested test(@PathVariable String id) {
    StorageLocation location = locations.live(idOf(id));
    if (!location.enabled()) {
      throw new EntrepotException(
          ErrorCode.DISABLED, "This storage location is disabled. Enable it first.");
    }
    try {
      connectors.check(location);
    } catch (EntrepotException e) {
      if (e.code().category() == ErrorCategory.INTERNAL) {
        throw e;
      }
      throw new StoreException(ErrorCode.STORE_UNREACHABLE, reason(location, e), e);
    }
    return new Tested("ok", location.type().word(), location.name());
  }

  private static String reason(StorageLocation location, EntrepotException why) {
    String message = String.valueOf(why.getMessage());
    return why instanceof InvalidFieldsException ? location.basePath() + ": " + message : message;
  }

  private static Id idOf(String text) {
    return PathIds.inPath("location_id", text, THING);
  }
}
