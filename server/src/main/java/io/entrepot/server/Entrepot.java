// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.server.settings.DataDirectory;
import io.entrepot.server.settings.GivenSettings;
import java.net.InetAddress;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the server. */
@SpringBootApplication(
    exclude = {DataSourceAutoConfiguration.class, ValidationAutoConfiguration.class},
    // Two rooms may each have a class of the same simple name.
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class Entrepot {

  /** The exit code of a start that failed. */
  private static final int NOT_STARTED = 2;

  /** Its lines go to the log file only; the console is told in one line. */
  private static final String START_LOG = "io.entrepot.server.start";

  public static void main(String[] arguments) {
    ConfigurableApplicationContext context;
    try {
      context = start(arguments);
    } catch (SpringApplication.AbandonedRunException e) {
      throw e;
    } catch (Exception e) {
      LoggerFactory.getLogger(START_LOG).error("the server did not start", e);
      System.err.println("entrepot: " + StartFailure.explain(e));
      System.exit(NOT_STARTED);
      return;
    }
    System.out.println(readyLine(context));
  }

  /**
   * A running server, answering requests; close it to stop it.
   *
   * @param arguments settings, as {@code --entrepot.port=8000}
   */
  static ConfigurableApplicationContext start(String... arguments) {
    return start(_ -> {}, arguments);
  }

  /**
   * As {@link #start(String...)}, with other parts in place of the server's own.
   *
   * @param parts adds them
   */
  static ConfigurableApplicationContext start(
      ApplicationContextInitializer<GenericApplicationContext> parts, String... arguments) {
    Frame frame = new Frame();
    SpringApplication application = new SpringApplication(Entrepot.class);
    // Whoever calls: what the build wrote down of this class is used, where that is wanted.
    application.setMainApplicationClass(Entrepot.class);
    application.setDefaultProperties(GivenSettings.DEFAULTS);
    application.setLogStartupInfo(false);
    application.addListeners(frame);
    application.addInitializers(parts);
    try {
      return application.run(arguments);
    } catch (RuntimeException e) {
      frame.abandon();
      throw e;
    }
  }

  private static String readyLine(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    String address = environment.getProperty("server.address", "127.0.0.1");
    boolean anywhere = address.equals("0.0.0.0") || address.equals("::");
    String host = anywhere ? InetAddress.getLoopbackAddress().getHostAddress() : address;
    return "Entrepot is ready at http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + environment.getProperty("local.server.port")
        + "/ with its data in "
        + context.getBean(DataDirectory.class).root();
  }
}
