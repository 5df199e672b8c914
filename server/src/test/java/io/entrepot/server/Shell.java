// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs blocks of shell as an administrator would at the terminal of a server: {@code ./entrepot} is
 * carried out within this process, {@code sudo} changes nobody, and a request that is refused ends
 * the block.
 */
final class Shell implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private static final String BEFORE =
      """
      set -euo pipefail
      curl() { command curl --silent --show-error --fail-with-body "$@"; }
      sudo() { shift 2; "$@"; }
      entrepot() {
        printf '%s\\0' "$@" | command curl -sS --data-binary @- -o said -D headers "$LAUNCHER"
        cat said
        return "$(sed -n 's/^[Xx]-[Cc]ode: *\\([0-9]*\\).*/\\1/p' headers)"
      }
      """;

  private final Path folder;
  private final String token;
  private final HttpServer launcher;
  private final List<TestServer> started = new ArrayList<>();

  Shell(Path folder, TestServer server) throws IOException {
    this.folder = folder;
    this.token = server.admin().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    this.launcher =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    launcher.createContext("/", this::launch);
    launcher.start();
  }

  private void launch(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String> words = List.of(body.split("\0"));
    Operator.Said said;
    try {
      said = carriedOut(words);
    } catch (RuntimeException e) {
      said = new Operator.Said(99, "", e + "\n");
    }
    byte[] text = said.all().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Code", String.valueOf(said.code()));
    exchange.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private Operator.Said carriedOut(List<String> words) {
    return switch (words.getFirst()) {
      case "up" -> {
        started.add(TestServer.startIn(Path.of(after(words, "--data"))));
        yield new Operator.Said(0, "", "");
      }
      case "custody" -> custody(words);
      case "doctor" -> {
        Operator.Said said = Operator.run(words.toArray());
        // It found a fault of this machine; whoever misspells is told so with 2.
        yield said.code() == 1 ? new Operator.Said(0, said.out(), said.err()) : said;
      }
      default -> Operator.run(words.toArray());
    };
  }

  /** The verifier is no part of the server; here it only has to find what it is pointed to. */
  private static Operator.Said custody(List<String> words) {
    boolean there =
        words.get(1).equals("verify")
            && Files.exists(Path.of(after(words, "--data"), "entrepot.db"))
            && (!words.contains("--checkpoint")
                || Files.exists(Path.of(after(words, "--checkpoint"))));
    return new Operator.Said(there ? 0 : 1, "", there ? "" : "no such ledger: " + words + "\n");
  }

  private static String after(List<String> words, String option) {
    int place = words.indexOf(option);
    assertThat(place).as(option + " in " + words).isBetween(0, words.size() - 2);
    return words.get(place + 1);
  }

  /** Runs a block to its end. */
  void run(Sample sample, String text) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Stream.of("bash", "curl", "jq").allMatch(Shell::isHere), "there is no bash, curl or jq");
    String script = BEFORE + text.replace("./entrepot ", "entrepot ");
    Path file = Files.writeString(folder.resolve("block.sh"), script);
    bash(sample, file.toString());
  }

  /** Looks whether it is shell at all. */
  void parse(Sample sample) throws IOException, InterruptedException {
    Assumptions.assumeTrue(isHere("bash"), "there is no bash");
    Path file = Files.writeString(folder.resolve("block.sh"), sample.text());
    bash(sample, "-n", file.toString());
  }

  private void bash(Sample sample, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash"));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("block.out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("TOKEN", token);
    builder.environment().put("LAUNCHER", "http://127.0.0.1:" + launcher.getAddress().getPort());
    Process process = builder.start();
    boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!over) {
      process.destroyForcibly();
    }
    assertThat(over ? process.exitValue() : -1)
        .as("%s ends with, after it said: %s", sample, Files.readString(said))
        .isZero();
  }

  private static boolean isHere(String program) {
    return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @Override
  public void close() {
    launcher.stop(0);
    started.forEach(TestServer::close);
  }
}
