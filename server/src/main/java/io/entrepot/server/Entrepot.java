// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the server. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class Entrepot {

  public static void main(String[] arguments) {
    start(arguments);
  }

  /**
   * A running server, answering requests; close it to stop it.
   *
   * @param arguments settings, as {@code --entrepot.port=8000}
   */
  static ConfigurableApplicationContext start(String... arguments) {
    return new SpringApplication(Entrepot.class).run(arguments);
  }
}
