// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import static java.util.Comparator.comparingLong;

import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.LedgerPublicKey;
import io.entrepot.custody.SignedCheckpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which checkpoints count. */
final class CheckpointCheck {

  private final List<Checkpoint> believed = new ArrayList<>();
  private final List<Breach> refused = new ArrayList<>();

  CheckpointCheck(Anchors anchors, List<CheckpointText> beside) {
    Map<CheckpointText, SignedCheckpoint> given = parsed(anchors.checkpoints());
    Set<LedgerPublicKey> keys = anchors.keys().isEmpty() ? keysOf(given) : anchors.keys();
    believe(given, keys);
    Map<CheckpointText, SignedCheckpoint> found = parsed(beside);
    believe(found, keys.isEmpty() ? keysOf(found) : keys);
    believed.sort(comparingLong(c -> c.head().block()));
  }

  /** In the order of their blocks. */
  List<Checkpoint> of(String stream) {
    return believed.stream().filter(c -> c.head().stream().equals(stream)).toList();
  }

  Stream<String> streams() {
    return believed.stream().map(c -> c.head().stream());
  }

  List<Breach> refused() {
    return refused;
  }

  private Map<CheckpointText, SignedCheckpoint> parsed(List<CheckpointText> texts) {
    Map<CheckpointText, SignedCheckpoint> parsed = new LinkedHashMap<>();
    for (CheckpointText text : texts) {
      try {
        parsed.put(text, SignedCheckpoint.parse(text.text()));
      } catch (IllegalArgumentException e) {
        refuse(text, "", 0, e.getMessage() == null ? "not a checkpoint" : e.getMessage());
      }
    }
    return parsed;
  }

  private void believe(Map<CheckpointText, SignedCheckpoint> parsed, Set<LedgerPublicKey> keys) {
    parsed.forEach(
        (text, signed) -> {
          Checkpoint checkpoint = signed.checkpoint();
          String stream = checkpoint.head().stream();
          if (!keys.contains(signed.key())) {
            String why = "it is signed with a key that nothing vouches for: " + signed.key().id();
            refuse(text, stream, checkpoint.head().block(), why);
          } else if (!signed.holds()) {
            String why = "its signature is wrong: it was altered or forged";
            refuse(text, stream, checkpoint.head().block(), why);
          } else {
            believed.add(checkpoint);
          }
        });
  }

  private void refuse(CheckpointText text, String stream, long block, String why) {
    String message = "the checkpoint in " + text.origin() + " does not count: " + why;
    refused.add(
        new Breach(Breach.Kind.CHECKPOINT_REFUSED, stream, block, Breach.NO_ENTRY, message));
  }

  private static Set<LedgerPublicKey> keysOf(Map<CheckpointText, SignedCheckpoint> parsed) {
    return parsed.values().stream().map(SignedCheckpoint::key).collect(Collectors.toSet());
  }
}
