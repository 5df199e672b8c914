// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.NotFoundException;
import io.entrepot.server.catalog.Ark;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.FileVersion;
import io.entrepot.server.identity.Actor;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers an ARK with the record of the file, or of the version, that it names. */
@RestController
class ArkController {

  private final Ark ark;
  private final Catalog catalog;

  ArkController(Ark ark, Catalog catalog) {
    this.ark = ark;
    this.catalog = catalog;
  }

  @GetMapping({"/ark:/{naan}/{name}", "/ark:{naan}/{name}"})
  Object resolve(
      @PathVariable String naan, @PathVariable String name, @AuthenticationPrincipal Actor actor) {
    Ark.Resolved found =
        ark.resolve(naan + "/" + name).orElseThrow(() -> new NotFoundException("File"));
    if (found.version() == 0) {
      return FileWire.of(catalog.file(actor, found.file()));
    }
    return catalog.versions(actor, found.file()).stream()
        .filter(version -> version.version() == found.version())
        .findFirst()
        .map((FileVersion version) -> VersionWire.of(version))
        .orElseThrow(() -> new NotFoundException("File"));
  }
}
