// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.entrepot.server.edge.Access;
import io.entrepot.server.edge.Endpoint;
import io.entrepot.server.edge.Endpoints;
import io.entrepot.server.edge.Family;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Completes {@code /openapi.json}: from the endpoint table who may call and what can go wrong, and
 * from what was written what it is for and what has to be sent.
 */
@Configuration(proxyBeanMethods = false)
class Documentation {

  private static final String BEARER = "bearer";
  private static final String COOKIE = "cookie";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Entrepot")
                .version("0.1")
                .description("Brings data in, proves every byte, keeps it and moves it.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecuritySchemes(
                    COOKIE,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("streamweave_auth")));
  }

  @Bean
  OpenApiCustomizer answersOfTheChains() {
    return api -> {
      // Read when somebody asks for the description, not when the server starts.
      OperationTexts texts = OperationTexts.read();
      api.getPaths()
          .forEach(
              (path, item) ->
                  item.readOperationsMap()
                      .forEach(
                          (method, operation) -> complete(texts, path, method.name(), operation)));
    };
  }

  private static void complete(
      OperationTexts texts, String path, String method, Operation operation) {
    Optional<Endpoint> row = Endpoints.find(method, path.replace("{", "").replace("}", ""));
    Family family = Family.ofPath(path.replace("{", "").replace("}", ""));
    operation.setTags(List.of(topic(path)));
    if (operation.getResponses() == null) {
      operation.setResponses(new ApiResponses());
    }
    texts.of(method, path).ifPresent(text -> text.describe(method, operation));
    row.filter(found -> found.takesIdempotencyKey(method))
        .ifPresent(_ -> takesKey(family, operation));
    row.map(Endpoint::access)
        .filter(access -> access != Access.PUBLIC)
        .ifPresent(access -> closed(family, access, operation));
    if (path.contains("{")) {
      add(family, operation, "404", "No such thing, or none that the caller may see");
    }
    if (path.contains("{") || !method.equals("GET")) {
      add(family, operation, "422", "A value in the path, the query or the body is refused");
    }
    add(family, operation, "500", "A fault of the server; the body names the request");
  }

  /** What an endpoint is about: the first word of its path that is a name. */
  private static String topic(String path) {
    return Stream.of(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("api") && !part.equals("prefect"))
        .findFirst()
        .map(part -> part.startsWith("ark:") ? "ark" : part)
        .orElse("site");
  }

  private static void takesKey(Family family, Operation operation) {
    operation.addParametersItem(
        new HeaderParameter()
            .name("Idempotency-Key")
            .description(
                "Of your own choice: for 24 hours the same request with it has no second effect and"
                    + " gets the first answer again")
            .schema(new Schema<>().types(Set.of("string")).minLength(1).maxLength(255)));
    add(family, operation, "400", "The request or its Idempotency-Key is malformed");
    add(family, operation, "409", "In the way of what is there, or still being carried out");
  }

  private static void closed(Family family, Access access, Operation operation) {
    operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    operation.addSecurityItem(new SecurityRequirement().addList(COOKIE));
    add(family, operation, "401", "No valid credential");
    add(
        family,
        operation,
        "403",
        switch (access) {
          case PUBLIC, SIGNED_IN, SIGNED_IN_OR_LOCAL -> "The API key is not good for this";
          case LOGIN -> "No API key can do this";
          case ADMIN, SUPERUSER, MONITOR -> "The caller is not an administrator";
          case ADMIN_LOGIN, SUPERUSER_LOGIN ->
              "The caller is not an administrator who signed in; no API key can do this";
        });
  }

  private static void add(Family family, Operation operation, String status, String description) {
    operation
        .getResponses()
        .putIfAbsent(
            status,
            new ApiResponse()
                .description(description)
                .content(
                    new Content()
                        .addMediaType(
                            "application/json", new MediaType().schema(error(family, status)))));
  }

  private static Schema<?> error(Family family, String status) {
    return switch (family) {
      case BACKUP ->
          object()
              .addProperty("status", text())
              .addProperty(
                  "error",
                  object()
                      .addProperty("code", text())
                      .addProperty("message", text())
                      .addProperty("details", object()));
      case SYNC -> object().addProperty("error", text()).addProperty("detail", text());
      case WORKSPACES, QUERY ->
          object().addProperty("error", text()).addProperty("message", text());
      case SESSION -> object().addProperty("message", text()).addProperty("error_code", text());
      case HARVEST, SCHEDULES, DAV, PAGES, SITE, NONE -> detail(status);
    };
  }

  private static Schema<Object> object() {
    Schema<Object> schema = new Schema<>();
    schema.setType("object");
    return schema;
  }

  private static Schema<Object> text() {
    Schema<Object> schema = new Schema<>();
    schema.setType("string");
    return schema;
  }

  private static Schema<?> detail(String status) {
    Schema<Object> detail =
        status.equals("422")
            ? new Schema<>().type("array").items(new Schema<>().type("object"))
            : new Schema<>().type("string");
    return new Schema<>().type("object").addProperty("detail", detail);
  }
}
