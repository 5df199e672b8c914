// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who has access to an instrument, and who may see one file. */
@Controller
final class AccessPage {

  private static final String INSTRUMENT = "/ui/instruments/{id}/access";
  private static final String FILE = "/ui/files/{id}/access";

  private final Instruments instruments;
  private final Catalog catalog;
  private final Grants grants;
  private final Grantees grantees;
  private final Words words;

  AccessPage(
      Instruments instruments, Catalog catalog, Grants grants, Grantees grantees, Words words) {
    this.instruments = instruments;
    this.catalog = catalog;
    this.grants = grants;
    this.grantees = grantees;
    this.words = words;
  }

  /** Somebody who was let in, and the address that shuts them out again. */
  record Row(String name, Moment since, String revoke) {}

  /**
   * What the page is about.
   *
   * @param everyone who may see it besides those in the list
   */
  record Thing(String here, String name, String up, String kind, String address, String everyone) {}

  @GetMapping(INSTRUMENT)
  String ofInstrument(@PathVariable String id, Model model) {
    return instrument(model, instrument(id), Form.of(Map.of()));
  }

  @PostMapping(INSTRUMENT)
  String allow(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Instrument instrument = instrument(id);
    Form form = Form.sent(parameters);
    try {
      Id account = grantees.find(GranteeType.USER, form.required("who"));
      grants.allowInstrument(actor, account, instrument.id());
      return Done.ADDED.at("/ui/instruments/" + id + "/access");
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return instrument(model, instrument, form.refused(e, "who"));
    }
  }

  @PostMapping(INSTRUMENT + "/{account}/revoke")
  String deny(
      @PathVariable String id, @PathVariable String account, @AuthenticationPrincipal Actor actor) {
    grants.denyInstrument(actor, PageIds.of(account, "User"), instrument(id).id());
    return Done.REMOVED.at("/ui/instruments/" + id + "/access");
  }

  private Instrument instrument(String id) {
    return instruments.live(PageIds.of(id, "Instrument"));
  }

  private String instrument(Model model, Instrument instrument, Form form) {
    String up = "/ui/instruments/" + PageIds.text(instrument.id());
    List<Row> rows =
        grants.ofInstrument(instrument.id()).stream()
            .map(
                one ->
                    new Row(
                        grantees.name(GranteeType.USER, one.account()),
                        words.moment(one.grantedAt()),
                        up + "/access/" + PageIds.text(one.account()) + "/revoke"))
            .toList();
    return page(
        model,
        new Thing(
            "instruments",
            instrument.name(),
            up,
            "instrument",
            up + "/access",
            grants.instrumentAccessShowsFiles()
                ? "Whoever is named here sees all its files. Administrators see everything."
                : "Whoever is named here sees that it is there and what it is called. Its files are"
                    + " for their owners and those they are granted to. Administrators see"
                    + " everything."),
        rows,
        form);
  }

  @GetMapping(FILE)
  String ofFile(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    return file(model, file(actor, id), Form.of(Map.of("kind", GranteeType.USER.word())));
  }

  @PostMapping(FILE)
  String grant(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    CatalogFile file = file(actor, id);
    Form form = Form.sent(parameters);
    GranteeType kind = GranteeType.ofWord(form.value("kind")).orElse(GranteeType.USER);
    try {
      grants.grant(actor, file.id(), kind, grantees.find(kind, form.required("who")));
      return Done.ADDED.at("/ui/files/" + id + "/access");
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return file(model, file, form.refused(e, "who"));
    }
  }

  @PostMapping(FILE + "/{grant}/revoke")
  String revoke(
      @PathVariable String id, @PathVariable String grant, @AuthenticationPrincipal Actor actor) {
    grants.revoke(actor, file(actor, id).id(), PageIds.of(grant, "Grant"));
    return Done.REMOVED.at("/ui/files/" + id + "/access");
  }

  private CatalogFile file(Actor actor, String id) {
    return catalog.file(actor, PageIds.of(id, "File"));
  }

  private String file(Model model, CatalogFile file, Form form) {
    String up = "/ui/files/" + PageIds.text(file.id());
    List<Row> rows =
        grants.ofFile(file.id()).stream()
            .map(
                one ->
                    new Row(
                        grantees.name(one.granteeType(), one.grantee()),
                        words.moment(one.grantedAt()),
                        up + "/access/" + PageIds.text(one.id()) + "/revoke"))
            .toList();
    model.addAttribute("kinds", Grantees.KINDS);
    return page(
        model,
        new Thing(
            "files",
            file.filename(),
            up,
            "file",
            up + "/access",
            grants.instrumentAccessShowsFiles()
                ? "Its owner, those who may see its instrument and administrators see it anyway."
                : "Its owner and administrators see it anyway."),
        rows,
        form);
  }

  private static String page(Model model, Thing thing, List<Row> rows, Form form) {
    model.addAttribute("thing", thing);
    model.addAttribute("rows", rows);
    model.addAttribute("form", form);
    return "access";
  }
}
