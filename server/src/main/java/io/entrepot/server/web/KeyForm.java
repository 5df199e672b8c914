// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.CidrBlock;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.ApiKey.Scope;
import io.entrepot.server.identity.Door;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an API key is to be good for, as a form, and in words. */
final class KeyForm {

  static final String[] FIELDS = {"name", "scope", "days", "networks"};

  /** Those that something answers behind. */
  static final List<Door> DOORS = List.of(Door.HARVEST, Door.BACKUP, Door.SYNC);

  static final List<Form.Option> DAYS =
      List.of(
          new Form.Option("30", "30 days"),
          new Form.Option("90", "90 days"),
          new Form.Option("365", "A year"),
          new Form.Option("0", "Until it is revoked"));

  private KeyForm() {}

  static Form fresh() {
    return Form.of(Map.of("scope", Scope.READ.word(), "days", "90"));
  }

  /** An administrator's scope is offered to administrators only. */
  static List<Form.Option> scopes(Actor owner) {
    List<Form.Option> all = new ArrayList<>();
    all.add(new Form.Option(Scope.READ.word(), "Look"));
    all.add(new Form.Option(Scope.OPERATE.word(), "Look and change"));
    if (owner.isAdmin()) {
      all.add(new Form.Option(Scope.ADMIN.word(), "All but people and keys"));
    }
    return all;
  }

  /**
   * @throws InvalidFieldsException when something was not chosen
   */
  static ApiKey.Limits limits(Form form, Instant now) {
    Set<Door> doors = EnumSet.noneOf(Door.class);
    DOORS.stream().filter(door -> form.flag("door_" + door.word())).forEach(doors::add);
    return new ApiKey.Limits(scope(form), doors, end(form, now), networks(form));
  }

  private static List<CidrBlock> networks(Form form) {
    return texts(form).map(KeyForm::network).toList();
  }

  private static Stream<String> texts(Form form) {
    return Pattern.compile("[\\s,;]+")
        .splitAsStream(form.value("networks"))
        .filter(text -> !text.isEmpty());
  }

  private static CidrBlock network(String text) {
    return CidrBlock.of(text)
        .orElseThrow(
            () ->
                new InvalidFieldsException(
                    FieldProblem.of("networks", "network", text + ": " + CidrBlock.SHAPE, text)));
  }

  private static Scope scope(Form form) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope.word().equals(form.value("scope")))
        .findFirst()
        .orElseThrow(() -> notChosen("scope"));
  }

  private static @Nullable Instant end(Form form, Instant now) {
    String days = form.value("days");
    if (DAYS.stream().noneMatch(option -> option.value().equals(days))) {
      throw notChosen("days");
    }
    return days.equals("0") ? null : now.plus(Duration.ofDays(Long.parseLong(days)));
  }

  private static InvalidFieldsException notChosen(String field) {
    return new InvalidFieldsException(
        FieldProblem.of(field, "missing_choice", "Choose one.", null));
  }

  /** What a key is good for, in one line. */
  static String words(ApiKey.Limits limits) {
    String what =
        switch (limits.scope()) {
          case READ -> "may look";
          case OPERATE -> "may look and change";
          case ADMIN -> "may do all but people and keys";
        };
    List<String> doors = limits.doors().stream().map(KeyForm::name).toList();
    List<String> networks = limits.networks().stream().map(CidrBlock::text).toList();
    return what
        + (doors.isEmpty()
            ? ""
            : ", " + String.join(" and ", doors) + (doors.size() == 1 ? " API only" : " APIs only"))
        + (networks.isEmpty() ? "" : ", only from " + String.join(" and ", networks));
  }

  /** What it is for, in half a sentence. */
  static String about(Door door) {
    return switch (door) {
      case HARVEST -> "bringing files in and finding them";
      case BACKUP -> "archives and their repositories";
      case SYNC -> "keeping two places the same";
      case WORKSPACES -> "folders that people work in together";
      case SESSION -> "programs that work with sessions";
      case QUERY -> "asking questions about what is kept";
      case DAV -> "files as in a folder of one's own";
    };
  }

  static String name(Door door) {
    return switch (door) {
      case HARVEST -> "harvest";
      case BACKUP -> "backup";
      case SYNC -> "sync";
      case WORKSPACES -> "workspaces";
      case SESSION -> "session";
      case QUERY -> "query";
      case DAV -> "network drive";
    };
  }

  static String renaming(Id key, Form form) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", form.value("name").isBlank() ? "…" : form.value("name").strip());
    return ApiCall.call("keys", key, body);
  }

  static String call(Form form) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", form.value("name").isBlank() ? "…" : form.value("name").strip());
    body.put("scope", form.value("scope"));
    List<String> doors =
        DOORS.stream().map(Door::word).filter(door -> form.flag("door_" + door)).toList();
    body.put("doors", doors);
    List<String> networks = texts(form).toList();
    if (!networks.isEmpty()) {
      body.put("networks", networks);
    }
    if (!form.value("days").equals("0")) {
      body.put("expires_at", "…");
    }
    return ApiCall.call("keys", null, body);
  }
}
