// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.harvest.instruments.InstrumentCheck;
import io.entrepot.server.places.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a connection test as a page shows it.
 *
 * @param remedy what to do about the step that failed; empty when none did
 * @param running the step that is being made; null when the test has ended
 */
record Checked(String summary, List<Step> steps, String remedy, @Nullable String running) {

  record Step(String name, boolean good, String detail, String took) {}

  static Checked of(List<InstrumentCheck.Step> made, Transport transport) {
    List<Step> steps =
        made.stream()
            .map(
                step ->
                    new Step(
                        step.name(),
                        step.good(),
                        Words.sentence(step.detail()),
                        Words.span(step.took())))
            .toList();
    long good = steps.stream().filter(Step::good).count();
    return new Checked(
        good == steps.size() ? "All good" : good + " of " + steps.size() + " good",
        steps,
        made.stream()
            .filter(step -> !step.good())
            .findFirst()
            .map(step -> remedy(step.name(), transport))
            .orElse(""),
        null);
  }

  /** While the test goes on. */
  static Checked soFar(List<InstrumentCheck.Step> made, Transport transport) {
    Checked now = of(made, transport);
    boolean over =
        made.size() == InstrumentCheck.STEPS.size() || made.stream().anyMatch(one -> !one.good());
    return over
        ? now
        : new Checked("Testing", now.steps(), "", InstrumentCheck.STEPS.get(made.size()));
  }

  private static String remedy(String step, Transport transport) {
    String who =
        isHere(transport)
            ? "the account that this server runs as"
            : "the service account that signs in there";
    return switch (step) {
      case "Connect" ->
          switch (transport) {
            case POSIX -> "Check the folder: it must be there, on this machine.";
            case NFS -> "Check the folder, and that the export is mounted there on this machine.";
            case SFTP, CIFS, S3 ->
                "Check the computer's name, the port and the service account. The instrument must"
                    + " be switched on and reachable from this machine.";
          };
      case "List the folder" -> "Check the folder, and let " + who + " list it.";
      default -> "Let " + who + " read the files in this folder too.";
    };
  }

  private static boolean isHere(Transport transport) {
    return transport == Transport.POSIX || transport == Transport.NFS;
  }

  /** A test that is one step. */
  static Checked single(String name, boolean good, String detail) {
    return new Checked(
        good ? "All good" : "Not good", List.of(new Step(name, good, detail, "")), "", null);
  }
}
