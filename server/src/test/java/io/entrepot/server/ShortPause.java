// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.storage.decorator.Pause;
import java.time.Duration;
import org.springframework.context.support.GenericApplicationContext;

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

  /** Has a server wait so, when its settings ask for it. */
  static void add(GenericApplicationContext server) {
    if (server.getEnvironment().containsProperty(SETTING)) {
      server.registerBean(
          ShortPause.class, ShortPause::new, definition -> definition.setPrimary(true));
    }
  }
}
