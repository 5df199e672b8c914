// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.server.settings.DataDirectory;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.GivenSettings;
import io.entrepot.server.settings.RefusedStartException;
import io.entrepot.server.settings.SettingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * What has to be right before anything is built: the settings, and a data directory of our own.
 *
 * <p>Runs after the configuration file was read and before logging is set up, because the log lies
 * in the data directory.
 */
final class Frame implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final List<String> FILE_KEYS = List.of("entrepot.", "logging.level.");
  private static final List<String> ARGUMENT_KEYS =
      List.of("entrepot.", "logging.", "spring.", "server.", "debug");

  private @Nullable DataDirectory data;

  @Override
  public int getOrder() {
    return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    refuseUnknownNames(environment);
    EntrepotSettings settings = GivenSettings.of(environment);
    DataDirectory claimed = DataDirectory.claim(settings.data());
    data = claimed;
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "data directory", Map.of("logging.file.path", claimed.logs().toString())));
    event
        .getSpringApplication()
        .addInitializers(context -> give(claimed, (GenericApplicationContext) context));
  }

  /** As a thing that is there, not as a definition: the build could not write one down. */
  private static void give(DataDirectory claimed, GenericApplicationContext context) {
    String name = "dataDirectory";
    context.getDefaultListableBeanFactory().registerSingleton(name, claimed);
    context.getDefaultListableBeanFactory().registerDisposableBean(name, claimed::close);
  }

  /** Gives up what was taken, when the start failed half-way. */
  void abandon() {
    if (data != null) {
      try {
        data.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void refuseUnknownNames(ConfigurableEnvironment environment) {
    SettingNames.unknownVariable(environment.getSystemEnvironment().keySet())
        .ifPresent(
            name -> {
              throw new RefusedStartException(
                  "the environment variable " + name + " is not a setting; remove or correct it");
            });
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof CommandLinePropertySource<?> arguments) {
        refuse(arguments, ARGUMENT_KEYS, "on the command line");
      } else if (source instanceof OriginTrackedMapPropertySource file
          && file.getName().contains("'file [")) {
        refuse(file, FILE_KEYS, "in " + file.getName());
      }
    }
  }

  private static void refuse(EnumerablePropertySource<?> source, List<String> known, String where) {
    for (String name : source.getPropertyNames()) {
      if (known.stream().noneMatch(name::startsWith)) {
        throw new RefusedStartException("\"" + name + "\" " + where + " is not a setting");
      }
    }
  }
}
