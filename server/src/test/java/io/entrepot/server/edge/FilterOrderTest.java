// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

class FilterOrderTest {

  private static final List<String> IN_ORDER =
      List.of(
          "BehindProxy",
          "RequestIds",
          "RequestMeter",
          "OtherOrigins",
          "pathsWithSlash",
          "EarlyFilter",
          "springSecurityFilterChain");

  /** As the listener has them, not as they are declared. */
  @Test
  void whom_a_proxy_acts_for_is_known_before_anything_else_is_done() {
    ServletContext context = TestServer.shared().part(ServletContext.class);
    FilterMapping[] mappings =
        ServletContextHandler.getServletContextHandler(context)
            .getServletHandler()
            .getFilterMappings();

    assertThat(
            Stream.of(mappings)
                .flatMap(mapping -> IN_ORDER.stream().filter(mapping.getFilterName()::endsWith)))
        .containsExactlyElementsOf(IN_ORDER);
  }
}
