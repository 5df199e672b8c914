// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.entrepot.server.health.HealthPart;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, and whether it can work. */
@RestController
final class HealthController {

  private final List<HealthPart> parts;

  HealthController(List<HealthPart> parts) {
    this.parts = parts;
  }

  record Health(String status) {}

  /**
   * @param parts each part's name with {@code ok}, or with what is wrong with it
   */
  record Readiness(String status, Map<String, String> parts) {}

  @Operation(summary = "Whether the server is alive", operationId = "health")
  @GetMapping(
      value = {"/health", "/livez", "/healthz"},
      produces = "application/json")
  Health health() {
    return new Health("ok");
  }

  @Operation(
      summary = "Whether every part the server needs is working; 503 when one is not",
      operationId = "readiness")
  @GetMapping(
      value = {"/health/ready", "/readyz"},
      produces = "application/json")
  ResponseEntity<Readiness> ready() {
    Map<String, String> states = new TreeMap<>();
    boolean well = true;
    for (HealthPart part : parts) {
      String trouble = part.trouble().orElse("ok");
      states.put(part.name(), trouble);
      well &= trouble.equals("ok");
    }
    return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new Readiness(well ? "ok" : "unavailable", states));
  }
}
