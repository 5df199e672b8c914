// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import io.entrepot.client.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done, asked for and acknowledged, in the order it was; what may change something is on
 * disk before the next step. Beside it are kept what the server answered and the checkpoints it
 * signed. The auditor holds the server to all of it.
 */
public final class Journal implements Witness, AutoCloseable {

  private static final int FIRST_REFUSAL = 300;

  /** Of a longer answer only the beginning is kept. */
  private static final int KEPT_OF_AN_ANSWER = 16 << 10;

  private record Asked(String method, String path) {
    boolean changes() {
      return !method.equals("GET");
    }

    /** Such answers hold a new secret on purpose. */
    boolean handsOutSecrets() {
      return changes() && (path.startsWith("/auth/") || path.startsWith("/api/keys"));
    }
  }

  private final JsonMapper json = new JsonMapper();
  private final Path folder;
  private final FileChannel lines;
  private final FileChannel answers;
  private final AtomicLong requests;
  private final Map<Long, Asked> open = new ConcurrentHashMap<>();
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final Set<String> copied = ConcurrentHashMap.newKeySet();
  private boolean tokenKnown;

  /**
   * @param folder where it is kept, made when it is not there; one from an earlier run is gone on
   *     with
   */
  public Journal(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(checkpoints());
      this.lines = append(file());
      this.answers = append(answers());
      try (Stream<String> earlier = Files.lines(file())) {
        this.requests = new AtomicLong(earlier.count());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel append(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  public Path file() {
    return folder.resolve("journal.jsonl");
  }

  /** What the server answered, apart from what gives out a secret on purpose. */
  public Path answers() {
    return folder.resolve("answers.txt");
  }

  /** Copies of what the server signed, out of its reach. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /**
   * A file is about to appear on an instrument.
   *
   * @param folder the base folder of that instrument, as the server is told it
   * @param path below that
   */
  public void source(Path folder, String path, long size, String sha256) {
    append(
        Map.of(
            "kind",
            "source",
            "folder",
            folder.toString(),
            "path",
            path,
            "size",
            size,
            "sha256",
            sha256));
  }

  /** Paths of the sources that hold nothing, whichever instrument they are on. */
  public Set<String> empty() {
    try (Stream<String> all = Files.lines(file())) {
      return all.map(json::readTree)
          .filter(line -> line.path("kind").asString().equals("source"))
          .filter(line -> line.path("size").asLong() == 0)
          .map(line -> line.path("path").asString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file stands in the base folder of an instrument. */
  public void source(Path file, String sha256) {
    Path folder = Objects.requireNonNull(file.getParent());
    source(folder, file.getFileName().toString(), file.toFile().length(), sha256);
  }

  /**
   * The server said why it does not take a file.
   *
   * @param folder the base folder of its instrument
   */
  public void refused(Path folder, String path) {
    append(Map.of("kind", "refused", "folder", folder.toString(), "path", path));
  }

  /** A file that the server showed as kept. */
  public record Kept(String path, String ark, String sha256) {}

  /** The server showed these, all in one answer. */
  public void kept(List<Kept> files) {
    if (files.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Kept file : files) {
      Map<String, Object> line =
          Map.of("kind", "file", "path", file.path(), "ark", file.ark(), "sha256", file.sha256());
      text.append(json.writeValueAsString(line)).append('\n');
    }
    append(text.toString());
  }

  /**
   * A server said that it is ready, so long after its launch.
   *
   * @param share of the machine that others took meanwhile, from 0 to 1
   */
  public void ready(Duration after, double share) {
    append(Map.of("kind", "ready", "millis", after.toMillis(), "others", share));
  }

  /** A run is complete whose server was asked to stop meanwhile, and obeyed. */
  public void stopped(String run) {
    append(Map.of("kind", "stopped", "run", run));
  }

  /** A server that has nothing to do holds so many files open. */
  public void openFiles(long server, int count) {
    append(Map.of("kind", "open-files", "server", server, "count", count));
  }

  /** The server is told something that must stand nowhere in clear. */
  public void secret(String name, String value) {
    if (!value.isEmpty() && secrets.add(value)) {
      append(Map.of("kind", "secret", "name", name, "value", value));
    }
  }

  /**
   * Copies what the server signed, and with what key, unless it is here already.
   *
   * @param data the server's data directory
   */
  public void copyOff(Path data) {
    copyOff(data.resolve("checkpoints"), ".checkpoint");
    copyOff(data.resolve("keys"), ".pub");
  }

  private void copyOff(Path from, String ending) {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.filter(f -> f.toString().endsWith(ending)).toList()) {
        byte[] content = Files.readAllBytes(file);
        String name = Sha256.hex(content).substring(0, 16) + "-" + file.getFileName();
        if (copied.add(name)) {
          Files.write(checkpoints().resolve(name), content);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long asks(String method, String path) {
    long number = requests.incrementAndGet();
    Asked asked = new Asked(method, path);
    open.put(number, asked);
    if (asked.changes()) {
      append(Map.of("kind", "asked", "request", number, "method", method, "path", path));
    }
    return number;
  }

  @Override
  public void answered(long request, int status, String body) {
    Asked asked = open.remove(request);
    if (asked == null) {
      throw new IllegalStateException("nobody asked request " + request);
    }
    if (asked.handsOutSecrets()) {
      remember(body);
    } else {
      keep(asked, status, body);
    }
    boolean refused = status >= FIRST_REFUSAL;
    if (asked.changes()) {
      append(
          Map.of(
              "kind",
              "answered",
              "request",
              request,
              "outcome",
              refused ? "refused" : "ok",
              "status",
              status,
              "made",
              refused ? "" : made(body)));
    }
  }

  @Override
  public void unanswered(long request) {
    Asked asked = open.remove(request);
    if (asked != null && asked.changes()) {
      append(Map.of("kind", "answered", "request", request, "outcome", "unknown"));
    }
  }

  /** The id of what a request made, where the answer names one. */
  private String made(String body) {
    try {
      JsonNode answer = json.readTree(body);
      String run = answer.path("flow_run_id").asString("");
      return run.isEmpty() ? answer.path("id").asString("") : run;
    } catch (JacksonException notJson) {
      return "";
    }
  }

  /** The first token is enough: they are all dealt with alike. */
  private synchronized void remember(String body) {
    if (!tokenKnown) {
      String token = json.readTree(body).path("access_token").asString("");
      secret("token of a session", token);
      tokenKnown = !token.isEmpty();
    }
  }

  private synchronized void keep(Asked asked, int status, String body) {
    String kept = body.substring(0, Math.min(body.length(), KEPT_OF_AN_ANSWER));
    write(answers, "%s %s %d%n%s%n".formatted(asked.method(), asked.path(), status, kept));
  }

  private void append(Map<String, Object> line) {
    append(json.writeValueAsString(line) + "\n");
  }

  private synchronized void append(String text) {
    write(lines, text);
    try {
      lines.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FileChannel channel, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (lines;
        answers) {
      open.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
