// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.database.TestPostgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** Two servers on one PostgreSQL, with the same keys. */
public record TwoNodes(TestServer one, TestServer two) implements AutoCloseable {

  /**
   * Empty where there is no PostgreSQL.
   *
   * @param folder for their data
   * @param ofSecond settings of the second one only
   */
  public static Optional<TwoNodes> start(Path folder, String... ofSecond) throws IOException {
    Optional<TestPostgresql> database = TestPostgresql.shared();
    if (database.isEmpty()) {
      return Optional.empty();
    }
    String url = "--entrepot.database.url=" + TestDatabases.createPostgresql(database.get());
    String user = "--entrepot.database.user=postgres";
    TestServer one = TestServer.startIn(folder.resolve("first"), url, user);
    try {
      Path second = folder.resolve("second");
      copy(one.data().resolve("keys"), second.resolve("keys"));
      // What tells a data directory from any other folder with something in it.
      Files.createFile(second.resolve("lock"));
      String[] settings =
          Stream.concat(Stream.of(url, user), Stream.of(ofSecond)).toArray(String[]::new);
      return Optional.of(new TwoNodes(one, TestServer.startIn(second, settings)));
    } catch (IOException | RuntimeException e) {
      one.close();
      throw e;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Override
  public void close() {
    two.close();
    one.close();
  }
}
