// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A network of its own on this machine, reached by one cable that can be pulled: a namespace and a
 * pair of virtual interfaces. It goes when this process ends.
 */
public final class Cable implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/ip");
  private static final Path ENTERING = Path.of("/usr/bin/nsenter");

  /** Processes whose numbers differ by less than this have networks that differ. */
  private static final int NETWORKS = 1 << 14;

  /** These addresses are for tests of networks; a cable takes four. */
  private static final String ADDRESS = "198.18.%d.%d";

  private final String name;
  private final int network;
  private final AtomicBoolean laid = new AtomicBoolean();
  private final Thread hook = Thread.ofPlatform().unstarted(this::remove);

  private Cable(long process) {
    this.name = "entrepot" + process;
    this.network = (int) (process % NETWORKS) * 4;
  }

  /** Why this machine cannot have one; empty when it can. */
  public static Optional<String> obstacle() {
    if (!Command.isRoot()) {
      return Optional.of("only root can lay a cable into another network");
    }
    return Stream.of(PROGRAM, ENTERING)
        .filter(program -> !Files.isExecutable(program))
        .map(program -> program + " is not installed")
        .findFirst();
  }

  /** Lays the one cable of this process, and plugs it in. */
  public static Cable lay() {
    Cable cable = new Cable(ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(cable.hook);
    ip("netns", "add", cable.name);
    cable.laid.set(true);
    ip("link", "add", cable.near(), "type", "veth", "peer", "name", cable.far());
    ip("link", "set", cable.far(), "netns", cable.name);
    ip("addr", "add", cable.address(1) + "/30", "dev", cable.near());
    ip("link", "set", cable.near(), "up");
    cable.within("addr", "add", cable.address() + "/30", "dev", cable.far());
    cable.within("link", "set", "lo", "up");
    cable.plug();
    return cable;
  }

  private static void ip(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = PROGRAM.toString();
    System.arraycopy(words, 0, command, 1, words.length);
    Command.run(command);
  }

  private void within(String... words) {
    String[] command = new String[words.length + 2];
    command[0] = "-n";
    command[1] = name;
    System.arraycopy(words, 0, command, 2, words.length);
    ip(command);
  }

  private String near() {
    return "e" + name.substring(8) + "n";
  }

  private String far() {
    return "e" + name.substring(8) + "f";
  }

  private String address(int host) {
    int last = network + host;
    return ADDRESS.formatted(last >> 8, last & 0xff);
  }

  /** Where a program of the other network is reached. */
  public String address() {
    return address(2);
  }

  /**
   * What the command of a program begins with that shall run in the other network. Not {@code ip
   * netns exec}: that gives it mounts of its own too, which would hold on to every volume.
   */
  public List<String> words() {
    return List.of(ENTERING.toString(), "--net=/run/netns/" + name);
  }

  /** Nothing gets through, and nobody is told. */
  public void pull() {
    within("link", "set", far(), "down");
  }

  public void plug() {
    within("link", "set", far(), "up");
  }

  /** Bytes that came from the other network so far, with all that they were packed in. */
  public long received() {
    Path counter = Path.of("/sys/class/net", near(), "statistics/rx_bytes");
    try {
      return Long.parseLong(Files.readString(counter).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The interfaces go with the namespace. */
  private void remove() {
    if (laid.compareAndSet(true, false)) {
      ip("netns", "del", name);
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // This process is ending already, and the hook finds nothing to do.
    }
  }
}
