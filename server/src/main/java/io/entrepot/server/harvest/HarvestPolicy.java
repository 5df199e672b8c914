// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.places.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The harvest rules of one instrument, read from its transfer settings.
 *
 * @param stability how long a file must stand still, seen twice, before it is taken
 * @param minimumAge how old a file's last change must be
 * @param markerPrefix a file is taken only when a file named this prefix and its name stands beside
 *     it; empty for no such rule
 * @param workers how many batches are copied at once
 * @param include shell patterns, one of which must fit; empty takes all
 * @param exclude shell patterns, none of which may fit
 * @param onChange what to do when a file that was taken has another content
 * @param removeOriginals remove an original once its copy is proved
 */
public record HarvestPolicy(
    Duration stability,
    Duration minimumAge,
    String markerPrefix,
    int workers,
    List<Glob> include,
    List<Glob> exclude,
    OnChange onChange,
    boolean removeOriginals) {

  /** What to do with new content under a known path. */
  public enum OnChange {
    /** Keep it as the next version. */
    VERSION,
    /** Leave it at the first content for ever. */
    IGNORE,
    /** Take nothing and say so. */
    FAIL
  }

  private static final int LARGEST_PORT = 0xffff;
  private static final int WORKERS_LIMIT = 32;
  private static final int DEFAULT_WORKERS = 4;
  private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();
  private static final Duration REMOTE_STABILITY = Duration.ofSeconds(5);
  private static final String FIELD = "transfer_config";

  /**
   * @throws InvalidFieldsException naming every setting that cannot be used
   */
  public static HarvestPolicy of(@Nullable Map<String, @Nullable Object> config) {
    Reader reader = new Reader(config == null ? Map.of() : config);
    transport(reader);
    reader.number("port", 0, 0, LARGEST_PORT);
    reader.text("host_key", "");
    HarvestPolicy policy =
        new HarvestPolicy(
            reader.seconds("stability_seconds", REMOTE_STABILITY),
            reader.seconds("min_age_seconds", Duration.ZERO),
            reader.text("marker_file", ""),
            (int) reader.number("max_parallel", DEFAULT_WORKERS, 1, WORKERS_LIMIT),
            reader.globs("include"),
            reader.globs("exclude"),
            reader.choice("on_change", OnChange.VERSION),
            reader.flag("delete_source"));
    reader.check();
    return policy;
  }

  static Transport transport(@Nullable Map<String, @Nullable Object> config) {
    return transport(new Reader(config == null ? Map.of() : config));
  }

  private static Transport transport(Reader reader) {
    return reader.choice("transport", Transport.CIFS);
  }

  /** Collects problems while it reads. */
  private static final class Reader {
    private final Map<String, @Nullable Object> config;
    private final List<FieldProblem> problems = new ArrayList<>();

    Reader(Map<String, @Nullable Object> config) {
      this.config = config;
    }

    Duration seconds(String key, Duration otherwise) {
      return Duration.ofSeconds(number(key, otherwise.toSeconds(), 0, LONGEST_SECONDS));
    }

    long number(String key, long otherwise, long least, long most) {
      Object value = config.get(key);
      if (value == null) {
        return otherwise;
      }
      if (value instanceof Number number
          && number.longValue() >= least
          && number.longValue() <= most) {
        return number.longValue();
      }
      problem(key, "This is a number from " + least + " to " + most, value);
      return otherwise;
    }

    String text(String key, String otherwise) {
      Object value = config.get(key);
      if (value == null) {
        return otherwise;
      }
      if (value instanceof String text) {
        return text;
      }
      problem(key, "This is text", value);
      return otherwise;
    }

    boolean flag(String key) {
      Object value = config.get(key);
      if (value != null && !(value instanceof Boolean)) {
        problem(key, "This is true or false", value);
      }
      return Boolean.TRUE.equals(value);
    }

    <E extends Enum<E>> E choice(String key, E otherwise) {
      String text = text(key, otherwise.name());
      for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
        if (constant.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
          return constant;
        }
      }
      String all =
          String.join(
              ", ",
              List.of(otherwise.getDeclaringClass().getEnumConstants()).stream()
                  .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                  .toList());
      problem(key, "This is one of " + all, text);
      return otherwise;
    }

    List<Glob> globs(String key) {
      Object value = config.get(key);
      if (value == null) {
        return List.of();
      }
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().flatMap(pattern -> glob(key, (String) pattern).stream()).toList();
      }
      problem(key, "This is a list of patterns such as \"*.tmp\"", value);
      return List.of();
    }

    private Optional<Glob> glob(String key, String pattern) {
      try {
        return Optional.of(Glob.of(pattern));
      } catch (IllegalArgumentException e) {
        problem(key, String.valueOf(e.getMessage()), pattern);
        return Optional.empty();
      }
    }

    private void problem(String key, String message, Object input) {
      problems.add(new FieldProblem(List.of(FIELD, key), "value_error", message, input, Map.of()));
    }

    void check() {
      if (!problems.isEmpty()) {
        throw new InvalidFieldsException(problems);
      }
    }
  }
}
