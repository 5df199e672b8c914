// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What was written about each operation, in {@code documentation/operations}.
 *
 * <p>Each file holds {@code operations}, by method and path; whatever else stands in it is there to
 * be referred to.
 */
final class OperationTexts {

  private static final List<String> FILES = List.of("accounts", "harvest", "backup", "sync");

  /** The files are ours, and use the same words again and again. */
  private static final int MOST_REFERENCES = 1_000;

  private final Map<String, OperationText> rows = new HashMap<>();

  private OperationTexts() {}

  static OperationTexts read() {
    OperationTexts texts = new OperationTexts();
    FILES.forEach(texts::add);
    return texts;
  }

  @SuppressWarnings("unchecked")
  private void add(String name) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_REFERENCES);
    var resource = new ClassPathResource("documentation/operations/" + name + ".yaml");
    try (InputStream in = resource.getInputStream()) {
      Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(in);
      var written =
          (Map<String, Map<String, Object>>) Objects.requireNonNull(file.get("operations"));
      written.forEach((row, text) -> rows.put(nameless(row), OperationText.of(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path with its variables in braces, whatever they are called
   */
  Optional<OperationText> of(String method, String path) {
    return Optional.ofNullable(rows.get(nameless(method + " " + path)));
  }

  /** Method and path of all, with {@code {}} for every variable. */
  Set<String> rows() {
    return Set.copyOf(rows.keySet());
  }

  static String nameless(String row) {
    return row.replaceAll("\\{[^}]*}", "{}");
  }
}
