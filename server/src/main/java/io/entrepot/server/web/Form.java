// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.TextLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A form with what stands in its fields, and what is wrong with it: whoever gets it back finds the
 * entries where they were left.
 *
 * @param values what stands in the fields; secrets are left out
 * @param problems what is wrong, by the name of the field
 * @param general what is wrong with no field in particular; null for nothing
 */
record Form(Map<String, String> values, Map<String, String> problems, @Nullable String general) {

  private static final String SHOWN = "shown";

  Form {
    values = Map.copyOf(values);
    problems = Map.copyOf(problems);
  }

  static Form of(Map<String, String> values) {
    return new Form(values, Map.of(), null);
  }

  static Form sent(MultiValueMap<String, String> parameters) {
    Map<String, String> values = new HashMap<>();
    parameters.forEach((name, all) -> values.put(name, all.isEmpty() ? "" : all.getFirst()));
    values.remove("_csrf");
    return of(values);
  }

  /** The same form with what was refused about it, each at its field where there is one. */
  Form refused(EntrepotException why, String... fields) {
    if (!(why instanceof InvalidFieldsException invalid)) {
      return new Form(values, problems, String.valueOf(why.getMessage()));
    }
    Map<String, String> found = new LinkedHashMap<>(problems);
    StringBuilder elsewhere = new StringBuilder();
    for (FieldProblem problem : invalid.problems()) {
      Optional<String> field =
          problem.path().reversed().stream().filter(List.of(fields)::contains).findFirst();
      if (field.isPresent()) {
        found.putIfAbsent(field.get(), words(problem));
      } else {
        elsewhere.append(elsewhere.isEmpty() ? "" : " ").append(words(problem));
      }
    }
    return new Form(values, found, elsewhere.isEmpty() ? null : elsewhere.toString());
  }

  private static String words(FieldProblem problem) {
    return switch (problem.type()) {
      case "missing" -> "Fill this in.";
      case "string_too_long" ->
          "This has more than " + problem.context().get("max_length") + " characters.";
      default -> problem.message();
    };
  }

  public String value(String name) {
    return values.getOrDefault(name, "");
  }

  public @Nullable String problem(String name) {
    return problems.get(name);
  }

  public boolean flag(String name) {
    return value(name).equals("true");
  }

  /**
   * By what the state is known that the form showed first, whatever was typed since; whoever saves
   * it sends this along.
   */
  public String shown() {
    return values.getOrDefault(SHOWN, Integer.toHexString(new TreeMap<>(values).hashCode()));
  }

  /**
   * Keeps whoever saves an old form from undoing what others changed meanwhile.
   *
   * @param now a form that shows the thing as it is
   * @throws EntrepotException {@code CONFLICT_STATE} when that is not what this one showed
   */
  void mustHaveShown(Form now) {
    if (values.containsKey(SHOWN) && !shown().equals(now.shown())) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE,
          "Somebody changed this after you had opened it, and nothing of yours was saved. Open it"
              + " anew to see what it is now.");
    }
  }

  /** Ids of the elements that tell more about a field; null for none. */
  public @Nullable String describedBy(String name, String help) {
    String ids =
        (problems.containsKey(name) ? name + "-error " : "")
            + (help.isEmpty() ? "" : name + "-help");
    return ids.isEmpty() ? null : ids.strip();
  }

  /** The same form, with this where nothing was entered. */
  Form filled(String name, String text) {
    Map<String, String> filled = new HashMap<>(values);
    filled.compute(name, (_, old) -> old == null || old.isBlank() ? text : old);
    return new Form(filled, problems, general);
  }

  /**
   * Choices in a list, and at their end what the field holds though it is none of them: whoever
   * saves the form keeps it.
   */
  List<Option> choices(String name, List<Option> known) {
    return choices(name, known, value -> value + " (not usable yet)");
  }

  /**
   * The same.
   *
   * @param other what the one that is none of them is called
   */
  List<Option> choices(String name, List<Option> known, UnaryOperator<String> other) {
    String value = value(name);
    if (value.isEmpty() || known.stream().anyMatch(one -> one.value().equals(value))) {
      return known;
    }
    List<Option> all = new ArrayList<>(known);
    all.add(new Option(value, other.apply(value)));
    return List.copyOf(all);
  }

  /** The value without space around it; null when nothing was entered. */
  @Nullable String text(String name) {
    String text = value(name).strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * @throws InvalidFieldsException when nothing was entered, or more than fits on a line
   */
  String required(String name) {
    return required(name, TextLimits.LINE);
  }

  /**
   * @throws InvalidFieldsException when nothing was entered, or more characters than that
   */
  String required(String name, int limit) {
    String text = text(name);
    if (text == null) {
      throw new InvalidFieldsException(FieldProblem.missing(name));
    }
    if (text.codePointCount(0, text.length()) > limit) {
      throw new InvalidFieldsException(TextLimits.tooLong(name, null, limit));
    }
    return text;
  }

  /**
   * @throws InvalidFieldsException when nothing was chosen
   */
  Id requiredId(String name) {
    Id id = PageIds.orNull(value(name));
    if (id == null) {
      throw new InvalidFieldsException(
          FieldProblem.of(name, "missing_choice", "Choose one.", null));
    }
    return id;
  }

  /**
   * A whole number, as far from zero as {@code most} at the most.
   *
   * @param absent when nothing was entered
   * @throws InvalidFieldsException when it is none, or further from zero
   */
  int number(String name, int absent, int most) {
    String text = text(name);
    try {
      int number = text == null ? absent : Integer.parseInt(text);
      if (Math.abs((long) number) <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // The same is said of it as of one that is too great.
    }
    throw new InvalidFieldsException(
        FieldProblem.of(
            name,
            "int_parsing",
            "This is a whole number from -%d to %d.".formatted(most, most),
            text));
  }

  /** The lines that hold something. */
  List<String> lines(String name) {
    return value(name).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** A choice in a list. */
  record Option(String value, String label) {}
}
