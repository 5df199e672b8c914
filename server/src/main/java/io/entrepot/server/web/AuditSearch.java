// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What is asked of the audit page. Each is empty where it does not matter, and where what was asked
 * for cannot be.
 *
 * @param who an e-mail address
 * @param thing the kind of thing it was done to
 * @param since the first day, in UTC
 * @param until the last day
 * @param page from 0
 */
record AuditSearch(String who, String action, String thing, String since, String until, int page) {

  static final String ADDRESS = "/ui/audit";

  private static final String API = "/api/audit";

  static AuditSearch of(MultiValueMap<String, String> sent) {
    String action = text(sent, "action");
    String thing = text(sent, "thing");
    String page = text(sent, "page");
    return new AuditSearch(
        text(sent, "who"),
        AuditTrail.ACTIONS.contains(action) ? action : "",
        thing.matches("[a-z_]{1,40}") ? thing : "",
        day(text(sent, "since")),
        day(text(sent, "until")),
        page.matches("\\d{1,6}") ? Integer.parseInt(page) : 0);
  }

  private static String text(MultiValueMap<String, String> sent, String name) {
    return Objects.requireNonNullElse(sent.getFirst(name), "").strip();
  }

  private static String day(String text) {
    try {
      return text.length() > 10 ? "" : LocalDate.parse(text).toString();
    } catch (DateTimeException noDay) {
      return "";
    }
  }

  boolean isAll() {
    return keys("who", "thing").isEmpty();
  }

  /**
   * @param actor whose address {@link #who} is; null where it is empty
   */
  AuditFilter filter(@Nullable Id actor) {
    return new AuditFilter(
        AuditFilter.Thing.ofType(orNull(thing)),
        orNull(action),
        actor,
        start(since, 0),
        start(until, 1));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Instant start(String day, int later) {
    return day.isEmpty()
        ? null
        : LocalDate.parse(day).plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The page that shows another part of the same. */
  String address(int other) {
    Map<String, String> keys = keys("who", "thing");
    if (other > 0) {
      keys.put("page", String.valueOf(other));
    }
    return url(ADDRESS, keys);
  }

  /** Where all of it can be had as a file. */
  String export(String format) {
    Map<String, String> keys = keys("actor", "entity_type");
    keys.put("format", format);
    return url(API + "/export", keys);
  }

  String call(int limit) {
    Map<String, String> keys = keys("actor", "entity_type");
    keys.put("limit", String.valueOf(limit));
    return url(API, keys);
  }

  private Map<String, String> keys(String whoKey, String thingKey) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put(whoKey, who);
    keys.put("action", action);
    keys.put(thingKey, thing);
    keys.put("since", since);
    keys.put("until", until);
    keys.values().removeIf(String::isEmpty);
    return keys;
  }

  private static String url(String path, Map<String, String> keys) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
    keys.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(keys).toUriString();
  }
}
