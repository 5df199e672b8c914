// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether the certificate of the address that browsers use is good for some time to come. */
final class CertificateCheck implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Those that renew themselves do so earlier. */
  private static final Duration NOTICE = Duration.ofDays(7);

  private static final String REMEDY =
      "renew it where TLS ends (certbot renew, or the proxy's own way) and reload the proxy";

  private final Frontage frontage;
  private final InstantSource clock;

  CertificateCheck(Frontage frontage, InstantSource clock) {
    this.frontage = frontage;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public Outcome look() throws IOException {
    if (!frontage.isTls()) {
      return Outcome.notApplicable(
          "TLS ends in a proxy; name its address, as https://…, with --url");
    }
    HttpResponse<InputStream> answer = frontage.get("/health", PATIENCE);
    answer.body().close();
    return answer.sslSession().isEmpty()
        ? Outcome.notApplicable("no certificate was shown")
        : judge(answer.sslSession().get().getPeerCertificates());
  }

  private Outcome judge(Certificate[] chain) {
    Instant now = clock.instant();
    for (Certificate link : chain) {
      if (link instanceof X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now.plus(NOTICE))) {
          return Outcome.fault(
              "the certificate of %s %s on %s"
                  .formatted(
                      certificate.getSubjectX500Principal().getName(),
                      end.isBefore(now) ? "expired" : "expires",
                      end),
              REMEDY);
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
          return Outcome.fault(
              "the certificate of %s is not valid before %s"
                  .formatted(
                      certificate.getSubjectX500Principal().getName(),
                      certificate.getNotBefore().toInstant()),
              "check the clock, or put the right certificate in place");
        }
      }
    }
    return Outcome.well();
  }
}
