// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonArrayTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final JsonArray array = JsonArray.into(response(), JsonMapper.shared());

  @Test
  void a_finished_list_is_whole_json() {
    array.add(Map.of("a", 1));
    array.add(Map.of("a", 2));
    array.finish();
    assertThat(text()).isEqualTo("[{\"a\":1},{\"a\":2}]");
  }

  @Test
  void a_list_that_was_broken_off_is_never_a_shorter_list() {
    for (int i = 0; i < 10_000; i++) {
      array.add(Map.of("a", i));
    }
    assertThat(text()).startsWith("[{").doesNotContain("]");
  }

  private String text() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  private HttpServletResponse response() {
    ServletOutputStream out =
        new ServletOutputStream() {
          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setWriteListener(WriteListener listener) {}

          @Override
          public void write(int b) {
            sent.write(b);
          }
        };
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, method, _) -> method.getName().equals("getOutputStream") ? out : null);
  }
}
