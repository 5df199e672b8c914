// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body, read as a stream or as text, ends in a {@code TOO_LARGE} failure once it
 * exceeds its limit. Fields of a form are counted by the container, which has a limit of its own.
 */
final class LimitedRequest extends HttpServletRequestWrapper {

  private final long limit;
  private @Nullable ServletInputStream body;
  private @Nullable BufferedReader text;

  LimitedRequest(HttpServletRequest request, long limit) {
    super(request);
    this.limit = limit;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new Counting(super.getInputStream(), limit);
    }
    return body;
  }

  /** Of the same bytes, so that they are counted too. */
  @Override
  public BufferedReader getReader() throws IOException {
    if (text == null) {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      text = new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }
    return text;
  }

  @FunctionalInterface
  private interface Fetch {
    int bytes() throws IOException;
  }

  private static final class Counting extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long left;

    Counting(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int read = fetched(body::read);
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = fetched(() -> body.read(into, offset, length));
      count(Math.max(read, 0));
      return read;
    }

    private static int fetched(Fetch fetch) throws IOException {
      try {
        return fetch.bytes();
      } catch (IOException e) {
        throw new BrokenBodyException(e);
      }
    }

    private void count(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw BodyLimits.exceeded(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
