// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every endpoint and who may call it, written down a second time: in {@code edge/who-may-call.txt}
 * beside the tests, a line for each method of each path. A change of the table that is enforced is
 * a change of that list too, and is seen by whoever reads it.
 */
final class Declared {

  private static final String LIST = "/edge/who-may-call.txt";
  private static final String ACTS = "acts";
  private static final Pattern WORDS = Pattern.compile("\\{\\w+:(\\w+(?:\\|\\w+)+)}");

  private Declared() {}

  /**
   * One line of the list.
   *
   * @param path as controllers write it, with nameless variables
   * @param acts whether it does something, also when it is a GET
   * @param of for whom what its path names is there; empty when that is for all who may call it
   */
  record Endpoint(String method, String path, Access access, boolean acts, Optional<Ownership> of) {

    private static Endpoint of(String line) {
      List<String> words = List.of(line.split(" +"));
      return new Endpoint(
          words.get(1),
          words.get(2),
          Access.valueOf(words.getFirst()),
          words.contains(ACTS),
          words.stream()
              .filter(word -> word.contains(":") && !word.contains("/"))
              .findFirst()
              .map(Ownership::of));
    }

    /** Whether it names one thing, and whoever is signed in may ask for it. */
    boolean isOfOneThing() {
      return path.contains("{}") && isForAnybodySignedIn();
    }

    boolean isForAnybodySignedIn() {
      return Set.of(Access.SIGNED_IN, Access.SIGNED_IN_OR_LOCAL, Access.LOGIN).contains(access);
    }

    /**
     * The path of one thing. Of an ARK the first variable is the authority that assigns the name;
     * of a file the second one is the number of a version.
     */
    String with(String id) {
      return path.contains("ark:")
          ? path.replaceFirst("\\{}", "99999").replace("{}", id)
          : path.replaceFirst("\\{}", id).replace("{}", "1");
    }

    /** The path with names of things that nobody has. */
    String filled() {
      return path.replaceAll("\\{[^}]*}", "x").replace("**", "x");
    }

    boolean covers(String filled) {
      return filled.matches(path.replace("{}", "[^/]+").replace("**", ".*"));
    }

    Family family() {
      return Family.ofPath(filled());
    }

    String call() {
      return method + " " + path;
    }
  }

  /** For whom one thing is there. */
  enum Whose {
    SHARED,
    FOLLOWS,
    OWN,
    PRIVATE
  }

  /**
   * @param thing what it is, in a word
   */
  record Ownership(Whose whose, String thing) {

    private static Ownership of(String word) {
      int colon = word.indexOf(':');
      return new Ownership(
          Whose.valueOf(word.substring(0, colon).toUpperCase(Locale.ROOT)),
          word.substring(colon + 1));
    }
  }

  static List<Endpoint> all() {
    try (var in = Objects.requireNonNull(Declared.class.getResourceAsStream(LIST))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Endpoint::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What this server serves, whoever asks: from its own router, and from the table. */
  static List<String> served(TestServer server) {
    Stream<String> routed =
        server.parts(RequestMappingHandlerMapping.class).stream()
            .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
            .filter(entry -> entry.getValue().getBeanType().getName().startsWith("io.entrepot."))
            .flatMap(
                entry ->
                    entry.getKey().getPatternValues().stream()
                        .flatMap(
                            path ->
                                entry.getKey().getMethodsCondition().getMethods().stream()
                                    .map(method -> method.name() + " " + path)));
    Stream<String> rows =
        Endpoints.all().stream()
            .flatMap(row -> row.methods().stream().map(method -> method + " " + row.path()));
    return List.copyOf(
        new TreeSet<>(Stream.concat(routed, rows).flatMap(Declared::plain).toList()));
  }

  /**
   * Without what variables are called; one that can only be one of several words is all of them.
   */
  static Stream<String> plain(String call) {
    Matcher words = WORDS.matcher(call);
    return words.find()
        ? Stream.of(words.group(1).split("\\|")).flatMap(word -> plain(words.replaceFirst(word)))
        : Stream.of(call.replaceAll("\\{[^/]*}", "{}"));
  }
}
