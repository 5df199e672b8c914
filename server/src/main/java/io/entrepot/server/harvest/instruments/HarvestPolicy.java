// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.places.HostKeyText;
import io.entrepot.server.places.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The harvest rules of one instrument, read from its transfer settings.
 *
 * @param stability how long a file must stand still, seen twice, before it is taken
 * @param minimumAge how old a file's last change must be
 * @param markerPrefix a file is taken only when a file named this prefix and its name stands beside
 *     it; empty for no such rule
 * @param workers how many batches are copied at once
 * @param bandwidth how many bytes a second are read from the instrument at most, by all workers
 *     together; {@link #UNLIMITED} for as many as come
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
    long bandwidth,
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

  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final int LARGEST_PORT = 0xffff;
  private static final int WORKERS_LIMIT = 32;
  private static final int DEFAULT_WORKERS = 4;

  /** Less than a modem brought is a number in another unit. */
  private static final long LEAST_BANDWIDTH = 1_000;

  private static final long MOST_BANDWIDTH = 1_000_000_000_000L;
  private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();
  private static final Duration REMOTE_STABILITY = Duration.ofSeconds(5);
  private static final String FIELD = "transfer_config";
  private static final String HOST_KEY = "host_key";
  private static final List<String> KNOWN =
      List.of(
          "transport",
          "port",
          HOST_KEY,
          "stability_seconds",
          "min_age_seconds",
          "marker_file",
          "include",
          "exclude",
          "on_change",
          "max_parallel",
          "bandwidth_bps",
          "delete_source");

  /** What can be had in one way only, so that a wish for another must not pass for granted. */
  private static final Map<String, Object> ONE_WAY =
      Map.of("follow_symlinks", false, "rescan", "full", "verify", "reread");

  /**
   * Settings that nobody knows are passed over, so that what an earlier release stored can be run.
   *
   * @throws InvalidFieldsException naming every setting that cannot be used
   */
  public static HarvestPolicy of(@Nullable Map<String, @Nullable Object> config) {
    ConfigReader reader = ConfigReader.of(FIELD, config);
    transport(reader);
    reader.number("port", 0, 0, LARGEST_PORT);
    reader.text(HOST_KEY, "");
    HarvestPolicy policy =
        new HarvestPolicy(
            seconds(reader, "stability_seconds", REMOTE_STABILITY),
            seconds(reader, "min_age_seconds", Duration.ZERO),
            reader.text("marker_file", ""),
            (int) reader.number("max_parallel", DEFAULT_WORKERS, 1, WORKERS_LIMIT),
            reader.number("bandwidth_bps", UNLIMITED, LEAST_BANDWIDTH, MOST_BANDWIDTH),
            reader.globs("include"),
            reader.globs("exclude"),
            reader.choice("on_change", OnChange.VERSION),
            reader.flag("delete_source"));
    reader.check();
    return policy;
  }

  /**
   * @throws InvalidFieldsException naming every setting that would have no effect, and a host key
   *     that is none
   */
  static void refuseUnusable(@Nullable Map<String, @Nullable Object> config) {
    ConfigReader reader = ConfigReader.of(FIELD, config);
    if (config != null) {
      config.forEach((key, value) -> refuseUnknown(reader, key, value));
    }
    String hostKey = reader.text(HOST_KEY, "");
    HostKeyText.problem(hostKey).ifPresent(words -> reader.problem(HOST_KEY, words, hostKey));
    reader.check();
  }

  private static void refuseUnknown(ConfigReader reader, String key, @Nullable Object value) {
    Object only = ONE_WAY.get(key);
    if (KNOWN.contains(key) || (only != null && (value == null || only.equals(value)))) {
      return;
    }
    if (only != null) {
      reader.problem(key, "Other than " + only + " is not available yet", value);
    } else {
      reader.problem(key, "There is no such setting. There are " + String.join(", ", KNOWN), value);
    }
  }

  static Transport transport(@Nullable Map<String, @Nullable Object> config) {
    return transport(ConfigReader.of(FIELD, config));
  }

  private static Transport transport(ConfigReader reader) {
    return reader.choice("transport", Transport.CIFS);
  }

  private static Duration seconds(ConfigReader reader, String key, Duration otherwise) {
    return Duration.ofSeconds(reader.number(key, otherwise.toSeconds(), 0, LONGEST_SECONDS));
  }
}
