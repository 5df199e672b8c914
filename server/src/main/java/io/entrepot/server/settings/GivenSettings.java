// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Makes the tree of settings of what an operator gave. */
public final class GivenSettings {

  /** Only our own settings count, never an application.yaml that happens to lie about. */
  public static final Map<String, Object> DEFAULTS =
      Map.of("spring.config.location", "classpath:/application.yaml");

  private GivenSettings() {}

  /**
   * As a server with these arguments would read them, without starting one.
   *
   * @throws RuntimeException of the kinds that a start fails with
   */
  public static EntrepotSettings read(String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
    environment.getPropertySources().addLast(new MapPropertySource("defaults", DEFAULTS));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return of(environment);
  }

  /** The settings of an environment that has read its files. */
  public static EntrepotSettings of(ConfigurableEnvironment environment) {
    EntrepotSettings settings =
        Binder.get(environment)
            .bindOrCreate(
                "entrepot",
                Bindable.of(EntrepotSettings.class),
                new NoUnboundElementsBindHandler(
                    BindHandler.DEFAULT,
                    source ->
                        !(source.getUnderlyingSource()
                            instanceof SystemEnvironmentPropertySource)));
    if (settings.config() != null && !Files.isReadable(settings.config())) {
      throw new RefusedStartException(
          "entrepot.config: the file " + settings.config() + " is missing or cannot be read");
    }
    Path secret = settings.openid().clientSecretFile();
    if (secret != null && !Files.isReadable(secret)) {
      throw new RefusedStartException(
          "entrepot.openid.client-secret-file: the file "
              + secret
              + " is missing or cannot be read");
    }
    return settings;
  }
}
