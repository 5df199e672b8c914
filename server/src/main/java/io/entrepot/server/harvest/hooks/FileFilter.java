// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.server.harvest.instruments.ConfigReader;
import io.entrepot.server.harvest.instruments.Glob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The built-in hook that leaves files out or sends them elsewhere. Asked in this order: too small,
 * redirected, excluded, not included.
 */
final class FileFilter {

  private record Redirection(Glob pattern, String destination) {}

  private final long minimumSize;
  private final List<Redirection> redirections;
  private final List<Glob> exclude;
  private final List<Glob> include;

  private FileFilter(ConfigReader config) {
    minimumSize = config.number("min_size_bytes", 0);
    redirections =
        config.objects("redirect_rules").stream()
            .flatMap(
                rule ->
                    rule.glob("pattern").stream()
                        .map(glob -> new Redirection(glob, rule.text("destination"))))
            .toList();
    exclude = config.globs("exclude_patterns");
    include = config.globs("include_patterns");
  }

  static FileFilter of(@Nullable Map<String, @Nullable Object> config) {
    return read(ConfigReader.of(config));
  }

  /** From a reader, which is checked. */
  static FileFilter read(ConfigReader config) {
    FileFilter filter = new FileFilter(config);
    config.check();
    return filter;
  }

  Verdict judge(Hook hook, HookSubject file) {
    if (file.size() < minimumSize) {
      return new Verdict.Skip(
          hook, "smaller than " + minimumSize + " bytes (hook " + hook.name() + ")");
    }
    Optional<Redirection> redirection =
        redirections.stream().filter(rule -> fits(rule.pattern(), file)).findFirst();
    if (redirection.isPresent()) {
      return new Verdict.Redirect(hook, redirection.get().destination());
    }
    Optional<Glob> excluded = exclude.stream().filter(glob -> fits(glob, file)).findFirst();
    if (excluded.isPresent()) {
      return new Verdict.Skip(
          hook, "excluded by the pattern " + excluded.get() + " (hook " + hook.name() + ")");
    }
    if (!include.isEmpty() && include.stream().noneMatch(glob -> fits(glob, file))) {
      return new Verdict.Skip(
          hook, "fits none of the patterns to include (hook " + hook.name() + ")");
    }
    return new Verdict.Proceed();
  }

  private static boolean fits(Glob glob, HookSubject file) {
    return glob.fits(file.filename(), file.path());
  }

  static Map<String, Object> schema() {
    Map<String, Object> patterns = Map.of("type", "array", "items", Map.of("type", "string"));
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "min_size_bytes",
            Map.of("type", "integer", "minimum", 0),
            "exclude_patterns",
            patterns,
            "include_patterns",
            patterns,
            "redirect_rules",
            Map.of(
                "type",
                "array",
                "items",
                Map.of("type", "object", "required", List.of("pattern", "destination")))));
  }
}
