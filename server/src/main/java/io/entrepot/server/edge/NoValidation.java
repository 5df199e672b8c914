// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Bodies are checked where they are read, so the framework's validator has nothing to do; making
 * one would cost start-up time and memory.
 */
@Component
final class NoValidation implements WebMvcConfigurer, Validator {

  @Override
  public Validator getValidator() {
    return this;
  }

  @Override
  public boolean supports(Class<?> type) {
    return false;
  }

  @Override
  public void validate(Object target, Errors errors) {
    throw new UnsupportedOperationException("nothing is validated here");
  }
}
