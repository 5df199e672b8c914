// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections that remember which target was asked for. One that Jetty cannot read it replaces by
 * an address of its own, so that nobody could tell whose words to refuse it in.
 */
final class AskedTargets extends HttpConnectionFactory {

  /** So much tells the door; a connection that waits for its next request keeps it. */
  private static final int ENOUGH = 512;

  private AskedTargets(HttpConfiguration settings) {
    super(settings);
  }

  /** From now on the new connections of this door do. */
  static void rememberAt(AbstractConnector door) {
    HttpConnectionFactory before = door.getConnectionFactory(HttpConnectionFactory.class);
    AskedTargets ours = new AskedTargets(before.getHttpConfiguration());
    ours.setInputBufferSize(before.getInputBufferSize());
    ours.setTransferEncodingChunkMaxLength(before.getTransferEncodingChunkMaxLength());
    door.setConnectionFactories(
        door.getConnectionFactories().stream()
            .map(factory -> factory == before ? ours : factory)
            .toList());
  }

  /** The beginning of it, as it was sent; where none was read, what Jetty has in its place. */
  static String of(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof Remembering ours
            && ours.asked != null
        ? ours.asked
        : String.valueOf(request.getHttpURI().getPath());
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection = new Remembering(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private static final class Remembering extends HttpConnection {

    /** Written and read by whoever reads and answers the one request that is under way. */
    private volatile @Nullable String asked;

    Remembering(HttpConfiguration settings, Connector connector, EndPoint endPoint) {
      super(settings, connector, endPoint);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new RequestHandler() {
        @Override
        public void messageBegin() {
          asked = null;
          super.messageBegin();
        }

        @Override
        public void startRequest(String method, String target, HttpVersion version) {
          asked = target.substring(0, Math.min(target.length(), ENOUGH));
          super.startRequest(method, target, version);
        }
      };
    }
  }
}
