// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a page is sent is text that can be kept: nothing typed holds the character NUL, which no
 * database takes alike.
 */
@Component
final class PageText implements HandlerInterceptor, WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/ui/**");
  }

  /**
   * @throws InvalidFieldsException naming the field
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (Arrays.stream(values).anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw new InvalidFieldsException(
                    FieldProblem.of(
                        name.replace("\0", ""),
                        "value_error",
                        "The character NUL is not allowed.",
                        null));
              }
            });
    return true;
  }
}
