// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.entrepot.server.health.Readiness;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, and whether it can work. */
@RestController
final class HealthController {

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  record Health(String status) {}

  /**
   * @param parts each part's name with {@code ok}, or with what is wrong with it
   */
  record Ready(String status, Map<String, String> parts) {}

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
  ResponseEntity<Ready> ready() {
    SequencedMap<String, Optional<String>> troubles = readiness.troubles();
    Map<String, String> states = new TreeMap<>();
    troubles.forEach((part, trouble) -> states.put(part, trouble.orElse("ok")));
    boolean well = troubles.values().stream().allMatch(Optional::isEmpty);
    return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new Ready(well ? "ok" : "unavailable", states));
  }
}
