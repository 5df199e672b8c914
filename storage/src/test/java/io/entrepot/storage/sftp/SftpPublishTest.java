// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.peer.OpensshServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an SFTP server is asked to bring to its medium; its log tells. */
final class SftpPublishTest {

  private static final String PROGRAM = "/usr/lib/openssh/sftp-server";

  @TempDir Path folder;

  @Test
  void names_given_before_a_refusal_are_brought_to_the_medium() throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.createDirectories(base.resolve("final"));
    Files.createDirectories(base.resolve("staging"));
    Files.write(base.resolve("staging/free"), new byte[] {1});
    Files.write(base.resolve("staging/taken"), new byte[] {2});
    Files.write(base.resolve("final/taken"), new byte[] {3});
    Path log = folder.resolve("sftp.log");
    try (OpensshServer server = OpensshServer.start(Files.createDirectory(folder.resolve("ssh")))) {
      logTo(log, folder.resolve("ssh/authorized_keys"));
      try (SftpStore store = SftpCandidate.on(server, base).open()) {
        ErrorCode refused =
            catchThrowableOfType(
                    StoreException.class,
                    () -> store.publish(List.of(renaming("free"), renaming("taken"))))
                .code();
        assertThat(refused).isEqualTo(ErrorCode.ALREADY_EXISTS);
      }
    }

    assertThat(base.resolve("final/free")).exists();
    List<String> said = Files.readAllLines(log);
    assertThat(said).as("the server's log").anyMatch(line -> line.contains("rename old"));
    int renamed =
        said.indexOf(
            said.stream().filter(line -> line.contains("rename old")).findFirst().orElseThrow());
    assertThat(said.subList(renamed, said.size()))
        .anyMatch(line -> line.contains("fsync \"" + base.resolve("final") + "\""));
  }

  @Test
  void a_file_that_has_its_name_is_brought_to_the_medium_with_the_folders_above_it()
      throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.createDirectories(base.resolve("a/b"));
    Files.write(base.resolve("a/b/kept"), new byte[] {1});
    Path log = folder.resolve("sftp.log");
    try (OpensshServer server = OpensshServer.start(Files.createDirectory(folder.resolve("ssh")))) {
      logTo(log, folder.resolve("ssh/authorized_keys"));
      try (SftpStore store = SftpCandidate.on(server, base).open()) {
        store.flush(new ObjectPath("a/b/kept"));
      }
    }

    List<String> said = Files.readAllLines(log);
    for (Path flushed : List.of(base.resolve("a/b/kept"), base.resolve("a/b"), base)) {
      assertThat(said).anyMatch(line -> line.contains("fsync \"" + flushed + "\""));
    }
  }

  @Test
  void an_object_that_cannot_be_replaced_in_one_step_stands_as_it_was() throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.writeString(base.resolve("taken"), "old");
    try (OpensshServer server = OpensshServer.start(Files.createDirectory(folder.resolve("ssh")))) {
      run(PROGRAM + " -P posix-rename", folder.resolve("ssh/authorized_keys"));
      try (SftpStore store = SftpCandidate.on(server, base).open()) {
        ErrorCode refused =
            catchThrowableOfType(StoreException.class, () -> write(store, "taken")).code();
        assertThat(refused).isEqualTo(ErrorCode.NOT_SUPPORTED);
        write(store, "free");
      }
    }

    assertThat(base.resolve("taken")).hasContent("old");
    assertThat(base.resolve("free")).hasContent("new");
  }

  private static void write(SftpStore store, String name) {
    byte[] content = {'n', 'e', 'w'};
    store.write(new ObjectPath(name), new ByteArrayInputStream(content), WriteOptions.replace(3));
  }

  private static Renaming renaming(String name) {
    return new Renaming(new ObjectPath("staging/" + name), new ObjectPath("final/" + name));
  }

  private static void logTo(Path log, Path keys) throws IOException {
    run("%s -e -l VERBOSE 2>>%s".formatted(PROGRAM, log), keys);
  }

  private static void run(String command, Path keys) throws IOException {
    Files.writeString(keys, "command=\"%s\" ".formatted(command) + Files.readString(keys));
  }
}
