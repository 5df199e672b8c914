// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.peer.OpensshServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an SFTP server is asked to bring to its medium; its log tells. */
final class SftpPublishTest {

  /** Passes everything on, but for a flush after the second, which the server fails. */
  private static final String FAILING_FLUSHES =
      """
      import struct, subprocess, sys
      server = subprocess.Popen(["/usr/lib/openssh/sftp-server"], stdin=subprocess.PIPE)
      flushes = 0
      while head := sys.stdin.buffer.read(4):
          body = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
          if body[0] == 200 and b"fsync@openssh.com" in body:
              flushes += 1
              if flushes > 2:  # instead, a folder is made that is there: a plain failure
                  body = bytes([14]) + body[1:5] + struct.pack(">I", 1) + b"/" + struct.pack(">I", 0)
          server.stdin.write(struct.pack(">I", len(body)) + body)
          server.stdin.flush()
      server.stdin.close()
      sys.exit(server.wait())
      """;

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
  void a_failed_flush_of_names_that_were_given_is_told_and_not_why_another_was_refused()
      throws IOException {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "no Python on this machine");
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.createDirectories(base.resolve("final"));
    Files.createDirectories(base.resolve("staging"));
    Files.write(base.resolve("staging/free"), new byte[] {1});
    Files.write(base.resolve("staging/taken"), new byte[] {2});
    Files.write(base.resolve("final/taken"), new byte[] {3});
    Path between = Files.writeString(folder.resolve("between.py"), FAILING_FLUSHES);
    try (OpensshServer server = OpensshServer.start(Files.createDirectory(folder.resolve("ssh")))) {
      run(python + " " + between, folder.resolve("ssh/authorized_keys"));
      try (SftpStore store = SftpCandidate.on(server, base).open()) {
        StoreException failure =
            catchThrowableOfType(
                StoreException.class,
                () -> store.publish(List.of(renaming("free"), renaming("taken"))));
        assertThat(failure.code()).isEqualTo(ErrorCode.STORE_WRITE_FAILED);
        assertThat(failure.getSuppressed())
            .singleElement()
            .extracting(refusal -> ((StoreException) refusal).code())
            .isEqualTo(ErrorCode.ALREADY_EXISTS);
      }
    }
    assertThat(base.resolve("final/free")).exists();
  }

  @Test
  void a_write_that_fails_leaves_no_file_open_on_the_server() throws Exception {
    Path base = Files.createDirectory(folder.resolve("base"));
    try (OpensshServer server = OpensshServer.start(Files.createDirectory(folder.resolve("ssh")));
        SftpStore store = SftpCandidate.on(server, base).open()) {
      InputStream breaking =
          new SequenceInputStream(new ByteArrayInputStream(new byte[1_000_000]), new Broken());
      StoreException failure =
          catchThrowableOfType(
              StoreException.class,
              () -> store.write(new ObjectPath("file"), breaking, WriteOptions.replace(2_000_000)));
      assertThat(failure.code()).isEqualTo(ErrorCode.STORE_READ_FAILED);
      // The same session answers in turn, so what came before is done.
      assertThat(store.stat(new ObjectPath("file"))).isEmpty();
      assertThat(openBelow(base)).isEmpty();
    }
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the source broke");
    }
  }

  /** What any process has open there, as the kernel tells; deleted files too. */
  private static List<String> openBelow(Path base) throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
          for (Path descriptor : descriptors) {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith(base + "/")) {
              open.add(process + " " + target);
            }
          }
        } catch (IOException | DirectoryIteratorException e) {
          // Gone meanwhile, or another's.
          continue;
        }
      }
    }
    return open;
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
