// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server is started as a child process.
 *
 * @param home the checkout, in which the launcher has built {@code dist/server}
 * @param data the server's data directory
 * @param port 0 takes any free one
 * @param environment added to this process's own
 * @param jvmOptions after those of {@code server/java.options}
 * @param arguments settings of the server, {@code --entrepot.…=…}
 * @param launcher words before the command of the server: a program that becomes it, such as {@code
 *     prlimit}; empty for none
 */
public record LocalServerSettings(
    Path home,
    Path data,
    int port,
    Map<String, String> environment,
    List<String> jvmOptions,
    List<String> arguments,
    List<String> launcher) {

  public LocalServerSettings {
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
    launcher = List.copyOf(launcher);
  }

  /** A server on any free port, with an administrator. */
  public static LocalServerSettings of(Path home, Path data, Administrator administrator) {
    Map<String, String> environment =
        Map.of("ADMIN_EMAIL", administrator.email(), "ADMIN_PASSWORD", administrator.password());
    return new LocalServerSettings(home, data, 0, environment, List.of(), List.of(), List.of());
  }

  /** The same with other environment variables added. */
  public LocalServerSettings withEnvironment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new LocalServerSettings(home, data, port, all, jvmOptions, arguments, launcher);
  }

  /** The same on a given port. */
  public LocalServerSettings withPort(int wanted) {
    return new LocalServerSettings(
        home, data, wanted, environment, jvmOptions, arguments, launcher);
  }

  /** The same with more options for the JVM. */
  public LocalServerSettings withJvmOptions(List<String> options) {
    return new LocalServerSettings(home, data, port, environment, options, arguments, launcher);
  }

  /** The same with other settings of the server. */
  public LocalServerSettings withArguments(List<String> settings) {
    return new LocalServerSettings(home, data, port, environment, jvmOptions, settings, launcher);
  }

  /** The same, started by another program. */
  public LocalServerSettings withLauncher(List<String> words) {
    return new LocalServerSettings(home, data, port, environment, jvmOptions, arguments, words);
  }

  /** Where the output of the server goes. */
  public Path log() {
    return data.resolveSibling(data.getFileName() + ".server.log");
  }

  /** Where libraries of the server put what they need while it runs. */
  public Path temp() {
    return data.resolveSibling(data.getFileName() + ".temp").toAbsolutePath();
  }

  /** The account that is made at the first start. */
  public record Administrator(String email, String password) {

    @Override
    public String toString() {
      return "Administrator[" + email + "]";
    }
  }
}
