// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Makes requests that are not quite HTTP, of each kind in turn. */
final class MalformedRequests {

  /** A host that no answer may repeat. */
  static final String ELSEWHERE = "elsewhere.example";

  private static final int MEGABYTE = 1024 * 1024;
  private static final String LINE = "\r\n";

  /** What has to become of a request. */
  enum Rule {
    /** Where it ends is anybody's guess: refused, and nothing behind it is looked at. */
    ENDS,
    /** Refused. */
    REFUSED,
    /** Odd and not wrong: its odd part has no effect. */
    PLAIN
  }

  /**
   * A request, and what may stand behind it.
   *
   * @param name its kind, and what is odd about it
   * @param behind who would have an account, if what stands behind it were done
   */
  record Case(String name, byte[] bytes, Rule rule, String behind) {

    String firstLine() {
      return new String(bytes, ISO_8859_1).split("\r\n", 2)[0];
    }
  }

  private final Random random;
  private final List<Function<String, Case>> kinds =
      List.of(
          this::lengthAndChunks,
          this::oddTransferEncoding,
          this::twoLengths,
          this::oddLength,
          this::badChunk,
          this::bareLineFeed,
          this::foldedLine,
          this::oldVersion,
          this::unknownVersion,
          this::absoluteTarget,
          this::oddTarget,
          this::oddHost,
          this::longHeader,
          this::manyHeaders,
          this::longLine,
          this::partialBody,
          this::overriddenMethod,
          this::unknownMethod,
          this::upgrade,
          this::oddHeader,
          this::expectation,
          this::noise,
          this::mutation);

  private int made;
  private String smuggled = "";

  MalformedRequests(Random random) {
    this.random = random;
  }

  int kinds() {
    return kinds.size();
  }

  Case next() {
    smuggled = "smuggled" + made + "-" + Long.toHexString(random.nextLong()) + "@lab.example";
    return kinds.get(made++ % kinds.size()).apply(registration(smuggled));
  }

  /** A whole and proper request. */
  static String registration(String email) {
    String json = "{\"email\":\"" + email + "\",\"password\":\"a long password\"}";
    return "POST /auth/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + ("Content-Length: " + json.length())
        + "\r\n\r\n"
        + json;
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Case made(String name, String text, Rule rule) {
    String shown = name.length() > 200 ? name.substring(0, 200) : name;
    return new Case(shown.replaceAll("[^ -~]", "?"), text.getBytes(ISO_8859_1), rule, smuggled);
  }

  /** The first line and the host of something that takes a body, or is refused before it. */
  private String post() {
    return any(
            "POST /auth/register",
            "POST /api/auth/login",
            "POST /auth/jwt/login",
            "POST /ui/login",
            "POST /api/instruments",
            "PUT /api/v1/auth/local/session",
            "PATCH /users/me",
            "POST /no/such/place")
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: "
        + any("application/json", "application/x-www-form-urlencoded")
        + LINE;
  }

  private String get() {
    return any("GET /health", "GET /api/files", "GET /ui/login", "GET /openapi.json", "GET /docs");
  }

  private String chunked() {
    return any("chunked", "Chunked", "CHUNKED", "chunked ", "\tchunked", "identity, chunked");
  }

  private Case lengthAndChunks(String behind) {
    String body = any("0\r\n\r\n", "5\r\nabcde\r\n0\r\n\r\n", "abc");
    int length = List.of(0, 3, 5, body.length(), body.length() + behind.length()).get(random(5));
    String sized = "Content-Length: " + length + LINE;
    String coded = "Transfer-Encoding: " + chunked() + LINE;
    String head = random.nextBoolean() ? sized + coded : coded + sized;
    return made("length and chunks, " + head, post() + head + LINE + body + behind, Rule.ENDS);
  }

  private int random(int bound) {
    return random.nextInt(bound);
  }

  private Case oddTransferEncoding(String behind) {
    String odd =
        any(
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding:\u0000chunked",
            "\u0000Transfer-Encoding: chunked",
            " Transfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked",
            "Transfer-Encoding: cow",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: ");
    boolean sized = random.nextBoolean();
    String head = odd + LINE + (sized ? "Content-Length: 5\r\n" : "");
    return made(
        "transfer encoding, " + head, post() + head + LINE + "0\r\n\r\n" + behind, Rule.ENDS);
  }

  private Case twoLengths(String behind) {
    String first = any("0", "3", "5");
    String second = any("0", "5", "44", Integer.toString(behind.length() + 5));
    String head =
        random.nextBoolean()
            ? "Content-Length: " + first + "\r\nContent-Length: " + second
            : "Content-Length: " + first + any(",", ", ", " ", ";", "\t") + second;
    return made("two lengths, " + head, post() + head + "\r\n\r\nabcde" + behind, Rule.ENDS);
  }

  private Case oddLength(String behind) {
    String length =
        any(
            "+5",
            "-1",
            "-5",
            "0x5",
            "5 5",
            "5,",
            "5;a",
            "1e1",
            "5.0",
            "\u00b5",
            "five",
            "",
            "''",
            "9223372036854775808",
            "18446744073709551621",
            "4294967301x",
            "5\u0000",
            "\u00005",
            "5\u000b",
            "\"5\"",
            "05 ",
            "- 5",
            "99999999999999999999999999");
    // Leading zeros and spaces at the end are within the rules.
    Rule rule = length.equals("05 ") ? Rule.PLAIN : Rule.ENDS;
    return made(
        "length " + length,
        post() + "Content-Length: " + length + "\r\n\r\nabcde" + (rule == Rule.PLAIN ? "" : behind),
        rule);
  }

  private Case badChunk(String behind) {
    String body =
        any(
            "zz\r\nabcde\r\n0\r\n\r\n",
            "-5\r\nabcde\r\n0\r\n\r\n",
            "+5\r\nabcde\r\n0\r\n\r\n",
            "0x5\r\nabcde\r\n0\r\n\r\n",
            "\r\nabcde\r\n0\r\n\r\n",
            " 5\r\nabcde\r\n0\r\n\r\n",
            ";\r\nabcde\r\n0\r\n\r\n",
            "100000005\r\nabcde\r\n0\r\n\r\n",
            "10000000000000005\r\nabcde\r\n0\r\n\r\n",
            "ffffffff\r\nabcde\r\n0\r\n\r\n",
            "80000000\r\nabcde\r\n0\r\n\r\n",
            "ffffffffffffffffffff\r\nabcde\r\n0\r\n\r\n",
            "3\r\nabcde\r\n0\r\n\r\n",
            "5\r\nabcde0\r\n\r\n",
            "5\r\nabcdeXX0\r\n\r\n",
            "5\nabcde\n0\n\n",
            "5\nabcde\r\n0\r\n\r\n",
            "5\r\nabcde\n0\r\n\r\n",
            "5\rabcde\r0\r\r",
            "5;a=\nb\r\nabcde\r\n0\r\n\r\n",
            "0\n\n",
            "5\r\nabcde\r\n0\r\nX: y\nZ: z\r\n\r\n",
            "5\r\nabcde\r\n0\r\nno colon\r\n\r\n");
    return made(
        "chunk " + body, post() + "Transfer-Encoding: chunked\r\n\r\n" + body + behind, Rule.ENDS);
  }

  private Case bareLineFeed(String behind) {
    String request =
        any(
            "GET /health HTTP/1.1\nHost: localhost\n\n",
            "GET /health HTTP/1.1\nHost: localhost\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\nY: b\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\rX: b\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rY: b\r\n\r\n",
            "GET /health HTTP/1.1\rHost: localhost\r\n\r\n",
            "GET /health HTTP/1.1\r\r\nHost: localhost\r\n\r\n");
    return made("line feed, " + request, request + behind, Rule.ENDS);
  }

  private Case foldedLine(String behind) {
    String folded =
        any(
            "X: a\r\n b",
            "X: a\r\n\tb",
            "X:\r\n b",
            "Transfer-Encoding:\r\n chunked",
            "Content-Length: 0\r\n 5",
            "Content-Length:\r\n\t5",
            " X: first",
            "\tX: first");
    return made("folded, " + folded, post() + folded + "\r\n\r\n0\r\n\r\n" + behind, Rule.ENDS);
  }

  private Case oldVersion(String behind) {
    String request =
        any(
            get() + LINE,
            get() + "\r\n\r\n",
            "HEAD /health\r\n\r\n",
            "POST /auth/register\r\n\r\n",
            get() + " \r\n\r\n",
            get() + " HTTP/0.9\r\n\r\n",
            "GET\r\n\r\n");
    return made("version 0.9, " + request, request + behind, Rule.ENDS);
  }

  private Case unknownVersion(String behind) {
    String version =
        any(
            "HTTP/9.9",
            "HTTP/2.0",
            "HTTP/1.2",
            "HTTP/1.1x",
            "HTTP/01.1",
            "HTTP/1.",
            "HTTP/1,1",
            "HTTP/-1.1",
            "HTTP/1.11",
            "HTTP/11",
            "HTTP /1.1",
            "ICAP/1.0",
            "HTTP/1.1 x",
            "\u0000HTTP/1.1",
            "RTSP/1.0",
            "HTTP");
    // An unknown minor version is to be read as the highest known one.
    Rule rule = version.equals("HTTP/1.2") ? Rule.PLAIN : Rule.ENDS;
    return made(
        "version " + version,
        get() + " " + version + "\r\nHost: localhost\r\n\r\n" + (rule == Rule.PLAIN ? "" : behind),
        rule);
  }

  private Case absoluteTarget(String behind) {
    String target =
        any(
            "http://localhost/health",
            "http://elsewhere.example/health",
            "http://elsewhere.example/api/files/",
            "https://elsewhere.example/health",
            "ftp://elsewhere.example/health",
            "http://localhost@elsewhere.example/health",
            "http://elsewhere.example:99999/health",
            "http:///health",
            "http:health",
            "http://[::1/health",
            "javascript:alert(1)",
            "localhost:80",
            "elsewhere.example:443");
    // That a server takes the absolute form for its own name is in the standard.
    Rule rule = target.startsWith("http://localhost/") ? Rule.PLAIN : Rule.REFUSED;
    String method = any("GET", "OPTIONS", "POST", "CONNECT");
    return made(
        "target " + method + " " + target,
        method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        Set.of("GET", "OPTIONS").contains(method) ? rule : Rule.REFUSED);
  }

  private Case oddTarget(String behind) {
    String target =
        any(
            "*",
            "health",
            "//elsewhere.example/api/files/",
            "/\\elsewhere.example",
            "/health#x",
            "/he alth",
            "/health\t",
            "\\health",
            "?x",
            "/%",
            "/health/%zz",
            "/health%00",
            "/health;",
            "/\u00e4",
            "/api/instruments/..%2f..%2fetc",
            "/..",
            "/./health",
            "/%2e%2e/etc/passwd",
            "/api/files/%0d%0aX:%20y",
            "/api/files/\u0085",
            "/ui/..;/api/files",
            "http:/health");
    // Read as what they can only mean; nothing about where the request ends is in doubt.
    boolean plain = List.of("/health#x", "http:/health", "?x").contains(target);
    return made(
        "target " + target,
        any("GET", "HEAD", "OPTIONS", "DELETE")
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: close\r\n\r\n",
        plain ? Rule.PLAIN : Rule.REFUSED);
  }

  private Case oddHost(String behind) {
    String hosts =
        any(
            "",
            "Host: a\r\nHost: b\r\n",
            "Host: localhost\r\nHost: localhost\r\n",
            "Host: a b\r\n",
            "Host: a/b\r\n",
            "Host: a, b\r\n",
            "Host: a@b\r\n",
            "Host: a:99999\r\n",
            "Host: a:b\r\n",
            "Host: a:-1\r\n",
            "Host: [::1\r\n",
            "Host: \u0000\r\n",
            "Host: a\u0001b\r\n",
            "Host : localhost\r\n",
            "Host: <script>\r\n",
            "Host: \"a\"\r\n");
    return made("host " + hosts, get() + " HTTP/1.1\r\n" + hosts + LINE + behind, Rule.ENDS);
  }

  private Case longHeader(String behind) {
    int length = MEGABYTE * (1 + random(5));
    String header =
        switch (random(4)) {
          case 0 -> "X-Long: " + "y".repeat(length);
          case 1 -> "Y".repeat(length) + ": x";
          case 2 -> "Cookie: auth_token=" + "y".repeat(length);
          default -> "Authorization: Bearer " + "y".repeat(length);
        };
    return made(
        "header of a megabyte and more",
        get() + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n" + behind,
        Rule.ENDS);
  }

  private Case manyHeaders(String behind) {
    StringBuilder headers = new StringBuilder();
    String name = any("X-Many", "Cookie", "Accept", "X-Forwarded-For");
    for (int i = 0; i < 10_000; i++) {
      headers.append(name).append(name.equals("X-Many") ? "-" + i : "").append(": v").append(LINE);
    }
    // What fits into the room for headers is no fault of its own.
    boolean fits = 10_000 * (name.length() + 1) < 64 * 1024;
    return made(
        "10,000 headers " + name,
        get() + " HTTP/1.1\r\nHost: localhost\r\n" + headers + LINE + (fits ? "" : behind),
        fits ? Rule.PLAIN : Rule.ENDS);
  }

  private Case longLine(String behind) {
    String much = "y".repeat(20_000 + random(5 * MEGABYTE));
    String line =
        switch (random(3)) {
          case 0 -> "GET /api/files?x=" + much + " HTTP/1.1";
          case 1 -> "GET /" + much + " HTTP/1.1";
          default -> much + " /health HTTP/1.1";
        };
    return made("long line", line + "\r\nHost: localhost\r\n\r\n", Rule.REFUSED);
  }

  private Case partialBody(String behind) {
    String begin = any("PUT /no/such/place", "PUT /api/files/x/content", "PUT /health");
    String head =
        any(
            "Content-Length: 100000\r\nContent-Range: bytes 0-9/100000\r\n",
            "Content-Length: 100000\r\n",
            "Content-Length: 10\r\nContent-Range: bytes 5-1/2\r\n",
            "Content-Length: 10\r\nContent-Range: bytes 0-9/*\r\n");
    return made(
        "partial " + begin + " " + head,
        begin + " HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\nabcde",
        Rule.REFUSED);
  }

  private Case overriddenMethod(String behind) {
    String override =
        any(
            "X-HTTP-Method-Override: GET",
            "X-HTTP-Method: GET",
            "X-Method-Override: GET",
            "X-Original-Method: GET",
            "X-Original-URL: /health",
            "X-Rewrite-URL: /health");
    String line = any("DELETE /health", "POST /health?_method=GET", "PUT /docs", "GET /api/files");
    return made(
        "override " + line + " " + override,
        line + " HTTP/1.1\r\nHost: localhost\r\n" + override + "\r\nConnection: close\r\n\r\n",
        Rule.REFUSED);
  }

  private Case unknownMethod(String behind) {
    String method =
        any(
            "TRACE",
            "TRACK",
            "CONNECT",
            "DEBUG",
            "BREW",
            "PROPFIND",
            "PRI",
            "get",
            "Get",
            "GETX",
            "G\u0000ET",
            "G(T",
            "\u00e4",
            "GET\t",
            " GET",
            "LOCK",
            "MOVE",
            "X".repeat(300));
    return made(
        "method " + method,
        method + " /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        Rule.REFUSED);
  }

  private Case upgrade(String behind) {
    String upgrade =
        any(
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: !",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Connection: Upgrade\r\nUpgrade: TLS/1.0, HTTP/2.0");
    if (random(4) == 0) {
      return made(
          "prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + noiseOf(40), Rule.REFUSED);
    }
    return made(
        "upgrade " + upgrade,
        get() + " HTTP/1.1\r\nHost: localhost\r\n" + upgrade + "\r\n\r\n",
        Rule.PLAIN);
  }

  private Case oddHeader(String behind) {
    String odd =
        any(
            "no colon",
            ": no name",
            "X Y: z",
            "X\t: z",
            "X\u0000: z",
            "X: a\u0000b",
            "X: a\u0001b",
            "\u00e4: b",
            "X(: b",
            "\"X\": b",
            "Content-Length\u0000: 5",
            "@: b");
    return made(
        "header " + odd,
        get() + " HTTP/1.1\r\nHost: localhost\r\n" + odd + "\r\n\r\n" + behind,
        Rule.ENDS);
  }

  private Case expectation(String behind) {
    String expected = any("100-continue", "200-ok", "100-continue, x", "\u00e4");
    return made(
        "expectation " + expected,
        post() + "Expect: " + expected + "\r\nContent-Length: 5\r\n\r\nabcde",
        Rule.PLAIN);
  }

  private Case noise(String behind) {
    String text =
        switch (random(5)) {
          case 0 ->
              "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + noiseOf(60);
          case 1 -> "SSH-2.0-OpenSSH_9.2\r\n";
          case 2 -> "\u0000" + noiseOf(1 + random(500)) + "\r\n\r\n";
          case 3 -> "EHLO " + ELSEWHERE + "\r\nMAIL FROM:<a@b>\r\n";
          default -> "\u0001" + noiseOf(20_000);
        };
    return made("noise", text, Rule.ENDS);
  }

  private String noiseOf(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  /** A proper request with a few bytes lost, doubled or changed: it may be proper still. */
  private Case mutation(String behind) {
    StringBuilder text =
        new StringBuilder(registration("nobody").replace("Host: localhost\r\n", hosts()));
    for (int i = random(4); i >= 0; i--) {
      int at = random(text.length());
      switch (random(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, (char) random(256));
        default -> text.setCharAt(at, (char) random(256));
      }
    }
    return made("mutation " + text, text.toString(), Rule.PLAIN);
  }

  private String hosts() {
    return any(
        "Host: localhost\r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked\r\n",
        "Host: localhost\r\nRange: bytes=0-\r\nIf-None-Match: *\r\n",
        "Host: localhost\r\nAccept-Encoding: gzip\r\nCookie: auth_token=x\r\n");
  }
}
