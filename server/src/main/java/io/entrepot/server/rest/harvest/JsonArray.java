// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes a list of any length into a response, item by item, as one JSON array. */
final class JsonArray {

  private final JsonMapper mapper;
  private final JsonGenerator generator;

  private JsonArray(JsonMapper mapper, JsonGenerator generator) {
    this.mapper = mapper;
    this.generator = generator;
  }

  static JsonArray into(HttpServletResponse response, JsonMapper mapper) {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try {
      JsonGenerator generator = mapper.createGenerator(response.getOutputStream());
      generator.writeStartArray();
      return new JsonArray(mapper, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Object item) {
    mapper.writeValue(generator, item);
  }

  /** Ends the array; one that is not ended is no JSON, so a failure is never a shorter list. */
  void finish() {
    generator.writeEndArray();
    generator.flush();
  }
}
