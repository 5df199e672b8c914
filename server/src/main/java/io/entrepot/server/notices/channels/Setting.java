// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Secrets;
import io.entrepot.server.notices.outgoing.Call;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing to set about a channel.
 *
 * @param label for a form
 * @param help what fits, as a sentence
 * @param shape of the text; a whole number and a flag are looked at as text, too
 */
public record Setting(
    String name, String label, String help, Kind kind, Need need, Predicate<String> shape) {

  private static final int LIMIT = 2048;

  /** What stands in it. */
  public enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /** A web address that is called. */
    ADDRESS,
    /** Text that is never shown again. */
    SECRET,
    /** A web address that opens a door to whoever knows it. */
    SECRET_ADDRESS
  }

  /** Whether it must be there. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  static Setting required(String name, String label, String help, Kind kind, String shape) {
    return required(name, label, help, kind, Pattern.compile(shape).asMatchPredicate());
  }

  static Setting required(
      String name, String label, String help, Kind kind, Predicate<String> shape) {
    return new Setting(name, label, help, kind, Need.REQUIRED, shape);
  }

  static Setting optional(String name, String label, String help, Kind kind, String shape) {
    return new Setting(
        name, label, help, kind, Need.OPTIONAL, Pattern.compile(shape).asMatchPredicate());
  }

  public boolean isRequired() {
    return need == Need.REQUIRED;
  }

  public boolean isSecret() {
    return kind == Kind.SECRET || kind == Kind.SECRET_ADDRESS;
  }

  private boolean isAddress() {
    return kind == Kind.ADDRESS || kind == Kind.SECRET_ADDRESS;
  }

  /** What was sent, as it is kept; null when it was left out or is empty. */
  @Nullable Object value(@Nullable Object sent) {
    String text = sent == null ? "" : sent.toString().strip();
    if (text.isEmpty()) {
      return null;
    }
    return switch (kind) {
      case NUMBER -> Integer.valueOf(text);
      case FLAG -> Boolean.valueOf(text.toLowerCase(Locale.ROOT));
      case TEXT, ADDRESS, SECRET, SECRET_ADDRESS -> text;
    };
  }

  /** What is wrong with what was sent; empty when it can be kept. */
  Optional<FieldProblem> problem(@Nullable Object sent) {
    if (sent == null || sent.toString().isBlank()) {
      return isRequired() ? Optional.of(FieldProblem.missing(name)) : Optional.empty();
    }
    boolean plain = sent instanceof String || sent instanceof Number || sent instanceof Boolean;
    String text = sent.toString().strip();
    Object shown = isSecret() ? Secrets.MASK : sent;
    if (!plain || text.length() > LIMIT || !shape.test(text)) {
      return Optional.of(FieldProblem.of(name, "value_error", help, shown));
    }
    return isAddress()
        ? Call.problem(text).map(why -> FieldProblem.of(name, "value_error", why, shown))
        : Optional.empty();
  }
}
