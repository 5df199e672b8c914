// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestServer;
import io.entrepot.server.edge.Declared.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint and every method, called with every kind of credential; and each path once more in
 * other spellings. What each caller then sees of other people's things is tested with those things.
 */
class WhoMayCallTest {

  /** Calls that end the credential they are made with. */
  private static final Set<String> ENDING =
      Set.of(
          "POST /auth/jwt/logout",
          "POST /auth/cookie/logout",
          "POST /api/auth/logout",
          "POST /ui/logout",
          "DELETE /api/v1/auth/local/session");

  /** Tries of which there may be only so many, for all tests of a server together. */
  private static final Set<String> COUNTED = Set.of("POST /ui/login", "POST /ui/recovery");

  /** Takes long for everybody. */
  private static final String SLOW = "/openapi.json";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE");

  /** Of the cells that are not called in every run, one of so many is. */
  private static final int SAMPLE = DrillSize.of(200, 6, 1);

  private static final boolean OWN = DrillSize.of(0, 1, 1) > 0;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestServer server;
  private static List<Caller> callers;
  private static Map<String, String> form;

  @BeforeAll
  static void everybody_comes() {
    server = OWN ? TestServer.start("--entrepot.sync.local-callers=true") : TestServer.shared();
    callers = Callers.come(server, OWN);
    form = Callers.form(server.anonymous());
  }

  @AfterAll
  static void stop() {
    if (OWN) {
      server.close();
    }
  }

  /**
   * One call by one caller.
   *
   * @param declared a line of the list; for a method that the path does not serve, another line of
   *     the path
   */
  private record Cell(
      Caller caller, Endpoint declared, String path, String method, boolean served) {

    @Override
    public String toString() {
      return caller.name() + ": " + method + " " + path;
    }
  }

  @Test
  void every_endpoint_of_the_running_server_is_declared() {
    assertThat(Declared.all().stream().map(Endpoint::call))
        .hasSameElementsAs(Declared.served(server));
  }

  @Test
  void each_caller_is_let_in_and_turned_away_as_it_is_declared() {
    Random random = DrillSize.random();
    List<Cell> cells = cells(random);
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger called = new AtomicInteger();
    // Each ends only what is its own, and that last of all.
    callers.parallelStream()
        .forEach(
            caller -> {
              for (boolean ending : List.of(false, true)) {
                cells.stream()
                    .filter(cell -> cell.caller().equals(caller) && isEnding(cell) == ending)
                    .forEach(
                        cell -> {
                          String fault =
                              fault(cell, ending ? caller.again().get() : caller.headers());
                          if (!fault.isEmpty()) {
                            wrong.add(cell + " " + fault);
                          }
                          called.incrementAndGet();
                        });
              }
            });
    assertThat(wrong).isEmpty();
    DrillSize.tell(
        "%,d cells as declared: %d endpoints, %d kinds of credential, %d methods",
        called.get(), Declared.all().size(), callers.size(), METHODS.size());
    assertThat(called.get()).isGreaterThan(1000);
  }

  private static boolean isEnding(Cell cell) {
    return ENDING.contains(cell.method() + " " + cell.path());
  }

  /** All that is served, and of what is not a part; in the tests a part of both. */
  private static List<Cell> cells(Random random) {
    Map<String, List<Endpoint>> byPath =
        Declared.all().stream().collect(Collectors.groupingBy(Endpoint::path));
    List<Cell> cells = new ArrayList<>();
    for (List<Endpoint> ofPath : byPath.values()) {
      for (String method : METHODS) {
        String means = method.equals("HEAD") ? "GET" : method;
        Optional<Endpoint> served = served(ofPath, means);
        Endpoint declared = served.orElse(ofPath.getFirst());
        for (Caller caller : callers) {
          Cell cell =
              new Cell(caller, declared, ofPath.getFirst().filled(), method, served.isPresent());
          if (isAlwaysCalled(cell) || random.nextInt(SAMPLE) == 0) {
            cells.add(cell);
          }
        }
      }
    }
    return cells;
  }

  /** The line of this path or else, as of {@code /users/me}, of one that covers it. */
  private static Optional<Endpoint> served(List<Endpoint> ofPath, String method) {
    String path = ofPath.getFirst().filled();
    return Stream.concat(ofPath.stream(), Declared.all().stream().filter(e -> e.covers(path)))
        .filter(endpoint -> endpoint.method().equals(method))
        .findFirst();
  }

  private static boolean isAlwaysCalled(Cell cell) {
    if (!cell.served() || cell.method().equals("HEAD") || cell.declared().path().equals(SLOW)) {
      return false;
    }
    boolean usual =
        Set.of("nobody", "a user", "an administrator", "his key for reading")
            .contains(cell.caller().name());
    return OWN || usual && !COUNTED.contains(cell.method() + " " + cell.path());
  }

  private static String fault(Cell cell, Map<String, String> headers) {
    Answer answer = answer(cell.method(), cell.path(), headers);
    boolean fits =
        cell.served() ? fits(cell, answer) : isRefused(answer) || isToldWhatIsServed(cell, answer);
    return fits ? "" : "gave " + answer;
  }

  /** Only somebody known is told what there is on a path that is not for everybody. */
  private static boolean isToldWhatIsServed(Cell cell, Answer answer) {
    return cell.method().equals("OPTIONS")
        && answer.status() == 204
        && cell.caller().gate(cell.declared(), "GET") != Caller.Gate.WHO_ARE_YOU;
  }

  private static boolean fits(Cell cell, Answer answer) {
    boolean page = cell.declared().family() == Family.PAGES;
    return switch (cell.caller().gate(cell.declared(), cell.method())) {
      case WHO_ARE_YOU -> page ? answer.asksToSignIn() : answer.status() == 401;
      case NOT_YOU -> answer.status() == 403;
      case NOT_THERE -> answer.status() == 404;
      case OPEN ->
          answer.status() < 500
              && (isAskedForSignIn(cell)
                  || !Set.of(401, 403).contains(answer.status()) && !answer.asksToSignIn());
    };
  }

  /** A sign-in that is no sign-in is refused by whoever is asked to sign in, not by the door. */
  private static boolean isAskedForSignIn(Cell cell) {
    return cell.declared().access() == Access.PUBLIC;
  }

  private static boolean isRefused(Answer answer) {
    return answer.asksToSignIn() || Set.of(401, 403, 404, 405).contains(answer.status());
  }

  private record Answer(int status, String location) {

    boolean asksToSignIn() {
      return status == 303 && location.startsWith("/ui/login");
    }
  }

  private static Answer answer(String method, String path, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    boolean page = Family.ofPath(path) == Family.PAGES;
    boolean body = Set.of("POST", "PUT", "PATCH", "DELETE").contains(method);
    Set<String> names = new LinkedHashSet<>(headers.keySet());
    if (page && body) {
      names.addAll(form.keySet());
    }
    for (String name : names) {
      String value =
          Stream.of(headers, page ? form : Map.<String, String>of())
              .filter(map -> map.containsKey(name))
              .map(map -> map.get(name))
              .collect(Collectors.joining("; "));
      request.header(name, value);
    }
    request.header("Content-Type", page ? "application/x-www-form-urlencoded" : "application/json");
    request.method(
        method, body ? BodyPublishers.ofString(page ? "" : "{broken") : BodyPublishers.noBody());
    try {
      return answer(HTTP, request.build(), path.endsWith("/events"));
    } catch (IOException closed) {
      // What the server thought of the call before may cost the connection.
      return answerAtLast(request.build(), path.endsWith("/events"));
    }
  }

  private static Answer answerAtLast(HttpRequest request, boolean endless) {
    try (HttpClient fresh = HttpClient.newHttpClient()) {
      return answer(fresh, request, endless);
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  private static Answer answer(HttpClient http, HttpRequest request, boolean endless)
      throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (!endless) {
          in.readAllBytes();
        }
      }
      return new Answer(
          response.statusCode(), response.headers().firstValue("Location").orElse(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Another spelling is the same path, another one, or none; it never opens more. */
  @Test
  void no_other_spelling_of_a_path_is_a_way_around() {
    Random random = DrillSize.random();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    List<Caller> lowly =
        callers.stream().filter(c -> Set.of("nobody", "a user").contains(c.name())).toList();
    List<Cell> cells = new ArrayList<>();
    for (Endpoint declared : Declared.all()) {
      for (Caller caller : lowly) {
        if (!declared.path().endsWith("/")
            && caller.gate(declared, declared.method()) != Caller.Gate.OPEN
            && random.nextInt(DrillSize.of(20, 1, 1)) == 0) {
          cells.add(new Cell(caller, declared, declared.filled(), declared.method(), true));
        }
      }
    }
    AtomicInteger tried = new AtomicInteger();
    cells.parallelStream()
        .forEach(
            cell -> {
              for (String path : spellings(cell.path())) {
                Answer answer = answer(cell.method(), path, cell.caller().headers());
                tried.incrementAndGet();
                boolean elsewhere = answer.status() == 307 || answer.asksToSignIn();
                if (!elsewhere && (answer.status() < 400 || answer.status() >= 500)) {
                  wrong.add(cell + " as " + path + " gave " + answer);
                }
              }
            });
    assertThat(wrong).isEmpty();
    DrillSize.tell("%,d other spellings of closed paths opened none", tried.get());
  }

  private static List<String> spellings(String path) {
    int last = path.lastIndexOf('/') + 1;
    String name = path.substring(last);
    String head = path.substring(0, last);
    return List.of(
        "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2),
        head + "%" + Integer.toHexString(name.charAt(0)) + name.substring(1),
        path + "/",
        path + ";a=b",
        path + ";/health",
        path + ".json",
        path + "%00",
        path + "%20",
        "/" + path,
        "/health/.." + path,
        "/health/%2e%2e" + path,
        "/." + path,
        path.replaceFirst("/", "/%2f"),
        "/health;" + path,
        path.replace("/", "%2f").replaceFirst("%2f", "/"),
        path.replace("/", "%5c").replaceFirst("%5c", "/"),
        path.toUpperCase(Locale.ROOT));
  }
}
