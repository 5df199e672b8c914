// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import io.entrepot.server.settings.EntrepotSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class OpenIdWiring {

  @Bean
  OpenId openId(EntrepotSettings settings, SecureRandom random, InstantSource clock) {
    return new OpenId(settings, random, clock);
  }
}
