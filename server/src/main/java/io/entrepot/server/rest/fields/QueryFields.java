// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.UuidText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read key by key in the manner of {@link BodyFields}. Keys nobody asks for
 * are ignored; of a key sent twice the last one counts.
 *
 * <p>A controller takes it from Spring as {@code @RequestParam MultiValueMap<String, String>}.
 */
public final class QueryFields extends Fields {

  private final Map<String, List<String>> keys;

  public QueryFields(Map<String, List<String>> keys, Words words) {
    super(words);
    this.keys = keys;
  }

  /** Whether the key is there, be it empty. */
  public boolean has(String name) {
    return keys.containsKey(name);
  }

  /** As it was sent; null when absent. */
  public @Nullable String text(String name) {
    List<String> values = keys.get(name);
    String text = values == null || values.isEmpty() ? null : values.getLast();
    if (text != null) {
      judgeText(name, text, text);
    }
    return text;
  }

  public boolean flag(String name, boolean absent) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    Optional<Boolean> flag = flagOf(text);
    return flag.isPresent() ? flag.get() : refused(words.notFlag(name, text), absent);
  }

  /** A whole number between two bounds, both included; {@code absent} when it is not there. */
  public int number(String name, int absent, int least, int most) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    try {
      return (int) inRange(name, Integer.parseInt(text.strip()), least, most);
    } catch (NumberFormatException _) {
      return refused(words.notWhole(name, text), absent);
    }
  }

  /** The moment from which on; a day means its beginning, in UTC. Null when absent. */
  public @Nullable Instant since(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Optional<Instant> found = Times.read(text, true);
    return found.isPresent() ? found.get() : refused(words.notTime(name, text), null);
  }

  /** The moment before which; a day means its end, in UTC. Null when absent. */
  public @Nullable Instant until(String name) {
    Instant found = since(name);
    String text = text(name);
    return found != null && text != null && Times.isDay(text)
        ? found.plus(1, ChronoUnit.DAYS)
        : found;
  }

  /**
   * The id to filter by; null when absent. A UUID that cannot be ours becomes an id that nothing
   * has, so the filter finds nothing.
   */
  public @Nullable Id id(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Optional<UUID> uuid = UuidText.parse(text);
    if (uuid.isEmpty()) {
      add(words.notUuid(name, text));
    }
    return uuid.flatMap(WireIds::find).orElse(NOBODY);
  }

  /** As {@link #id}, and it must be there. */
  public Id requiredId(String name) {
    if (text(name) == null) {
      add(FieldProblem.missing(name));
    }
    Id id = id(name);
    return id == null ? NOBODY : id;
  }

  /** The constant whose name in lower case was sent; null when absent. */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> kind) {
    String text = text(name);
    return text == null ? null : constant(name, kind, text, null);
  }

  @Override
  public void add(FieldProblem problem) {
    super.add(problem.in(Place.QUERY));
  }
}
