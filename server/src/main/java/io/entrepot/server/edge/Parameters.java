// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What is wrong with a value in the path or the query. */
final class Parameters {

  private Parameters() {}

  static LocatedProblem missing(String name) {
    return new LocatedProblem(List.of("query", name), "missing", "Field required", null, Map.of());
  }

  static LocatedProblem of(MethodArgumentTypeMismatchException failure) {
    Values.Fault fault = Values.fault(failure.getRequiredType());
    return new LocatedProblem(
        place(failure.getParameter(), failure.getName()),
        fault.type(),
        fault.message(),
        failure.getValue(),
        fault.context());
  }

  static List<LocatedProblem> of(HandlerMethodValidationException failure) {
    return failure.getParameterValidationResults().stream().map(Parameters::refused).toList();
  }

  private static LocatedProblem refused(ParameterValidationResult result) {
    MethodParameter parameter = result.getMethodParameter();
    List<Object> place = place(parameter, String.valueOf(parameter.getParameterName()));
    Object input = result.getArgument();
    for (Annotation constraint : parameter.getParameterAnnotations()) {
      if (constraint instanceof Max max && number(input) > max.value()) {
        return new LocatedProblem(
            place,
            "less_than_equal",
            "Input should be less than or equal to " + max.value(),
            String.valueOf(input),
            Map.of("le", max.value()));
      }
      if (constraint instanceof Min min && number(input) < min.value()) {
        return new LocatedProblem(
            place,
            "greater_than_equal",
            "Input should be greater than or equal to " + min.value(),
            String.valueOf(input),
            Map.of("ge", min.value()));
      }
    }
    String message =
        result.getResolvableErrors().stream()
            .map(error -> String.valueOf(error.getDefaultMessage()))
            .collect(Collectors.joining("; "));
    return new LocatedProblem(place, "value_error", message, input, Map.of("reason", message));
  }

  private static long number(@Nullable Object input) {
    return input instanceof Number number ? number.longValue() : 0;
  }

  private static List<Object> place(MethodParameter parameter, String name) {
    return List.of(parameter.hasParameterAnnotation(PathVariable.class) ? "path" : "query", name);
  }

  /** What a value should have been, by the type it was to be read as. */
  static final class Values {

    private Values() {}

    record Fault(String type, String message, Map<String, Object> context) {}

    static Fault fault(@Nullable Class<?> wanted) {
      if (wanted == UUID.class) {
        return new Fault(
            "uuid_parsing",
            "Input should be a valid UUID",
            Map.of("error", "expected 32 hexadecimal digits in groups of 8-4-4-4-12"));
      }
      if (wanted != null && wanted.isEnum()) {
        String expected =
            Arrays.stream(wanted.getEnumConstants())
                .map(constant -> "'" + constant.toString().toLowerCase(Locale.ROOT) + "'")
                .collect(Collectors.joining(" or "));
        return new Fault("enum", "Input should be " + expected, Map.of("expected", expected));
      }
      return plain(wanted);
    }

    private static Fault plain(@Nullable Class<?> wanted) {
      String name = wanted == null ? "" : wanted.getSimpleName().toLowerCase(Locale.ROOT);
      return switch (name) {
        case "int", "integer", "long", "short" ->
            new Fault("int_parsing", "Input should be a valid integer", Map.of());
        case "double", "float" ->
            new Fault("float_parsing", "Input should be a valid number", Map.of());
        case "boolean" -> new Fault("bool_parsing", "Input should be a valid boolean", Map.of());
        case "string" -> new Fault("string_type", "Input should be a valid string", Map.of());
        case "list", "set" -> new Fault("list_type", "Input should be a valid list", Map.of());
        case "instant", "offsetdatetime", "localdate" ->
            new Fault("datetime_parsing", "Input should be a valid date and time", Map.of());
        default -> new Fault("dict_type", "Input should be a valid object", Map.of());
      };
    }
  }
}
