// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.secrets;

import io.entrepot.server.settings.EntrepotSettings;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecretsWiring {

  @Bean
  SecretBox secretBox(EntrepotSettings settings, SecureRandom random) {
    SecretKeys keys =
        SecretKeys.open(settings.data().resolve("keys").resolve("secrets.key"), random);
    return new SecretBox(keys, random);
  }
}
