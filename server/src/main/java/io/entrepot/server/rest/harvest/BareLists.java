// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Takes the envelope off a list for a client that asks for {@link #TYPE}. */
@RestControllerAdvice(basePackageClasses = BareLists.class)
class BareLists implements ResponseBodyAdvice<Object> {

  static final MediaType TYPE = MediaType.valueOf("application/vnd.entrepot.list+json");

  @Override
  public boolean supports(
      MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
    return method.getParameterType() == ListEnvelope.class;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter method,
      MediaType chosen,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    return body instanceof ListEnvelope<?>(List<?> items, _, _, _) && TYPE.isCompatibleWith(chosen)
        ? items
        : body;
  }
}
