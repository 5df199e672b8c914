// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a hook or an instrument and collects what is wrong with them. */
public final class ConfigReader {

  private final List<String> path;
  private final Map<?, ?> config;
  private final List<FieldProblem> problems;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<ConfigReader> members = new ArrayList<>();

  private ConfigReader(List<String> path, Map<?, ?> config, List<FieldProblem> problems) {
    this.path = path;
    this.config = config;
    this.problems = problems;
  }

  /** Of a hook. */
  public static ConfigReader of(@Nullable Map<String, @Nullable Object> config) {
    return of("config", config);
  }

  /**
   * @param field where the settings stand
   */
  public static ConfigReader of(String field, @Nullable Map<String, @Nullable Object> config) {
    return new ConfigReader(List.of(field), config == null ? Map.of() : config, new ArrayList<>());
  }

  private @Nullable Object value(String key) {
    asked.add(key);
    return config.get(key);
  }

  public long number(String key, long otherwise) {
    return number(key, otherwise, 0, Long.MAX_VALUE);
  }

  /** A whole number; a fraction is not cut but wrong. */
  public long number(String key, long otherwise, long least, long most) {
    Object value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.longValue();
    }
    String range =
        most == Long.MAX_VALUE ? ", " + least + " or more" : " from " + least + " to " + most;
    problem(key, "This is a whole number" + range, value);
    return otherwise;
  }

  public boolean flag(String key) {
    Object value = value(key);
    if (value != null && !(value instanceof Boolean)) {
      problem(key, "This is true or false", value);
    }
    return Boolean.TRUE.equals(value);
  }

  /** Text that may be left out. */
  public String text(String key, String otherwise) {
    Object value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String text) {
      return text;
    }
    problem(key, "This is text", value);
    return otherwise;
  }

  /** One of an enumeration's words, in lower case. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    Object value = value(key);
    if (value == null) {
      return otherwise;
    }
    for (E constant : constants) {
      if (value instanceof String text && constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    problem(key, "This is one of " + words(constants), value);
    return otherwise;
  }

  private static String words(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  public String text(String key) {
    Object value = value(key);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    problem(key, "This is text and is needed", value);
    return "";
  }

  public String choice(String key, String otherwise, List<String> allowed) {
    Object value = value(key);
    if (value == null && !otherwise.isEmpty()) {
      return otherwise;
    }
    if (value instanceof String text && allowed.contains(text)) {
      return text;
    }
    problem(key, "This is one of " + String.join(", ", allowed), value);
    return allowed.getFirst();
  }

  public List<String> texts(String key) {
    Object value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    problem(key, "This is a list of texts", value);
    return List.of();
  }

  /** Shell patterns. */
  public List<Glob> globs(String key) {
    List<Glob> globs = new ArrayList<>();
    texts(key).forEach(pattern -> glob(key, pattern).ifPresent(globs::add));
    return globs;
  }

  /** One shell pattern; empty when it is wrong, which {@link #check} tells. */
  public Optional<Glob> glob(String key) {
    return glob(key, text(key));
  }

  private Optional<Glob> glob(String key, String pattern) {
    try {
      return Optional.of(Glob.of(pattern));
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()), pattern);
      return Optional.empty();
    }
  }

  /** Readers for the objects of a list; their problems are collected here. */
  public List<ConfigReader> objects(String key) {
    Object value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
      problem(key, "This is a list of objects", value);
      return List.of();
    }
    List<ConfigReader> readers = new ArrayList<>();
    for (Object member : list) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(key);
      deeper.add(String.valueOf(readers.size()));
      readers.add(new ConfigReader(deeper, (Map<?, ?>) member, problems));
    }
    members.addAll(readers);
    return readers;
  }

  public void problem(String key, String message, @Nullable Object input) {
    List<String> deeper = new ArrayList<>(path);
    deeper.add(key);
    problems.add(new FieldProblem(deeper, "value_error", message, input, Map.of()));
  }

  /**
   * Notes each setting that nobody asked for, here and in the objects that were read: a misspelt
   * one must not pass for granted. To be called when all was read that there is.
   */
  public void refuseOthers() {
    String known = asked.isEmpty() ? "" : ". There are " + String.join(", ", asked);
    for (Map.Entry<?, ?> setting : config.entrySet()) {
      String key = String.valueOf(setting.getKey());
      if (!asked.contains(key)) {
        problem(key, "There is no such setting" + known, setting.getValue());
      }
    }
    members.forEach(ConfigReader::refuseOthers);
  }

  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }
}
