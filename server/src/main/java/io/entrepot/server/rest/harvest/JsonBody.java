// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.server.identity.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object in a request's body, read field by field.
 *
 * <p>Every reading method notes what is wrong and goes on with a stand-in value, so that one answer
 * names all problems; {@link #check} must be called before anything read is used. Members nobody
 * asks for are ignored. A field that is absent and a field that is null are told apart by {@link
 * #has}.
 *
 * <pre>{@code
 * JsonBody body = JsonBody.parse(bytes);
 * String name = body.requiredText("name", 255);
 * String description = body.text("description", 255);
 * boolean enabled = body.flag("enabled", true);
 * body.check();
 * }</pre>
 */
public final class JsonBody {

  private static final Id NO_ID = new Id("0".repeat(24));

  private final Map<String, @Nullable Object> members;
  private final List<FieldProblem> problems = new ArrayList<>();

  JsonBody(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /**
   * @param bytes the request's body; null when there was none
   * @throws InvalidFieldsException at once, when the body is not one JSON object
   */
  public static JsonBody parse(byte @Nullable [] bytes) {
    return new JsonBody(JsonText.object(bytes));
  }

  /** As {@link #parse}, where sending no body at all means an empty object. */
  public static JsonBody parseOptional(byte @Nullable [] bytes) {
    return bytes == null || bytes.length == 0 ? new JsonBody(Map.of()) : parse(bytes);
  }

  /** Whether the member is there, be it null. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** What a PATCH says of one field: what was sent is laid over what is stored. */
  @FunctionalInterface
  interface Sent<T extends @Nullable Object> {
    T over(T stored);
  }

  /**
   * Reads a field that may be left out, and is then left as it is stored.
   *
   * @param reading one of the reading methods of this body; asked only when the field is there
   */
  <T extends @Nullable Object> Sent<T> sent(String name, Function<String, T> reading) {
    if (!has(name)) {
      return stored -> stored;
    }
    T value = reading.apply(name);
    return _ -> value;
  }

  /** Text of 1 to {@code limit} characters. */
  public String requiredText(String name, int limit) {
    String text = required(name, () -> text(name, limit), "", "string_type", Wording.STRING);
    if (text.isEmpty() && "".equals(members.get(name))) {
      add(Wording.tooShort(name));
    }
    return text;
  }

  /** Text of 0 to {@code limit} characters that must be there. */
  public String requiredTextOrEmpty(String name, int limit) {
    return required(name, () -> text(name, limit), "", "string_type", Wording.STRING);
  }

  /** Text of at most {@code limit} characters; null when absent or null. */
  public @Nullable String text(String name, int limit) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      add(FieldProblem.of(name, "string_type", Wording.STRING, value));
      return null;
    }
    Wording.textProblem(name, text, limit).ifPresent(this::add);
    return text;
  }

  /** Text that is a secret: it never appears in a problem. Null when absent or null. */
  public @Nullable String secret(String name, int limit) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      add(FieldProblem.of(name, "string_type", Wording.STRING, Secrets.MASK));
      return null;
    }
    Wording.textProblem(name, text, limit)
        .map(p -> new FieldProblem(p.path(), p.type(), p.message(), Secrets.MASK, p.context()))
        .ifPresent(this::add);
    return text;
  }

  /** A {@link #secret} that must be there, be it empty. */
  public String requiredSecret(String name, int limit) {
    return required(name, () -> secret(name, limit), "", "string_type", Wording.STRING);
  }

  /** Text that looks like an e-mail address; domains of an intranet are as good as any. */
  public String requiredEmail(String name) {
    String text = requiredTextOrEmpty(name, EmailAddress.LIMIT);
    if (members.get(name) instanceof String && !EmailAddress.isOne(text)) {
      add(EmailAddress.problem(name, text));
    }
    return text;
  }

  public boolean flag(String name, boolean absent) {
    if (!has(name)) {
      return absent;
    }
    return switch (members.get(name)) {
      case Boolean flag -> flag;
      case String text when text.equalsIgnoreCase("true") -> true;
      case String text when text.equalsIgnoreCase("false") -> false;
      case null -> refused(name, "bool_type", Wording.BOOL, absent);
      default -> refused(name, "bool_parsing", Wording.BOOL, absent);
    };
  }

  /** A whole number between two bounds, both included; {@code absent} when it is not there. */
  public long number(String name, long absent, long least, long most) {
    if (!has(name)) {
      return absent;
    }
    Object value = members.get(name);
    if (!(value instanceof Long || value instanceof Integer)) {
      return refused(name, value == null ? "int_type" : "int_parsing", Wording.INT, absent);
    }
    long number = ((Number) value).longValue();
    Wording.rangeProblem(name, number, least, most).ifPresent(this::add);
    return number;
  }

  /** A time in ISO 8601; null when absent or null. */
  public @Nullable Instant instant(String name) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    Instant found = value instanceof String text ? Times.instantOrNull(text) : null;
    if (found == null) {
      add(Times.notTime(name, value));
    }
    return found;
  }

  /** Null when absent or null. */
  public @Nullable UUID uuid(String name) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    UUID found = value instanceof String text ? Wording.uuidOrNull(text) : null;
    if (found == null) {
      add(Wording.notUuid(name, value));
    }
    return found;
  }

  /**
   * The id of something of ours, shown as a UUID; null when absent or null. A UUID that cannot be
   * one of our ids refers to nothing, and is said to.
   *
   * @param thing what it is the id of, for the message
   */
  public @Nullable Id id(String name, String thing) {
    UUID uuid = uuid(name);
    if (uuid == null) {
      return null;
    }
    Id id = WireIds.idOrNull(uuid);
    if (id == null) {
      add(FieldProblem.dangling(name, thing, uuid.toString()));
    }
    return id;
  }

  public Id requiredId(String name, String thing) {
    return required(name, () -> id(name, thing), NO_ID, "uuid_type", Wording.UUID_WANTED);
  }

  /** The constant whose name in lower case was sent; {@code absent} when it is not there. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind, E absent) {
    if (!has(name)) {
      return absent;
    }
    E found = Wording.constantOrNull(kind, members.get(name));
    if (found == null) {
      add(Wording.notOneOf(name, kind, members.get(name)));
    }
    return found == null ? absent : found;
  }

  public <E extends Enum<E>> E requiredChoice(String name, Class<E> kind) {
    if (!has(name)) {
      addMissing(name);
    }
    return choice(name, kind, Objects.requireNonNull(kind.getEnumConstants())[0]);
  }

  /** The members of an inner object, in order; null when absent or null. */
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, @Nullable Object> object(String name) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?>)) {
      add(FieldProblem.of(name, "dict_type", "Input should be a valid dictionary", value));
      return null;
    }
    return (Map<String, @Nullable Object>) value;
  }

  /** Notes a problem of the caller's own finding. */
  public void add(FieldProblem problem) {
    problems.add(problem);
  }

  /**
   * @throws InvalidFieldsException with everything noted so far, in the order it was found
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }

  private <T> T required(
      String name, Supplier<@Nullable T> reading, T standIn, String type, String message) {
    if (!has(name)) {
      addMissing(name);
      return standIn;
    }
    if (members.get(name) == null) {
      return refused(name, type, message, standIn);
    }
    T value = reading.get();
    return value == null ? standIn : value;
  }

  private void addMissing(String name) {
    add(FieldProblem.of(name, "missing", "Field required", members));
  }

  private <T> T refused(String name, String type, String message, T standIn) {
    add(FieldProblem.of(name, type, message, members.get(name)));
    return standIn;
  }
}
