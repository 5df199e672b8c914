// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What stands under a name. Its fields are guarded by the store's lock. */
sealed interface Node {

  ObjectStat stat(ObjectPath path, boolean fingerprints);

  /** Fields rather than objects: there may be millions of these. */
  final class File implements Node {
    final Content content;
    final long version;
    private long seconds;
    private int nanos;

    File(Content content, long version, Instant modified) {
      this.content = content;
      this.version = version;
      modify(modified);
    }

    void modify(Instant modified) {
      seconds = modified.getEpochSecond();
      nanos = modified.getNano();
    }

    @Override
    public ObjectStat stat(ObjectPath path, boolean fingerprints) {
      return new ObjectStat(
          path,
          Kind.FILE,
          content.size(),
          Instant.ofEpochSecond(seconds, nanos),
          fingerprints ? Long.toString(version) : "");
    }
  }

  record Link(Instant modified) implements Node {
    @Override
    public ObjectStat stat(ObjectPath path, boolean fingerprints) {
      return new ObjectStat(path, Kind.LINK, 0, modified, "");
    }
  }

  /** Holds other nodes. */
  sealed interface Parent extends Node {
    Instant modified();

    @Nullable Node child(String name);

    /** As they are now; later changes do not show. */
    Iterator<String> names();

    boolean isEmpty();

    @Override
    default ObjectStat stat(ObjectPath path, boolean fingerprints) {
      return new ObjectStat(path, Kind.FOLDER, 0, modified(), "");
    }
  }

  /** A folder whose children are put in and taken out. */
  record Folder(Map<String, Node> children, Instant modified) implements Parent {

    static Folder empty(Instant modified) {
      return new Folder(new HashMap<>(), modified);
    }

    @Override
    public @Nullable Node child(String name) {
      return children.get(name);
    }

    @Override
    public Iterator<String> names() {
      return List.copyOf(children.keySet()).iterator();
    }

    @Override
    public boolean isEmpty() {
      return children.isEmpty();
    }
  }

  /** A folder of made-up files that takes no memory for them, and no change. */
  record GeneratedFolder(int count, long seed, long size, Instant modified) implements Parent {

    private static final Pattern NAME = Pattern.compile("file-(\\d{7})\\.dat");

    @Override
    public @Nullable Node child(String name) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        return null;
      }
      int number = Integer.parseInt(matcher.group(1));
      return number < count
          ? new File(new Content.Generated(seed + number, size), 1, modified)
          : null;
    }

    @Override
    public Iterator<String> names() {
      return IntStream.range(0, count).mapToObj(GeneratedFolder::name).iterator();
    }

    private static String name(int number) {
      String digits = Integer.toString(number);
      return "file-" + "0".repeat(7 - digits.length()) + digits + ".dat";
    }

    @Override
    public boolean isEmpty() {
      return count == 0;
    }
  }
}
