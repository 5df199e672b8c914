// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.notices.outgoing.Call;
import io.entrepot.server.notices.outgoing.Outgoing;
import io.entrepot.server.notices.outgoing.Reply;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.OpenIdSettings;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Whether the provider that people sign in through answers, and is the one that is set. */
final class ProviderCheck implements Check {

  private static final int BODY_LIMIT = 1024 * 1024;

  private final EntrepotSettings settings;

  ProviderCheck(EntrepotSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "sign-in provider";
  }

  @Override
  public Outcome look() throws IOException {
    OpenIdSettings openid = settings.openid();
    if (!openid.isSet()) {
      return Outcome.notApplicable("entrepot.openid.issuer is not set");
    }
    try (Outgoing outgoing = new Outgoing(openid.reachable(settings.outgoing()), BODY_LIMIT)) {
      Reply reply = outgoing.send(Call.get(openid.description()));
      return reply instanceof Reply.Answered answer && answer.isGood()
          ? judge(openid, answer.body())
          : Outcome.fault(
              openid.description() + ": " + reply.words(),
              "set entrepot.openid.issuer to the provider's address, and let this machine reach it");
    }
  }

  private static Outcome judge(OpenIdSettings openid, String description) {
    String itself;
    try {
      itself = new JsonMapper().readTree(description).path("issuer").asString("");
    } catch (JacksonException _) {
      itself = "";
    }
    return itself.equals(openid.issuer())
        ? Outcome.well()
        : Outcome.fault(
            openid.issuer() + " calls itself \"" + itself + "\", so nobody can sign in",
            "set entrepot.openid.issuer to exactly that, or to another provider");
  }
}
