// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.secrets.SecretBox;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class AnswerWiring {

  @Bean
  Answers keptAnswers(
      Database database, SecretBox secrets, IdSource ids, InstantSource clock, JsonMapper json) {
    return new Answers(database, secrets, ids, clock, json);
  }

  @Bean
  AnswerRounds answerRounds(Answers answers) {
    return new AnswerRounds(answers);
  }
}
