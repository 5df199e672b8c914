// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.entrepot.server.notices.outgoing.Call;
import io.entrepot.server.notices.outgoing.Outgoing;
import io.entrepot.server.notices.outgoing.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests to the provider, as its library words them, through the one caller of the house. */
final class Calls implements ResourceRetriever, AutoCloseable {

  /** The keys of a large provider, or a token with hundreds of groups, and room to spare. */
  private static final int BODY_LIMIT = 1024 * 1024;

  private static final String JSON = "application/json";

  private final Outgoing outgoing;

  /**
   * @param allowed what may be called though it is not public
   */
  Calls(List<String> allowed) {
    this.outgoing = new Outgoing(allowed, BODY_LIMIT);
  }

  /**
   * The text at an address.
   *
   * @throws IOException when there is none to be had; the message is a sentence
   */
  String text(URI address) throws IOException {
    Reply.Answered answer = answer(Call.get(address).with("Accept", JSON));
    if (!answer.isGood()) {
      throw new IOException(address + ": " + answer.words());
    }
    return answer.body();
  }

  /** Sends a request of the library's and gives the library the answer, good or not. */
  HTTPResponse send(HTTPRequest request) throws IOException, ParseException {
    Map<String, String> headers = new LinkedHashMap<>();
    request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.put("Accept", JSON);
    String body = request.getBody() == null ? "" : request.getBody();
    String method = request.getMethod().name();
    Reply.Answered answer = answer(new Call(method, request.getURI(), headers, body));
    HTTPResponse response = new HTTPResponse(answer.status());
    response.setContentType(JSON);
    response.setBody(answer.body());
    return response;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    try {
      return new Resource(text(url.toURI()), JSON);
    } catch (URISyntaxException e) {
      throw new IOException(url + " is no address", e);
    }
  }

  private Reply.Answered answer(Call call) throws IOException {
    return switch (outgoing.send(call)) {
      case Reply.Answered answered -> answered;
      case Reply other -> throw new IOException(other.words());
    };
  }

  @Override
  public void close() throws IOException {
    outgoing.close();
  }
}
