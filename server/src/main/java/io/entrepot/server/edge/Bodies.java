// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a JSON body. */
final class Bodies {

  private Bodies() {}

  static LocatedProblem absent() {
    return new LocatedProblem(List.of("body"), "missing", "Field required", null, Map.of());
  }

  static LocatedProblem of(JacksonException failure) {
    if (failure instanceof MismatchedInputException mismatch) {
      return mismatch(mismatch);
    }
    return new LocatedProblem(
        List.of("body", offset(failure.getLocation())),
        "json_invalid",
        "JSON decode error",
        Map.of(),
        Map.of("error", reason(failure)));
  }

  private static String reason(JacksonException failure) {
    String text = failure.getOriginalMessage();
    return text == null ? "not JSON" : text;
  }

  private static Integer offset(@Nullable TokenStreamLocation location) {
    if (location == null) {
      return 0;
    }
    long offset = Math.max(location.getByteOffset(), location.getCharOffset());
    return Math.toIntExact(Math.clamp(offset, 0, Integer.MAX_VALUE));
  }

  private static LocatedProblem mismatch(MismatchedInputException failure) {
    if (failure.getPath().isEmpty() && failure.getTargetType() == null) {
      return absent();
    }
    List<Object> place = new ArrayList<>();
    place.add("body");
    for (JacksonException.Reference step : failure.getPath()) {
      place.add(step.getPropertyName() == null ? (Object) step.getIndex() : step.getPropertyName());
    }
    Parameters.Values.Fault fault = Parameters.Values.fault(failure.getTargetType());
    Object input = failure instanceof InvalidFormatException format ? format.getValue() : null;
    return new LocatedProblem(place, fault.type(), fault.message(), input, fault.context());
  }

  static List<LocatedProblem> of(MethodArgumentNotValidException failure) {
    return failure.getBindingResult().getFieldErrors().stream().map(Bodies::refused).toList();
  }

  private static LocatedProblem refused(FieldError error) {
    String message = String.valueOf(error.getDefaultMessage());
    boolean absent = error.getRejectedValue() == null;
    List<Object> place = new ArrayList<>(List.of("body"));
    place.addAll(List.of(error.getField().split("\\.")));
    return absent
        ? new LocatedProblem(place, "missing", "Field required", null, Map.of())
        : new LocatedProblem(place, "value_error", message, null, Map.of("reason", message));
  }
}
