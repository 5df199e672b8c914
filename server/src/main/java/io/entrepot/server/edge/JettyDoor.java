// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.DataDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Jetty's settings: it lets unusual paths through, because refusing them in the words of their
 * family is done behind it, and what it must refuse itself it tells in JSON. About where a request
 * ends it is strict: a proxy in front that reads it otherwise would take one request for two.
 */
@Component
final class JettyDoor implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

  /** Measured: with Jetty's own value, opening 1,000 connections at once takes 15 seconds. */
  private static final int ACCEPT_QUEUE = 1024;

  private static final UriCompliance LENIENT =
      UriCompliance.from(UriCompliance.UNSAFE.getAllowed());

  private final ErrorWriter errors;
  private final RequestIds ids;
  private final SlowClients slow;
  private final Path temp;

  JettyDoor(ErrorWriter errors, RequestIds ids, SlowClients slow, DataDirectory data) {
    this.errors = errors;
    this.ids = ids;
    this.slow = slow;
    this.temp = data.temp();
  }

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.setDocumentRoot(folder("nothing-to-serve"));
    factory.addServerCustomizers(this::customize);
  }

  /** In the data directory, where the next start sweeps up what a killed server left. */
  private File folder(String name) {
    try {
      return Files.createDirectories(temp.resolve(name)).toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void customize(Server server) {
    server.setErrorHandler(new JettyErrors(errors, ids));
    server.setHandler(new Compression(server.getHandler()));
    for (Connector connector : server.getConnectors()) {
      slow.watch(connector);
      if (connector instanceof ServerConnector tcp) {
        tcp.setAcceptQueueSize(ACCEPT_QUEUE);
        AskedTargets.rememberAt(tcp);
      }
      HttpConfiguration http =
          connector
              .getConnectionFactory(HttpConfiguration.ConnectionFactory.class)
              .getHttpConfiguration();
      http.setUriCompliance(LENIENT);
      http.setHttpCompliance(HttpCompliance.STRICT);
    }
    for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
      context.getServletHandler().setDecodeAmbiguousURIs(true);
      context.setTempDirectory(folder("jetty"));
      context.setErrorHandler(new JettyErrors.OfServlets(errors, ids));
    }
  }
}
