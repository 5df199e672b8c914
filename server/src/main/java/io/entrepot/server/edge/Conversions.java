// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/**
 * Values in a request that the framework itself could not turn into what a controller asked for.
 */
final class Conversions {

  private Conversions() {}

  static FieldProblem missing(String parameter) {
    return FieldProblem.missing(parameter).in(Place.QUERY);
  }

  static FieldProblem of(MethodArgumentTypeMismatchException failure) {
    Class<?> wanted = failure.getRequiredType();
    return FieldProblem.of(
            failure.getName(), type(wanted), "Input should be " + words(wanted), failure.getValue())
        .in(place(failure.getParameter()));
  }

  private static Place place(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(PathVariable.class) ? Place.PATH : Place.QUERY;
  }

  private static String type(@Nullable Class<?> wanted) {
    if (wanted == UUID.class) {
      return "uuid_parsing";
    }
    if (wanted == boolean.class || wanted == Boolean.class) {
      return "bool_parsing";
    }
    return isNumber(wanted) ? "int_parsing" : "value_error";
  }

  private static String words(@Nullable Class<?> wanted) {
    if (wanted == UUID.class) {
      return "a valid UUID";
    }
    if (wanted == boolean.class || wanted == Boolean.class) {
      return "a valid boolean";
    }
    return isNumber(wanted) ? "a valid integer" : "a valid value";
  }

  private static boolean isNumber(@Nullable Class<?> wanted) {
    return wanted == int.class
        || wanted == long.class
        || (wanted != null && Number.class.isAssignableFrom(wanted));
  }

  static FieldProblem of(JacksonException failure) {
    long offset =
        failure.getLocation() == null ? 0 : Math.max(0, failure.getLocation().getByteOffset());
    return new FieldProblem(
        List.of(Long.toString(offset)),
        "json_invalid",
        "JSON decode error",
        Map.of(),
        Map.of("error", Optional.ofNullable(failure.getOriginalMessage()).orElse("not JSON")));
  }

  static FieldProblem absentBody() {
    return new FieldProblem(List.of(), "missing", "Field required", null, Map.of());
  }
}
