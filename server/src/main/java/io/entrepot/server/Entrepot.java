// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** Starts the server. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class Entrepot {

  public static void main(String[] arguments) {
    SpringApplication.run(Entrepot.class, arguments);
  }
}
