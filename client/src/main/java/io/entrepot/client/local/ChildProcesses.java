// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client.local;

/** Children do not outlive this process, also when it is told to stop from outside. */
final class ChildProcesses {

  private ChildProcesses() {}

  /** Ends the child when this process ends, unless the ward is released before. */
  static Ward endWithThisOne(Process child) {
    return atTheEnd(child::destroy);
  }

  /** Does this when this process ends, unless the ward is released before. */
  static Ward atTheEnd(Runnable ending) {
    Thread hook = Thread.ofPlatform().unstarted(ending);
    Runtime.getRuntime().addShutdownHook(hook);
    return new Ward(hook);
  }

  /** The promise to end one child, or what it left running. */
  record Ward(Thread hook) {

    void release() {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // This process is ending already, and the hook does its work.
      }
    }
  }
}
