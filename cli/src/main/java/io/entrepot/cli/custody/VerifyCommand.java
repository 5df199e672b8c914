// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.cli.ExitCode;
import io.entrepot.custody.LedgerPublicKey;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.LedgerVerifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrepot custody verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every entry and block of a ledger, offline and read-only.",
      "Names the first bad entry, if there is one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything checked is what was sealed",
      "1:could not be read; nothing is said about the ledger",
      "2:the command line was not understood",
      "10:no such directory, database or file",
      "13:something is not what was sealed"
    })
final class VerifyCommand implements Callable<Integer> {

  @ArgGroup(multiplicity = "0..1")
  Whereabouts whereabouts = new Whereabouts();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Checkpoints that were copied off before.")
  List<Path> checkpoints = List.of();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "A copy of keys/ledger.pub; checkpoints of other keys are refused.")
  List<Path> keys = List.of();

  @Option(names = "--json", description = "Answer in JSON.")
  boolean json;

  @Spec @Nullable CommandSpec spec;

  private final InstantSource clock;

  VerifyCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    try (OpenLedger ledger = whereabouts.open()) {
      LedgerReport report = new LedgerVerifier(ledger.source(), anchors(ledger)).verify();
      ledger.confirm();
      boolean copiedOff = !checkpoints.isEmpty() || !keys.isEmpty();
      Verdict verdict = new Verdict(report, clock.instant(), copiedOff);
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println(json ? verdict.json() : verdict.text());
      return report.intact() ? ExitCode.GOOD : ExitCode.INTEGRITY;
    }
  }

  private Anchors anchors(OpenLedger ledger) {
    List<CheckpointText> given =
        checkpoints.stream().map(Whereabouts::resolved).map(OpenLedger::checkpoint).toList();
    Set<LedgerPublicKey> trusted =
        keys.stream()
            .map(Whereabouts::resolved)
            .map(OpenLedger::key)
            .collect(Collectors.toUnmodifiableSet());
    return new Anchors(given, trusted.isEmpty() && given.isEmpty() ? ledger.keys() : trusted);
  }
}
