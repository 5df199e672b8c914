// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Packs pages, their assets and lists for callers that can unpack them.
 *
 * <p>Only what is read with GET: a secret is shown in the answer to the request that made it, and
 * its length must not tell of it, as it could not of the token in a form, which is masked anew in
 * every page. Never a part of something, an event stream, or the content of files, which counts
 * byte for byte. What callers send is not unpacked, for limits count what was sent.
 */
@SuppressWarnings("deprecation") // What replaces it is a library of its own; this one is there.
final class Compression extends GzipHandler {

  /** Less than fits into one packet anyway. */
  private static final int LEAST_BYTES = 1024;

  private static final List<String> TYPES =
      List.of(
          "text/html",
          "text/css",
          "text/javascript",
          "application/javascript",
          "application/json",
          "application/vnd.entrepot.list+json",
          "image/svg+xml");

  Compression(Handler inner) {
    super(inner);
    setMinGzipSize(LEAST_BYTES);
    setIncludedMethods(HttpMethod.GET.name());
    setIncludedMimeTypes(TYPES.toArray(String[]::new));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean packable =
        HttpMethod.GET.is(request.getMethod()) && !request.getHeaders().contains(HttpHeader.RANGE);
    return packable
        ? super.handle(request, response, callback)
        : getHandler().handle(request, response, callback);
  }
}
