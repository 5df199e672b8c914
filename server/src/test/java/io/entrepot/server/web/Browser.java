// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium, driven by the W3C WebDriver protocol. Starting one costs seconds, and what
 * it compiled of a page's scripts is good for the next test, so all of a JVM have the same.
 */
final class Browser {

  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          // A process less, and nothing kept for going back: together a tenth of what a page costs.
          "--in-process-gpu",
          "--disable-back-forward-cache",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          // What it compiled of a script is good for the next page that has it.
          "--js-flags=--no-flush-bytecode",
          "--hide-scrollbars");

  private final Process driver;
  private final URI address;
  private final String session;

  private Browser(Process driver, URI address, String session) {
    this.driver = driver;
    this.address = address;
    this.session = session;
  }

  static boolean isInstalled() {
    return Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER);
  }

  /** The browser of this JVM, which knows nothing of whoever had it before. */
  static Browser anew() {
    Browser browser = Shared.BROWSER;
    browser.open(URI.create("about:blank"));
    browser.cdp("Network.clearBrowserCookies", Map.of());
    browser.dark(false);
    browser.zone("");
    browser.size(1440, 900);
    browser.complaints();
    browser.requests();
    return browser;
  }

  private static final class Shared {
    static final Browser BROWSER = start(TestFolders.create("browser"));

    static {
      TestFolders.beforeTheyGo(BROWSER::end);
    }
  }

  /**
   * @param folder for its profile. Its sockets lie beside the folder, for the path of a socket must
   *     be short
   */
  private static Browser start(Path folder) {
    try {
      return started(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Browser started(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder = new ProcessBuilder(DRIVER.toString(), "--port=" + port);
    builder.environment().put("TMPDIR", String.valueOf(folder.getParent()));
    Process driver =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    URI address = URI.create("http://127.0.0.1:" + port);
    try {
      awaitDriver(address);
      return new Browser(driver, address, session(address, folder));
    } catch (InterruptedException | RuntimeException e) {
      end(driver);
      throw e;
    }
  }

  private static void awaitDriver(URI address) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        call(address, "GET", "/status", Optional.empty());
        return;
      } catch (UncheckedIOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private static String session(URI address, Path folder) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("--user-data-dir=" + folder);
    Map<String, Object> chrome = Map.of("binary", BROWSER.toString(), "args", flags);
    Map<String, Object> wanted =
        Map.of(
            "browserName",
            "chrome",
            "goog:chromeOptions",
            chrome,
            "goog:loggingPrefs",
            Map.of("browser", "ALL", "performance", "ALL"));
    Object body = Map.of("capabilities", Map.of("alwaysMatch", wanted));
    return call(address, "POST", "/session", Optional.of(body)).get("sessionId").asString();
  }

  private static JsonNode call(URI address, String method, String path, Optional<Object> body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(b -> HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(b)))
                    .orElse(HttpRequest.BodyPublishers.noBody()))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = JSON.readTree(answer.body()).path("value");
      if (answer.statusCode() != 200) {
        throw new AssertionError(path + ": " + value.path("message").asString());
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode call(String method, String path, Optional<Object> body) {
    return call(address, method, "/session/" + session + path, body);
  }

  void open(URI page) {
    call("POST", "/url", Optional.of(Map.of("url", page.toString())));
  }

  String url() {
    return call("GET", "/url", Optional.empty()).asString();
  }

  /** What a script returns, run in the page. */
  JsonNode run(String script) {
    return call("POST", "/execute/sync", Optional.of(Map.of("script", script, "args", List.of())));
  }

  String text(String css) {
    return run("return document.querySelector(" + quoted(css) + ")?.textContent ?? ''").asString();
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  private String element(String css) {
    JsonNode found =
        call("POST", "/element", Optional.of(Map.of("using", "css selector", "value", css)));
    return found.iterator().next().asString();
  }

  void click(String css) {
    call("POST", "/element/" + element(css) + "/click", Optional.of(Map.of()));
  }

  /** Replaces what stands in a field. */
  void fill(String css, String text) {
    String field = element(css);
    call("POST", "/element/" + field + "/clear", Optional.of(Map.of()));
    call("POST", "/element/" + field + "/value", Optional.of(Map.of("text", text)));
  }

  /** Presses keys on the page itself. */
  void type(String keys) {
    List<Map<String, Object>> strokes = new ArrayList<>();
    keys.chars()
        .forEach(
            key -> {
              strokes.add(Map.of("type", "keyDown", "value", Character.toString(key)));
              strokes.add(Map.of("type", "keyUp", "value", Character.toString(key)));
            });
    call(
        "POST",
        "/actions",
        Optional.of(
            Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", strokes)))));
  }

  void size(int width, int height) {
    Object metrics =
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
    cdp("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** Whether the system is said to be dark. */
  void dark(boolean dark) {
    Object feature = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    cdp("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Where the browser is, such as {@code Asia/Tokyo}; empty for where it really is. */
  void zone(String zone) {
    cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  private JsonNode cdp(String command, Object parameters) {
    return call(
        "POST", "/goog/cdp/execute", Optional.of(Map.of("cmd", command, "params", parameters)));
  }

  /** The page, also what is below the window, up to a height that can still be looked at. */
  byte[] screenshot() {
    JsonNode size =
        run("return [innerWidth, Math.min(document.documentElement.scrollHeight, 3000)]");
    Object clip = Map.of("x", 0, "y", 0, "width", size.get(0), "height", size.get(1), "scale", 1);
    JsonNode image =
        cdp("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
    return Base64.getDecoder().decode(image.get("data").asString());
  }

  /** What was written to the console since the last call, warnings and worse. */
  List<String> complaints() {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : log("browser")) {
      if (List.of("WARNING", "SEVERE").contains(entry.path("level").asString())) {
        lines.add(entry.path("message").asString());
      }
    }
    return lines;
  }

  /** The addresses that were asked for since the last call. */
  List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      JsonNode message = JSON.readTree(entry.path("message").asString()).path("message");
      if (message.path("method").asString().equals("Network.requestWillBeSent")) {
        addresses.add(message.path("params").path("request").path("url").asString());
      }
    }
    return addresses;
  }

  private JsonNode log(String type) {
    return call("POST", "/se/log", Optional.of(Map.of("type", type)));
  }

  private void end() {
    try {
      call("DELETE", "", Optional.empty());
    } finally {
      end(driver);
    }
  }

  /** Returns when nobody writes to the folder any more. */
  private static void end(Process driver) {
    List<ProcessHandle> all =
        Stream.concat(driver.descendants(), Stream.of(driver.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }
}
