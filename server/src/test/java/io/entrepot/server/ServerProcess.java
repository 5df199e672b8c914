// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.client.local.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server as a process of its own. It costs seconds: for what only a process can show. Where the
 * property {@code tests.packaged} names the folder of a packaged server, it is that one, as {@code
 * ./entrepot test} has it; else the classes of this build.
 */
public final class ServerProcess {

  private ServerProcess() {}

  /**
   * Starts one whose console is written to {@code out} and {@code err} in a folder.
   *
   * @param environment beside that of the tests, of which no setting is handed on
   */
  public static Process start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String packaged = System.getProperty("tests.packaged", "");
    command.addAll(packaged.isEmpty() ? asCompiled() : asPackaged(Path.of(packaged)));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ENTREPOT_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What the launcher has just built; with its cache, which spares half of a start. */
  private static List<String> asPackaged(Path folder) {
    return LocalServer.packaged(folder, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  private static List<String> asCompiled() {
    return List.of(
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dspring.aot.enabled=true",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        Entrepot.class.getName());
  }

  /** As the running server has it: without the settings and the logging of the tests. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(":"));
  }
}
