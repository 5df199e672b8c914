// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was written about one operation.
 *
 * @param query each key with its schema; {@code required} in it says that it must be there
 * @param body empty where none is taken; else {@code properties}, {@code required}, {@code form}
 *     (true, or {@code both} where JSON is taken too), {@code optional} and {@code example}, which
 *     is put together from those of the properties where it is left out
 * @param answer empty where what the code returns says enough; else its {@code properties}
 * @param status of a good answer, where the code decides it when it runs
 */
record OperationText(
    String summary,
    Map<String, Map<String, Object>> query,
    Map<String, Object> body,
    Map<String, Object> answer,
    String status) {

  private static final String OK = "200";
  private static final String NO_CONTENT = "204";
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  @SuppressWarnings("unchecked")
  static OperationText of(Map<String, Object> written) {
    return new OperationText(
        (String) written.getOrDefault("summary", ""),
        (Map<String, Map<String, Object>>) written.getOrDefault("query", Map.of()),
        (Map<String, Object>) written.getOrDefault("body", Map.of()),
        (Map<String, Object>) written.getOrDefault("answer", Map.of()),
        String.valueOf(written.getOrDefault("status", OK)));
  }

  void describe(String method, Operation operation) {
    operation.setSummary(summary);
    operation.setParameters(parameters(operation.getParameters()));
    operation.setRequestBody(body.isEmpty() ? null : requestBody(method.equals("POST")));
    answered(operation.getResponses());
  }

  private void answered(ApiResponses responses) {
    if (!answer.isEmpty()) {
      MediaType media = new MediaType().schema(of(answer, true));
      responses.addApiResponse(
          OK, new ApiResponse().description("OK").content(new Content().addMediaType(JSON, media)));
    }
    ApiResponse good = status.equals(OK) ? null : responses.remove(OK);
    if (good != null) {
      responses.addApiResponse(status, status.equals(NO_CONTENT) ? good.content(null) : good);
    }
  }

  /** What the code says of a query is one map of anything, which helps nobody. */
  private List<Parameter> parameters(List<Parameter> found) {
    List<Parameter> parameters = new ArrayList<>();
    if (found != null) {
      found.stream().filter(one -> !"query".equals(one.getIn())).forEach(parameters::add);
    }
    query.forEach(
        (name, written) -> {
          Map<String, Object> schema = new LinkedHashMap<>(written);
          Object description = schema.remove("description");
          boolean required = Boolean.TRUE.equals(schema.remove("required"));
          parameters.add(
              new QueryParameter()
                  .name(name)
                  .description((String) description)
                  .required(required)
                  .schema(schema(schema)));
        });
    return parameters;
  }

  private RequestBody requestBody(boolean whole) {
    MediaType media = new MediaType().schema(of(body, whole)).example(example());
    Content content = new Content();
    Object form = body.getOrDefault("form", false);
    if (!form.equals(true)) {
      content.addMediaType(JSON, media);
    }
    if (!form.equals(false)) {
      content.addMediaType(FORM, media);
    }
    return new RequestBody().required(!body.containsKey("optional")).content(content);
  }

  /**
   * @param whole whether what is left out has a default; else it stays as it is
   */
  private static Schema<?> of(Map<String, Object> object, boolean whole) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>(properties(object));
    if (!whole) {
      properties.replaceAll((_, property) -> without("default", property));
    }
    schema.put("properties", properties);
    schema.put("required", object.getOrDefault("required", List.of()));
    return schema(schema);
  }

  private Object example() {
    Object whole = body.get("example");
    if (whole != null) {
      return whole;
    }
    Map<String, Object> example = new LinkedHashMap<>();
    for (Map.Entry<String, Object> property : properties(body).entrySet()) {
      if (property.getValue() instanceof Map<?, ?> written) {
        Object sample = written.get("example");
        if (sample != null) {
          example.put(property.getKey(), sample);
        }
      }
    }
    return example;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Map<String, Object> object) {
    return (Map<String, Object>) object.getOrDefault("properties", Map.of());
  }

  private static Object without(String key, Object property) {
    if (!(property instanceof Map<?, ?> written)) {
      return property;
    }
    Map<Object, Object> rest = new LinkedHashMap<>(written);
    rest.remove(key);
    return rest;
  }

  private static Schema<?> schema(Map<String, Object> written) {
    return Json31.mapper().convertValue(written, Schema.class);
  }
}
