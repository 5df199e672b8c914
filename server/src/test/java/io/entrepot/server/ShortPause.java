// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.storage.decorator.Pause;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Waits a twentieth of the time, so that a test need not sit out every repetition against a server
 * that is not there. How often is asked again stays as it is.
 */
public final class ShortPause implements Pause {

  private static final int SHARE = 20;

  private static final String SETTING = "spring.entrepot-short-pause";

  /** The argument for a server that waits so. */
  public static final String ON = "--" + SETTING + "=true";

  @Override
  public void of(Duration time) throws InterruptedException {
    Pause.SLEEP.of(time.dividedBy(SHARE));
  }

  /** Found by the scan of the server's packages when the tests are on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(SETTING)
  static class Wiring {
    @Bean
    @Primary
    ShortPause shortPause() {
      return new ShortPause();
    }
  }
}
