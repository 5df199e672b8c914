// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a server has around it that is no setting.
 *
 * @param environment the variables of its environment
 * @param limits the file in which the kernel says what a process may use, such as {@code
 *     /proc/self/limits}
 * @param heap how large its heap may grow, in bytes
 * @param memory how much memory the machine, or the container, has in all, in bytes
 * @param classes where its pages and assets are read from
 */
record Surroundings(
    Map<String, String> environment, Path limits, long heap, long memory, ClassLoader classes) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process, which the launcher starts with the server's own options. */
  static Surroundings real() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Surroundings(
        System.getenv(),
        Path.of("/proc/self/limits"),
        Runtime.getRuntime().maxMemory(),
        system.getTotalMemorySize(),
        Surroundings.class.getClassLoader());
  }
}
