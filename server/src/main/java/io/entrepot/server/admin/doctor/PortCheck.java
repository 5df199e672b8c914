// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.settings.DataDirectory;
import io.entrepot.server.settings.EntrepotSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.OptionalLong;

/** Whether the port can be listened on, or the running server answers on it. */
final class PortCheck implements Check {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final int OK = 200;

  private final EntrepotSettings settings;

  PortCheck(EntrepotSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "port";
  }

  @Override
  public Outcome look() throws IOException {
    OptionalLong holder = DataDirectory.holder(settings.data());
    return holder.isPresent() ? running(holder.getAsLong()) : stopped();
  }

  private Outcome running(long process) {
    boolean anywhere = settings.bind().equals("0.0.0.0") || settings.bind().equals("::");
    String host = anywhere ? "127.0.0.1" : settings.bind();
    URI health =
        URI.create(
            "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + settings.port()
                + "/health");
    return answers(health)
        ? Outcome.well()
        : Outcome.fault(
            "the server with process id %d does not answer at %s".formatted(process, health),
            "if it listens elsewhere, name that with --bind and --port; else logs/api.log says why");
  }

  private static boolean answers(URI health) {
    try {
      HttpURLConnection asked = (HttpURLConnection) health.toURL().openConnection();
      asked.setConnectTimeout(PATIENCE_MILLIS);
      asked.setReadTimeout(PATIENCE_MILLIS);
      return asked.getResponseCode() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  private Outcome stopped() throws IOException {
    try (ServerSocket _ =
        new ServerSocket(settings.port(), 1, InetAddress.getByName(settings.bind()))) {
      return Outcome.well();
    } catch (UnknownHostException _) {
      return Outcome.fault(
          "there is no address " + settings.bind() + " to listen on", "correct entrepot.bind");
    } catch (BindException e) {
      String why = String.valueOf(e.getMessage());
      return Outcome.fault(
          "port %d of %s cannot be listened on: %s"
              .formatted(settings.port(), settings.bind(), why),
          why.contains("in use")
              ? "stop the other program (ss -ltnp names it), or choose another port with --port"
              : "choose an address of this machine, and a port above 1023, with --bind and --port");
    }
  }
}
