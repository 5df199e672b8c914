// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.base.UuidText;
import io.entrepot.server.identity.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request's body, read field by field.
 *
 * <p>Every reading method notes what is wrong and goes on with a stand-in value, so that one answer
 * names all problems; {@link #check} must be called before anything read is used. Names nobody
 * asked for are ignored, and can be asked for afterwards.
 *
 * <pre>{@code
 * BodyFields body = BodyFields.ofJson(bytes, words);
 * String name = body.requiredText("name", 255);
 * boolean enabled = body.flag("enabled", true);
 * body.check();
 * }</pre>
 */
public final class BodyFields extends Fields {

  /** A body of a million bad values is not answered with a million complaints. */
  private static final int TOLD_OF_A_LIST = 10;

  /** What of an unknown name may stand in a header. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Map<String, ? extends @Nullable Object> members;
  private final boolean form;
  private final Set<String> known = new TreeSet<>();

  private BodyFields(Map<String, ? extends @Nullable Object> members, boolean form, Words words) {
    super(words);
    this.members = members;
    this.form = form;
  }

  /**
   * Of a JSON object.
   *
   * @param bytes the request's body; null when there was none
   * @throws InvalidFieldsException at once, when the body is not one JSON object
   */
  public static BodyFields ofJson(byte @Nullable [] bytes, Words words) {
    return new BodyFields(JsonText.object(bytes, words.membersOnce()), false, words);
  }

  /** As {@link #ofJson}, where sending no body at all means an empty object. */
  public static BodyFields ofOptionalJson(byte @Nullable [] bytes, Words words) {
    return bytes == null || bytes.length == 0
        ? new BodyFields(Map.of(), false, words)
        : ofJson(bytes, words);
  }

  /** Of a form, whose values are all text; an empty one is a flag that is not set. */
  public static BodyFields ofForm(Map<String, String> values, Words words) {
    return new BodyFields(values, true, words);
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return members.get(name);
  }

  /** Whether the member is there, be it null. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  private boolean isSent(String name) {
    return value(name) != null || (has(name) && !words.nullIsAbsent());
  }

  /**
   * Reads a field that may be left out, and is then left as it is stored.
   *
   * @param reading one of the reading methods of this body; asked only when the field is there
   */
  public <T extends @Nullable Object> Sent<T> sent(String name, Function<String, T> reading) {
    if (!has(name)) {
      return stored -> stored;
    }
    T value = reading.apply(name);
    return _ -> value;
  }

  private <T> T required(
      String name,
      Supplier<@Nullable T> reading,
      T standIn,
      Function<String, FieldProblem> ofNull) {
    if (!isSent(name)) {
      return refused(words.missing(members, name), standIn);
    }
    if (value(name) == null) {
      return refused(ofNull.apply(name), standIn);
    }
    T value = reading.get();
    return value == null ? standIn : value;
  }

  private FieldProblem nullText(String name) {
    return words.notText(name, null);
  }

  /** Text of 1 to {@code limit} characters, as it was sent. */
  public String requiredText(String name, int limit) {
    String text = requiredTextOrEmpty(name, limit);
    if (text.isEmpty() && value(name) instanceof String sent) {
      add(words.empty(name, sent));
    }
    return text;
  }

  /** Text of 1 to {@code limit} characters, without space around it. */
  public String requiredName(String name, int limit) {
    String text = requiredTextOrEmpty(name, limit).strip();
    if (text.isEmpty() && value(name) instanceof String sent) {
      add(words.empty(name, sent));
    }
    return text;
  }

  /** Text of 0 to {@code limit} characters that must be there. */
  public String requiredTextOrEmpty(String name, int limit) {
    return required(name, () -> text(name, limit), "", this::nullText);
  }

  /** Text of at most {@code limit} characters; null when absent or null. */
  public @Nullable String text(String name, int limit) {
    return text(name, limit, value(name));
  }

  /** Text that is a secret: it never appears in a problem. Null when absent or null. */
  public @Nullable String secret(String name, int limit) {
    return text(name, limit, Secrets.MASK);
  }

  /** A {@link #secret} that must be there, be it empty. */
  public String requiredSecret(String name, int limit) {
    return required(name, () -> secret(name, limit), "", this::nullText);
  }

  private @Nullable String text(String name, int limit, @Nullable Object shown) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      return refused(words.notText(name, shown), null);
    }
    if (text.codePointCount(0, text.length()) > limit) {
      add(words.tooLong(name, String.valueOf(shown), limit));
    } else {
      judgeText(name, text, shown);
    }
    return text;
  }

  /** Text that looks like an e-mail address; domains of an intranet are as good as any. */
  public String requiredEmail(String name) {
    String text = requiredTextOrEmpty(name, EmailAddress.LIMIT);
    if (value(name) instanceof String && !EmailAddress.isOne(text)) {
      add(EmailAddress.problem(name, text));
    }
    return text;
  }

  /** True or false, in JSON or as such a word; {@code absent} when it is not there. */
  public boolean flag(String name, boolean absent) {
    if (!isSent(name)) {
      return absent;
    }
    Object sent = value(name);
    Optional<Boolean> flag =
        switch (sent) {
          case Boolean found -> Optional.of(found);
          case String text when form && text.isEmpty() -> Optional.of(false);
          case String text -> flagOf(text);
          case null, default -> Optional.empty();
        };
    return flag.isPresent() ? flag.get() : refused(words.notFlag(name, sent), absent);
  }

  /** A whole number between two bounds, both included; {@code absent} when it is not there. */
  public long number(String name, long absent, long least, long most) {
    if (!isSent(name)) {
      return absent;
    }
    Object value = value(name);
    return value instanceof Long || value instanceof Integer
        ? inRange(name, ((Number) value).longValue(), least, most)
        : refused(words.notWhole(name, value), absent);
  }

  /** A time in ISO 8601; null when absent or null. */
  public @Nullable Instant instant(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    Optional<Instant> found =
        value instanceof String text
            ? Times.read(text, words.timesWithoutZone())
            : Optional.empty();
    return found.isPresent() ? found.get() : refused(words.notTime(name, value), null);
  }

  /**
   * The id of something of ours, shown as a UUID; null when absent or null. A UUID that cannot be
   * one of our ids refers to nothing, and is said to.
   *
   * @param thing what it is the id of, for the message
   */
  public @Nullable Id id(String name, String thing) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    Optional<UUID> uuid = value instanceof String text ? UuidText.parse(text) : Optional.empty();
    if (uuid.isEmpty()) {
      return refused(words.notUuid(name, value), null);
    }
    Optional<Id> id = WireIds.find(uuid.get());
    return id.isPresent()
        ? id.get()
        : refused(FieldProblem.dangling(name, thing, uuid.get().toString()), null);
  }

  /** As {@link #id}, and it must be there. */
  public Id requiredId(String name, String thing) {
    return required(name, () -> id(name, thing), NOBODY, field -> words.notUuid(field, null));
  }

  /** The constant whose name in lower case was sent; {@code absent} when it is not there. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind, E absent) {
    return isSent(name) ? constant(name, kind, value(name), absent) : absent;
  }

  /** As {@link #choice}, and it must be there. */
  public <E extends Enum<E>> E requiredChoice(String name, Class<E> kind) {
    if (!isSent(name)) {
      add(words.missing(members, name));
    }
    return choice(name, kind, constants(kind).toList().getFirst());
  }

  /** The constants of a list of such names; none when absent or null. Of bad ones, ten are told. */
  public <E extends Enum<E>> Set<E> choices(String name, Class<E> kind) {
    Set<E> found = EnumSet.noneOf(kind);
    int before = noted();
    for (Object word : items(name)) {
      E one = constant(name, kind, word, constants(kind).toList().getFirst());
      if (noted() == before) {
        found.add(one);
      } else if (noted() - before >= TOLD_OF_A_LIST) {
        break;
      }
    }
    return found;
  }

  /**
   * The values of a list of texts; empty when it is not there. Of bad ones, ten are told.
   *
   * @param reading empty for a text that is none of them
   * @param shape what is said of such a text
   */
  public <T> List<T> list(String name, Function<String, Optional<T>> reading, String shape) {
    List<T> found = new ArrayList<>();
    int before = noted();
    for (Object one : items(name)) {
      Optional<T> read = one instanceof String text ? reading.apply(text) : Optional.empty();
      read.ifPresentOrElse(found::add, () -> add(FieldProblem.of(name, "value_error", shape, one)));
      if (noted() - before >= TOLD_OF_A_LIST) {
        break;
      }
    }
    return found;
  }

  private Collection<?> items(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof Collection<?> items
        ? items
        : refused(words.notList(name, value), List.of());
  }

  /** The members of an inner object, in order; null when absent or null. */
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, @Nullable Object> object(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    return value instanceof Map<?, ?>
        ? (Map<String, @Nullable Object>) value
        : refused(words.notObject(name, value), null);
  }

  /** As {@link #object}, and it must be there. */
  public Map<String, @Nullable Object> requiredObject(String name) {
    if (value(name) == null) {
      add(words.missing(members, name));
    }
    Map<String, @Nullable Object> found = object(name);
    return found == null ? new LinkedHashMap<String, @Nullable Object>() : found;
  }

  /**
   * Does what was asked for, once all was read.
   *
   * @throws InvalidFieldsException from the work; a field it finds missing is shown as missing here
   */
  public <T> T judged(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidFieldsException e) {
      throw new InvalidFieldsException(
          e.problems().stream()
              .map(
                  problem ->
                      problem.isMissing()
                          ? words.missing(members, problem.path().getLast())
                          : problem)
              .toList());
    }
  }

  /** The names that were sent and not asked for, in order; odd ones are left out. */
  public List<String> ignored() {
    return members.keySet().stream()
        .filter(name -> !known.contains(name) && HARMLESS.matcher(name).matches())
        .sorted()
        .toList();
  }
}
