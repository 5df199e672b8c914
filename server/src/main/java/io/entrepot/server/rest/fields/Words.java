// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a family tells what is wrong with a value.
 *
 * <p>Every method makes the problem of one field and decides nothing. {@code sent} is the value as
 * it came; where it is a secret, its mask.
 */
public interface Words {

  /** Whether a member that is null counts as one that was not sent, where null means nothing. */
  boolean nullIsAbsent();

  /** Whether a JSON object that has a member twice is refused; else the last one counts. */
  default boolean membersOnce() {
    return false;
  }

  /** Whether a time may come without its zone, and is in UTC then; or as a day. */
  boolean timesWithoutZone();

  /**
   * @param whole all that was sent
   */
  FieldProblem missing(Map<String, ? extends @Nullable Object> whole, String name);

  FieldProblem notText(String name, @Nullable Object sent);

  FieldProblem empty(String name, String sent);

  FieldProblem tooLong(String name, String sent, int limit);

  /** Text that holds what cannot be kept, or is sent in a shape it cannot have. */
  FieldProblem unusable(String name, String reason, @Nullable Object sent);

  FieldProblem notFlag(String name, @Nullable Object sent);

  FieldProblem notWhole(String name, @Nullable Object sent);

  FieldProblem outOfRange(String name, long sent, long least, long most);

  FieldProblem notTime(String name, Object sent);

  FieldProblem notUuid(String name, @Nullable Object sent);

  /**
   * @param words what could have been sent, at least one
   */
  FieldProblem notOneOf(String name, List<String> words, @Nullable Object sent);

  FieldProblem notObject(String name, Object sent);

  FieldProblem notList(String name, Object sent);
}
