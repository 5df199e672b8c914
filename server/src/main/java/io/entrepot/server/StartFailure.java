// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.settings.RefusedStartException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.yaml.snakeyaml.error.YAMLException;

/** Why the server did not start, in one line that says what to do. */
final class StartFailure {

  private static final int LONGEST = 400;

  private StartFailure() {}

  static String explain(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String known = known(cause);
      if (!known.isEmpty()) {
        return known;
      }
      root = cause;
    }
    return oneLine(root.getClass().getSimpleName() + ": " + root.getMessage());
  }

  private static String known(Throwable failure) {
    return switch (failure) {
      case RefusedStartException e -> oneLine(e.getMessage());
      case EntrepotException e -> oneLine(e.getMessage());
      case PortInUseException e ->
          "port "
              + e.getPort()
              + " is in use by another program; stop it, or choose another with --entrepot.port";
      case UnresolvedAddressException _ -> unusableAddress("no such host");
      case SocketException e -> unusableAddress(oneLine(e.getMessage()));
      case UnboundConfigurationPropertiesException e ->
          "unknown setting: "
              + e.getUnboundProperties().stream()
                  .map(StartFailure::named)
                  .sorted()
                  .collect(Collectors.joining(", "));
      case BindException e when deepest(e) instanceof IllegalArgumentException reason ->
          e.getName() + ": " + oneLine(reason.getMessage());
      case YAMLException e -> "the configuration file is not YAML: " + oneLine(e.getMessage());
      case FlywayException e when String.valueOf(e.getMessage()).contains("not resolved locally") ->
          "the database was made by a newer version of Entrepot; start that version, or restore a"
              + " backup";
      default -> "";
    };
  }

  private static String unusableAddress(String reason) {
    return "cannot listen on the address given with --entrepot.bind: " + reason;
  }

  private static String named(ConfigurationProperty property) {
    return property.getName()
        + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String oneLine(@Nullable String text) {
    String line = String.valueOf(text).strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
