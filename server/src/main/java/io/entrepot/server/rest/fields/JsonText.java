// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Turns bytes into one JSON object, or says where they stop being one. */
public final class JsonText {

  /**
   * The smallest of things takes thirty times the room in memory that its text takes; with this
   * many the largest body allowed becomes some ten megabytes.
   */
  private static final long MOST_TOKENS = 250_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private static final JsonMapper STRICT =
      MAPPER.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /**
   * @param membersOnce whether an object that has a member twice is refused as broken text; else
   *     the last one counts
   * @throws InvalidFieldsException of type {@code missing} for no bytes, {@code json_invalid} with
   *     the position for broken text, {@code json_too_large} for text that goes too deep or holds
   *     too much, {@code model_attributes_type} for anything but an object
   */
  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> object(byte @Nullable [] bytes, boolean membersOnce) {
    if (bytes == null || bytes.length == 0) {
      throw whole("missing", "Field required", null);
    }
    Object value = read(membersOnce ? STRICT : MAPPER, bytes);
    if (!(value instanceof Map<?, ?> map)) {
      throw whole("model_attributes_type", "Input should be a valid JSON object", value);
    }
    if (!isText(map)) {
      throw invalid(0, "a string holds half a surrogate pair");
    }
    return (Map<String, @Nullable Object>) map;
  }

  private static @Nullable Object read(JsonMapper mapper, byte[] bytes) {
    try {
      return mapper.readValue(bytes, Object.class);
    } catch (StreamConstraintsException e) {
      throw refused("json_too_large", at(e), e.getOriginalMessage());
    } catch (JacksonException e) {
      throw invalid(at(e), e.getOriginalMessage());
    }
  }

  private static long at(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    return location == null ? 0 : Math.max(location.getByteOffset(), 0);
  }

  private static InvalidFieldsException invalid(long at, String reason) {
    return refused("json_invalid", at, reason);
  }

  private static InvalidFieldsException refused(String type, long at, String reason) {
    return new InvalidFieldsException(
        new FieldProblem(
            List.of(Long.toString(at)),
            type,
            "JSON decode error",
            Map.of(),
            Map.of("error", reason)));
  }

  private static InvalidFieldsException whole(String type, String message, @Nullable Object input) {
    return new InvalidFieldsException(new FieldProblem(List.of(), type, message, input, Map.of()));
  }

  /** Half a surrogate pair can be written in JSON, but not in UTF-8, so it could not be kept. */
  private static boolean isText(@Nullable Object value) {
    return switch (value) {
      case String text -> text.codePoints().noneMatch(JsonText::isSurrogate);
      case Map<?, ?> map ->
          isText(map.keySet()) && map.values().stream().allMatch(JsonText::isText);
      case Collection<?> list -> list.stream().allMatch(JsonText::isText);
      case null, default -> true;
    };
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
