// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer of a server to bytes that no client had a hand in, read by the letter. */
public record RawAnswer(int status, String head, String body) {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final String HOME = "127.0.0.1";
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: ([0-9]+)\\s*$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: chunked\\s*$");
  private static final Pattern BODILESS = Pattern.compile("1..|204|304");

  /** Sends these bytes and no more, and waits for the end of the connection. */
  public static String exchange(int port, byte[] request) throws IOException {
    return exchange(HOME, port, request, true);
  }

  /**
   * As the other.
   *
   * @param from the address of this machine that it comes from
   * @param ending whether the server is told that nothing more will come
   */
  public static String exchange(String from, int port, byte[] request, boolean ending)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(HOME, port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        if (ending) {
          socket.shutdownOutput();
        }
      } catch (SocketException _) {
        // The server has answered and closed before it read everything: the answer counts.
      }
      return read(socket.getInputStream());
    }
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException _) {
      // Closed with our unread bytes on the way: what came before it counts.
    }
    return text.toString();
  }

  /**
   * Every answer in what came.
   *
   * @throws AssertionError when something in it is none
   */
  public static List<RawAnswer> all(String text) {
    List<RawAnswer> answers = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf("\r\n\r\n", at);
      if (end < 0 || !text.startsWith("HTTP/1.1 ", at)) {
        throw new AssertionError("this is no answer: " + text.substring(at));
      }
      String head = text.substring(at, end);
      int next = end(text, end + 4, head);
      int status = Integer.parseInt(head.substring(9, 12));
      answers.add(new RawAnswer(status, head, text.substring(end + 4, next)));
      at = next;
    }
    return answers;
  }

  /** Where the body ends; one that was cut off ends with the text. */
  private static int end(String text, int begin, String head) {
    if (BODILESS.matcher(head.substring(9, 12)).matches()) {
      return begin;
    }
    if (CHUNKED.matcher(head).find()) {
      int end = text.indexOf("\r\n0\r\n\r\n", begin - 2);
      return end < 0 ? text.length() : end + 7;
    }
    Matcher length = LENGTH.matcher(head);
    return length.find()
        ? Math.min(text.length(), begin + Integer.parseInt(length.group(1)))
        : text.length();
  }

  /** The first answer. */
  public static RawAnswer first(String text) {
    List<RawAnswer> answers = all(text);
    if (answers.isEmpty()) {
      throw new AssertionError("closed without an answer");
    }
    return answers.getFirst();
  }

  /** Whether a word of a stack trace or the maker of the listener shows. */
  public boolean isTalkative() {
    return head.toLowerCase(Locale.ROOT).contains("\nserver:")
        || Pattern.compile("Exception|\\bat (io|org|java)\\.|Caused by").matcher(body).find();
  }
}
