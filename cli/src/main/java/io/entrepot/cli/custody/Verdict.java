// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.verify.Breach;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.StreamReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was found, in words and in JSON.
 *
 * @param copiedOff whether the reader brought a checkpoint or key from elsewhere
 */
record Verdict(LedgerReport report, Instant now, boolean copiedOff) {

  String text() {
    StringBuilder text = new StringBuilder();
    if (report.streams().isEmpty() && report.intact()) {
      text.append("The ledger is empty: nothing has been sealed yet.\n");
    }
    report.streams().forEach(stream -> text.append(text(stream)));
    report.refused().forEach(breach -> text.append("BAD: ").append(breach.message()).append('\n'));
    boolean vouched = report.streams().stream().anyMatch(s -> s.checkpoint().isPresent());
    if (report.intact() && vouched && !copiedOff) {
      text.append(
          "The checkpoints lie beside the ledger. Whoever owns this machine could have replaced"
              + " both; name one that was copied off with --checkpoint to rule that out.\n");
    }
    return text.toString().stripTrailing();
  }

  private String text(StreamReport stream) {
    StringBuilder text = new StringBuilder(stream.head().stream()).append(": ");
    if (!stream.breaches().isEmpty()) {
      text.append("BAD. ").append(firstBad(stream.breaches().getFirst())).append('\n');
      stream.breaches().forEach(b -> text.append("  ").append(b.message()).append('\n'));
      return text.toString();
    }
    text.append(
        String.format(
            Locale.ROOT,
            "good. %,d entries in %,d blocks are what was sealed.%n",
            stream.head().entries(),
            stream.head().block()));
    text.append("  ").append(vouching(stream.checkpoint())).append('\n');
    if (stream.pending() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,d entries wait to be sealed and are not protected yet.%n",
              stream.pending()));
    }
    return text.toString();
  }

  private static String firstBad(Breach breach) {
    EntryRange entries = breach.entries();
    if (entries.count() == 0) {
      return "No entry is bad, but block " + breach.block() + " is.";
    }
    return entries.count() == 1
        ? "The first bad entry is " + entries.first() + "."
        : "The first bad entry is one of " + entries.first() + " to " + entries.last() + ".";
  }

  private String vouching(Optional<Checkpoint> checkpoint) {
    if (checkpoint.isEmpty()) {
      return "No checkpoint vouches for it: it agrees with itself, but its owner could have"
          + " recomputed or cut it.";
    }
    Checkpoint last = checkpoint.get();
    return String.format(
        Locale.ROOT,
        "It agrees with the checkpoint of %s, %s old: %,d entries, block %,d.",
        time(last),
        words(age(last)),
        last.head().entries(),
        last.head().block());
  }

  private Duration age(Checkpoint checkpoint) {
    return Duration.between(Instant.EPOCH.plus(checkpoint.micros(), ChronoUnit.MICROS), now);
  }

  private static String time(Checkpoint checkpoint) {
    return Instant.EPOCH
        .plus(checkpoint.micros(), ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static String words(Duration age) {
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + " seconds";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + " minutes";
    }
    return age.toDays() < 2 ? age.toHours() + " hours" : age.toDays() + " days";
  }

  String json() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("intact", report.intact());
    answer.put("streams", report.streams().stream().map(this::json).toList());
    answer.put("refused", json(report.refused()));
    return JsonMapper.builder().build().writeValueAsString(answer);
  }

  private Map<String, Object> json(StreamReport stream) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("stream", stream.head().stream());
    object.put("entries", stream.head().entries());
    object.put("blocks", stream.head().block());
    object.put("block_hash", stream.head().blockHash().hex());
    object.put("pending", stream.pending());
    stream
        .checkpoint()
        .ifPresent(
            last ->
                object.put(
                    "checkpoint",
                    Map.of(
                        "entries", last.head().entries(),
                        "block", last.head().block(),
                        "time", time(last),
                        "age_seconds", age(last).toSeconds())));
    object.put("breaches", json(stream.breaches()));
    return object;
  }

  private static List<Map<String, Object>> json(List<Breach> breaches) {
    return breaches.stream().map(Verdict::json).toList();
  }

  private static Map<String, Object> json(Breach breach) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", breach.kind().name().toLowerCase(Locale.ROOT));
    object.put("stream", breach.stream());
    object.put("block", breach.block());
    if (breach.entries().count() > 0) {
      object.put("first_bad_entry", breach.entries().first());
      object.put("last_possible", breach.entries().last());
    }
    object.put("message", breach.message());
    return object;
  }
}
