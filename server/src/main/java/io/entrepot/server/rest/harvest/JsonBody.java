// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.server.identity.EmailAddress;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.rest.body.JsonText;
import java.time.Instant;
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
 * boolean enabled = body.flag("enabled", true);
 * body.check();
 * }</pre>
 */
final class JsonBody {

  private static final Id NO_ID = new Id("0".repeat(24));

  private final JsonMembers members;

  private JsonBody(Map<String, @Nullable Object> members) {
    this.members = new JsonMembers(members);
  }

  /**
   * @param bytes the request's body; null when there was none
   * @throws InvalidFieldsException at once, when the body is not one JSON object
   */
  static JsonBody parse(byte @Nullable [] bytes) {
    return new JsonBody(JsonText.object(bytes));
  }

  /** As {@link #parse}, where sending no body at all means an empty object. */
  static JsonBody parseOptional(byte @Nullable [] bytes) {
    return bytes == null || bytes.length == 0 ? new JsonBody(Map.of()) : parse(bytes);
  }

  /** Whether the member is there, be it null. */
  boolean has(String name) {
    return members.has(name);
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
  String requiredText(String name, int limit) {
    String text =
        members.required(name, () -> text(name, limit), "", "string_type", Wording.STRING);
    if (text.isEmpty() && "".equals(members.value(name))) {
      add(Wording.tooShort(name));
    }
    return text;
  }

  /** Text of 0 to {@code limit} characters that must be there. */
  String requiredTextOrEmpty(String name, int limit) {
    return members.required(name, () -> text(name, limit), "", "string_type", Wording.STRING);
  }

  /** Text of at most {@code limit} characters; null when absent or null. */
  @Nullable String text(String name, int limit) {
    Object value = members.value(name);
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
  @Nullable String secret(String name, int limit) {
    Object value = members.value(name);
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
  String requiredSecret(String name, int limit) {
    return members.required(name, () -> secret(name, limit), "", "string_type", Wording.STRING);
  }

  /** Text that looks like an e-mail address; domains of an intranet are as good as any. */
  String requiredEmail(String name) {
    String text = requiredTextOrEmpty(name, EmailAddress.LIMIT);
    if (members.value(name) instanceof String && !EmailAddress.isOne(text)) {
      add(EmailAddress.problem(name, text));
    }
    return text;
  }

  boolean flag(String name, boolean absent) {
    if (!has(name)) {
      return absent;
    }
    return switch (members.value(name)) {
      case Boolean flag -> flag;
      case String text when text.equalsIgnoreCase("true") -> true;
      case String text when text.equalsIgnoreCase("false") -> false;
      case null -> members.refused(name, "bool_type", Wording.BOOL, absent);
      default -> members.refused(name, "bool_parsing", Wording.BOOL, absent);
    };
  }

  /** The {@code priority} of a run; the usual one where none was sent. */
  int priority() {
    return (int)
        number(
            "priority",
            JobOrder.USUAL_PRIORITY,
            -JobOrder.HIGHEST_PRIORITY,
            JobOrder.HIGHEST_PRIORITY);
  }

  /** A whole number between two bounds, both included; {@code absent} when it is not there. */
  long number(String name, long absent, long least, long most) {
    if (!has(name)) {
      return absent;
    }
    Object value = members.value(name);
    if (!(value instanceof Long || value instanceof Integer)) {
      return members.refused(name, value == null ? "int_type" : "int_parsing", Wording.INT, absent);
    }
    long number = ((Number) value).longValue();
    Wording.rangeProblem(name, number, least, most).ifPresent(this::add);
    return number;
  }

  /** A time in ISO 8601; null when absent or null. */
  @Nullable Instant instant(String name) {
    Object value = members.value(name);
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
  @Nullable UUID uuid(String name) {
    Object value = members.value(name);
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
  @Nullable Id id(String name, String thing) {
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

  Id requiredId(String name, String thing) {
    return members.required(name, () -> id(name, thing), NO_ID, "uuid_type", Wording.UUID_WANTED);
  }

  /** The constant whose name in lower case was sent; {@code absent} when it is not there. */
  <E extends Enum<E>> E choice(String name, Class<E> kind, E absent) {
    if (!has(name)) {
      return absent;
    }
    E found = Wording.constantOrNull(kind, members.value(name));
    if (found == null) {
      add(Wording.notOneOf(name, kind, members.value(name)));
    }
    return found == null ? absent : found;
  }

  <E extends Enum<E>> E requiredChoice(String name, Class<E> kind) {
    if (!has(name)) {
      members.addMissing(name);
    }
    return choice(name, kind, Objects.requireNonNull(kind.getEnumConstants())[0]);
  }

  /** The members of an inner object, in order; null when absent or null. */
  @SuppressWarnings("unchecked")
  @Nullable Map<String, @Nullable Object> object(String name) {
    Object value = members.value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?>)) {
      add(FieldProblem.of(name, "dict_type", "Input should be a valid dictionary", value));
      return null;
    }
    return (Map<String, @Nullable Object>) value;
  }

  /**
   * Does what was asked for, once all was read.
   *
   * @throws InvalidFieldsException from the work; a field it finds missing is shown as missing here
   */
  <T> T judged(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidFieldsException e) {
      throw new InvalidFieldsException(e.problems().stream().map(members::missingHere).toList());
    }
  }

  /** Notes a problem of the caller's own finding. */
  void add(FieldProblem problem) {
    members.add(problem);
  }

  /**
   * @throws InvalidFieldsException with everything noted so far, in the order it was found
   */
  void check() {
    members.check();
  }
}
