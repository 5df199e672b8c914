// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import io.entrepot.server.metrics.TimeTaken;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** What it costs to find out, for each request, who sends it. */
@Component
final class CredentialMeter implements MetricSource {

  private final TimeTaken checking;

  CredentialMeter(InstantSource clock) {
    this.checking = new TimeTaken(clock);
  }

  TimeTaken checking() {
    return checking;
  }

  @Override
  public void write(MetricText out) {
    checking.write(
        out.summary(
            "entrepot_credential_seconds", "How long it took to find out who sends a request."));
  }
}
