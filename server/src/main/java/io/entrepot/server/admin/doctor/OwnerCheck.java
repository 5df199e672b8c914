// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.doctor.Outcome.Fault;
import io.entrepot.server.settings.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the data directory and all in it belong to one account, which is the server's. */
final class OwnerCheck implements Check {

  private static final String SUPERUSER = "root";

  /** The data directory itself, and what lies in it for long. */
  private static final List<String> FOLDERS = List.of("", "keys", "checkpoints", "logs");

  private static final String OF_THE_DISK = "lost+found";

  private final Path data;

  OwnerCheck(Path data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "owner";
  }

  @Override
  public Outcome look() throws IOException {
    if (!Files.isDirectory(data)) {
      return Outcome.notApplicable("there is no data directory yet");
    }
    List<Fault> faults = new ArrayList<>();
    UserPrincipal owner = Files.getOwner(data);
    UserPrincipal me = FileOwner.me(data);
    if (!me.equals(owner) && !me.getName().equals(SUPERUSER)) {
      faults.add(
          new Fault(
              "the data directory %s belongs to %s, not to %s".formatted(data, owner, me),
              "run the server as " + owner + ", or: sudo chown -R " + me + " " + data));
      return Outcome.of(faults);
    }
    for (Path entry : entries()) {
      if (!belongsTo(owner, entry)) {
        faults.add(
            new Fault(
                "%s belongs to another account than its data directory, to %s"
                    .formatted(entry, Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS)),
                "sudo chown -R " + owner + " " + data));
        break;
      }
    }
    return Outcome.of(faults);
  }

  private List<Path> entries() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : FOLDERS) {
      Path from = data.resolve(folder);
      if (Files.isDirectory(from)) {
        try (Stream<Path> entries = Files.list(from)) {
          entries.filter(entry -> !entry.endsWith(OF_THE_DISK)).forEach(all::add);
        }
      }
    }
    return all;
  }

  /** A file that is gone by now belongs to nobody. */
  private static boolean belongsTo(UserPrincipal owner, Path entry) throws IOException {
    try {
      return Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(owner);
    } catch (NoSuchFileException _) {
      return true;
    }
  }
}
