// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.FieldProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refused part of a request, and where in the request it stood.
 *
 * @param place {@code body}, {@code path} or {@code query}, then names and positions inside it;
 *     each a String or an Integer
 * @param type a stable short word for the kind of problem
 * @param input what was sent, or null
 * @param context facts the message was made from
 */
public record LocatedProblem(
    List<Object> place,
    String type,
    String message,
    @Nullable Object input,
    Map<String, Object> context) {

  public LocatedProblem {
    place = List.copyOf(place);
    context = Collections.unmodifiableMap(context);
  }

  static LocatedProblem inBody(FieldProblem problem) {
    List<Object> place = new ArrayList<>();
    place.add("body");
    for (String step : problem.path()) {
      place.add(isPosition(step) ? (Object) Integer.valueOf(step) : step);
    }
    return new LocatedProblem(
        place, problem.type(), problem.message(), problem.input(), problem.context());
  }

  private static boolean isPosition(String step) {
    return step.length() < 7 && !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The field this is about, for families that list problems by field. */
  String field() {
    return place.size() > 1 ? String.valueOf(place.get(1)) : String.valueOf(place.getFirst());
  }

  String sentence() {
    return field() + ": " + message;
  }
}
