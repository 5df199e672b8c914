// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.Count;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.identity.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The catalogue: search, and the story of one file. The address holds the whole filter. */
@Controller
final class FilesPage {

  private static final int PAGE = 50;

  private final Catalog catalog;
  private final FileViews rows;
  private final FileStories stories;

  FilesPage(Catalog catalog, FileViews rows, FileStories stories) {
    this.catalog = catalog;
    this.rows = rows;
    this.stories = stories;
  }

  /**
   * One page of the list.
   *
   * @param total in words; counted no further than the catalogue does
   * @param older address of the page after this one; null on the last
   * @param newest address of the first page; null on the first
   * @param clear address without filters; null when there are none
   */
  record Found(
      List<FileRow> files,
      String total,
      @Nullable String instrument,
      @Nullable String older,
      @Nullable String newest,
      @Nullable String clear) {}

  @GetMapping("/ui/files")
  String list(
      @RequestParam(name = "q", defaultValue = "") String text,
      @RequestParam(name = "instrument", defaultValue = "") String instrument,
      @RequestParam(name = "after", defaultValue = "") String after,
      @AuthenticationPrincipal Actor actor,
      Model model) {
    Id of = PageIds.orNull(instrument);
    Id last = PageIds.orNull(after);
    FileQuery all = new FileQuery(of, text.isBlank() ? null : text.strip(), null);
    List<CatalogFile> files =
        catalog.files(actor, last == null ? all : all.after(last), 0, PAGE + 1);
    List<CatalogFile> shown = files.subList(0, Math.min(PAGE, files.size()));
    Id next = files.size() <= PAGE ? null : shown.getLast().id();
    String first = address(text, of, null);
    model.addAttribute("q", text);
    model.addAttribute("instrument", instrument);
    model.addAttribute(
        "found",
        new Found(
            rows.rows(shown),
            total(actor, all),
            of == null ? null : instrumentName(actor, of, shown),
            next == null ? null : address(text, of, next),
            last == null ? null : first,
            first.equals("/ui/files") ? null : "/ui/files"));
    return "files";
  }

  /** Its name is for those who see what it made; that there is such a one is not for others. */
  private String instrumentName(Actor actor, Id instrument, List<CatalogFile> shown) {
    return actor.isAdmin() || !shown.isEmpty()
        ? rows.instrumentName(instrument)
        : "this instrument";
  }

  /**
   * The list with these questions in its address.
   *
   * @param after the file after which to go on; null for the beginning
   */
  private static String address(String text, @Nullable Id instrument, @Nullable Id after) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath("/ui/files");
    if (!text.isBlank()) {
      address.queryParam("q", "{q}");
    }
    if (instrument != null) {
      address.queryParam("instrument", PageIds.text(instrument));
    }
    if (after != null) {
      address.queryParam("after", PageIds.text(after));
    }
    return address.build(text.strip()).toString();
  }

  private String total(Actor actor, FileQuery query) {
    Count count = catalog.count(actor, query);
    String files = Words.count(count.number(), "file");
    return count.exact() ? files : "More than " + files;
  }

  @GetMapping("/ui/files/{id}")
  String story(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    return page(id, "story", actor, model);
  }

  @GetMapping("/ui/files/{id}/versions")
  String versions(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    return page(id, "versions", actor, model);
  }

  private String page(String id, String tab, Actor actor, Model model) {
    model.addAttribute("file", stories.of(actor, PageIds.of(id, "File")));
    model.addAttribute("tab", tab);
    return "file";
  }
}
