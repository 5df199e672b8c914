// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.server.database.Database;
import io.entrepot.server.places.PlaceTools;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class AnswerWiring {

  @Bean
  Answers keptAnswers(Database database, PlaceTools tools, JsonMapper json) {
    return new Answers(database, tools, json);
  }

  @Bean
  AnswerRounds answerRounds(Answers answers) {
    return new AnswerRounds(answers);
  }
}
