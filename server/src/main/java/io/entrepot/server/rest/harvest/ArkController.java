// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.NotFoundException;
import io.entrepot.server.catalog.Ark;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileVersion;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers an ARK with the record of the file, or of the version, that it names. */
@RestController
class ArkController {

  private static final String SLASH = "/ark:/{naan}/{name}";
  private static final String NO_SLASH = "/ark:{naan}/{name}";

  private final Ark ark;
  private final Catalog catalog;
  private final Instruments instruments;

  ArkController(Ark ark, Catalog catalog, Instruments instruments) {
    this.ark = ark;
    this.catalog = catalog;
    this.instruments = instruments;
  }

  @GetMapping({SLASH, NO_SLASH})
  Object resolve(
      @PathVariable String naan, @PathVariable String name, @AuthenticationPrincipal Actor actor) {
    Ark.Resolved found = resolved(naan, name);
    return found.version() == 0
        ? FileWire.of(catalog.file(actor, found.file()))
        : VersionWire.of(version(actor, found));
  }

  /** With {@code ?info}: who, what, when and where, for people and machines that know ARKs. */
  @GetMapping(
      path = {SLASH, NO_SLASH},
      params = "info")
  ResponseEntity<String> info(
      @PathVariable String naan, @PathVariable String name, @AuthenticationPrincipal Actor actor) {
    Ark.Resolved found = resolved(naan, name);
    CatalogFile file = catalog.file(actor, found.file());
    boolean newest = found.version() == 0;
    int number = newest ? file.version() : found.version();
    ArkRecord about =
        ArkRecord.of(
            instruments.any(file.instrument()).name(),
            file.filename(),
            version(actor, new Ark.Resolved(file.id(), number)),
            file.persistentId() + (newest ? "" : ".v" + number));
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(about.text());
  }

  private Ark.Resolved resolved(String naan, String name) {
    return ark.resolve(naan + "/" + name).orElseThrow(() -> new NotFoundException("File"));
  }

  private FileVersion version(Actor actor, Ark.Resolved wanted) {
    return catalog.versions(actor, wanted.file()).stream()
        .filter(version -> version.version() == wanted.version())
        .findFirst()
        .orElseThrow(() -> new NotFoundException("File"));
  }
}
