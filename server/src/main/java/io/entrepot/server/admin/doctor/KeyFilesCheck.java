// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.SignedCheckpoint;
import io.entrepot.server.admin.doctor.Outcome.Fault;
import io.entrepot.server.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the keys are there, are those that were used, and are for the server alone. */
final class KeyFilesCheck implements Check {

  private static final Pattern KEY_LINE = Pattern.compile("(?m)^([0-9a-f]{8}) [A-Za-z0-9+/]{43}=$");
  private static final Pattern SEALED = Pattern.compile("v1\\.([0-9a-f]{8})\\.");
  private static final String PUT_BACK = "put the right file back from where keys/ was kept";

  private final Path data;
  private final Books books;

  KeyFilesCheck(Path data, Books books) {
    this.data = data;
    this.books = books;
  }

  @Override
  public String name() {
    return "key files";
  }

  @Override
  public Outcome look() throws IOException {
    if (!Files.isDirectory(data.resolve("keys"))) {
      return Outcome.notApplicable("there are no keys yet");
    }
    List<Fault> faults = new ArrayList<>();
    faults.addAll(openToOthers());
    faults.addAll(ledgerKey());
    Set<String> keys = secretKeys();
    if (books.consult(database -> sealed(database, keys)) instanceof Outcome.Faulty faulty) {
      faults.addAll(faulty.faults());
    }
    return Outcome.of(faults);
  }

  private List<Fault> openToOthers() throws IOException {
    List<Fault> faults = new ArrayList<>();
    try (Stream<Path> files = Files.list(data.resolve("keys"))) {
      for (Path file : files.filter(key -> !key.toString().endsWith(".pub")).toList()) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
            .containsAll(mode)) {
          faults.add(new Fault(file + " can be used by others", "chmod 600 " + file));
        }
      }
    }
    return faults;
  }

  /** The names of the keys that secrets may be sealed with. */
  private Set<String> secretKeys() throws IOException {
    Path file = data.resolve("keys/secrets.key");
    return Files.exists(file) ? ids(KEY_LINE, Files.readString(file)) : Set.of();
  }

  private static Set<String> ids(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Outcome sealed(Database database, Set<String> keys) {
    Set<String> used = new TreeSet<>();
    database
        .sql(
            "select secret from service_account where deleted_at is null union all"
                + " select config from storage_location"
                + " where deleted_at is null and config is not null union all"
                + " select config from notice_channel union all"
                // Sealed whole, and many: which key it was stands at the beginning.
                + " select distinct substr(content, 1, 12) from kept_answer union all"
                + " select distinct substr(answer, 1, 12) from kept_answer"
                + " where answer is not null")
        .query(
            row -> {
              used.addAll(ids(SEALED, row.getString(1)));
            });
    Path file = data.resolve("keys/secrets.key");
    if (keys.isEmpty() && (Files.exists(file) || !used.isEmpty())) {
      return Outcome.fault(
          file
              + (Files.exists(file) ? " holds no key" : " is missing")
              + (used.isEmpty() ? "" : ", and stored passwords were sealed with it"),
          PUT_BACK);
    }
    used.removeAll(keys);
    return used.isEmpty()
        ? Outcome.well()
        : Outcome.fault(
            "stored passwords were sealed with the key %s, which is not in %s"
                .formatted(String.join(", ", used), file),
            PUT_BACK + ", or enter the passwords of the service accounts again");
  }

  private List<Fault> ledgerKey() throws IOException {
    Path secret = data.resolve("keys/ledger.key");
    Path open = data.resolve("keys/ledger.pub");
    Optional<SignedCheckpoint> newest = newest();
    if (!Files.exists(secret) || !Files.exists(open)) {
      return newest.isEmpty() && !Files.exists(open)
          ? List.of()
          : List.of(
              new Fault(
                  (Files.exists(secret) ? open : secret)
                      + " is missing, with which the ledger's checkpoints were signed",
                  PUT_BACK + "; the server does not start without it"));
    }
    try {
      LedgerKey key = LedgerKey.fromPem(Files.readString(secret), Files.readString(open));
      return newest.isEmpty() || newest.get().key().equals(key.publicKey())
          ? List.of()
          : List.of(
              new Fault(secret + " is not the key that signed the newest checkpoint", PUT_BACK));
    } catch (IllegalArgumentException e) {
      return List.of(new Fault(secret + " cannot be used: " + e.getMessage(), PUT_BACK));
    }
  }

  /** The checkpoint file of the last day, where it is one. */
  private Optional<SignedCheckpoint> newest() throws IOException {
    Path folder = data.resolve("checkpoints");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> last =
          files
              .filter(file -> file.getFileName().toString().matches("audit-.*\\.checkpoint"))
              .max(Comparator.naturalOrder());
      return last.isEmpty()
          ? Optional.empty()
          : Optional.of(SignedCheckpoint.parse(Files.readString(last.get())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
