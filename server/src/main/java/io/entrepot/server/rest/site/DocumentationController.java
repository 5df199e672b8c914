// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two viewers of {@code /openapi.json}. */
@RestController
@Hidden
final class DocumentationController {

  @GetMapping({"/docs", "/swagger"})
  ResponseEntity<Resource> docs() {
    return page("documentation/docs.html");
  }

  @GetMapping("/redoc")
  ResponseEntity<Resource> redoc() {
    return page("documentation/redoc.html");
  }

  private static ResponseEntity<Resource> page(String resource) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .body(new ClassPathResource(resource));
  }
}
