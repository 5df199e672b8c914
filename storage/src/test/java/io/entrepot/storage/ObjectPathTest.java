// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ObjectPathTest {

  @Test
  void any_bytes_come_back_and_no_two_share_a_text() {
    long seed = new Random().nextLong();
    System.out.println("ObjectPathTest seed " + seed);
    Random random = new Random(seed);
    Map<String, List<Byte>> seen = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = randomName(random);
      String text = ObjectPath.decode(bytes);
      ObjectPath path = new ObjectPath(text);
      assertThat(path.bytes()).as("seed %d, text %s", seed, text).isEqualTo(bytes);
      List<Byte> before = seen.put(text, boxed(bytes));
      assertThat(before).isIn(null, boxed(bytes));
    }
  }

  /** Short pieces of good text, broken text and text that looks like our own escapes. */
  private static byte[] randomName(Random random) {
    String[] good = {
      "a", "é", "e\u0301", "€", "\ud83d\ude80", "\uef80", "\uefff", "\uf000", "\ufffd"
    };
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write('n');
    for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
      byte[] piece = good[random.nextInt(good.length)].getBytes(UTF_8);
      switch (random.nextInt(3)) {
        case 0 -> out.writeBytes(piece);
        case 1 -> out.write(piece, 0, 1 + random.nextInt(piece.length));
        default -> out.write(0x80 + random.nextInt(0x80));
      }
    }
    return out.toByteArray();
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> boxed = new java.util.ArrayList<>();
    for (byte b : bytes) {
      boxed.add(b);
    }
    return boxed;
  }

  @Test
  void every_single_byte_has_a_text_of_its_own() {
    HashSet<String> texts = new HashSet<>();
    for (int i = 1; i < 256; i++) {
      if (i != '/' && i != '.') {
        byte[] bytes = {(byte) i};
        ObjectPath path = ObjectPath.ofBytes(bytes);
        assertThat(path.bytes()).isEqualTo(bytes);
        assertThat(texts.add(path.text())).isTrue();
      }
    }
  }

  @Test
  void undecodable_bytes_become_private_characters_one_each() {
    assertThat(ObjectPath.decode(new byte[] {'a', (byte) 0xff, (byte) 0x80}))
        .isEqualTo("a\uefff\uef80");
    assertThat(ObjectPath.decode("\uef80".getBytes(UTF_8))).isEqualTo("\uefee\uefbe\uef80");
  }

  @Test
  void names_that_leave_the_base_or_have_no_bytes_are_refused() {
    for (String text :
        List.of(
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/..",
            "a/./b",
            "a\0b",
            "x".repeat(256),
            "é".repeat(128),
            "half\ud83d",
            "\ude80half",
            "\uefc3\uefa9")) {
      assertThat(StoreExam.codeOf(() -> new ObjectPath(text)))
          .as(text)
          .isEqualTo(ErrorCode.NAME_REFUSED);
    }
    assertThat(StoreExam.codeOf(() -> new ObjectPath("a").child("b/c")))
        .isEqualTo(ErrorCode.NAME_REFUSED);
    assertThat(new ObjectPath("é".repeat(127)).name()).hasSize(127);
  }

  @Test
  void parents_children_and_names() {
    ObjectPath path = new ObjectPath("a/b/c");
    assertThat(path.names()).containsExactly("a", "b", "c");
    assertThat(path.name()).isEqualTo("c");
    assertThat(path.parent()).isEqualTo(new ObjectPath("a/b"));
    assertThat(new ObjectPath("a").parent()).isEqualTo(ObjectPath.BASE);
    assertThat(ObjectPath.BASE.parent()).isEqualTo(ObjectPath.BASE);
    assertThat(ObjectPath.BASE.names()).isEmpty();
    assertThat(ObjectPath.BASE.child("a").child("b")).isEqualTo(new ObjectPath("a/b"));
    assertThat(ObjectPath.BASE.resolve(path)).isEqualTo(path);
    assertThat(path.resolve(ObjectPath.BASE)).isEqualTo(path);
    assertThat(path.resolve(new ObjectPath("d/e"))).isEqualTo(new ObjectPath("a/b/c/d/e"));
  }

  @Test
  void the_base_is_the_empty_path() {
    assertThat(ObjectPath.BASE.isBase()).isTrue();
    assertThat(ObjectPath.BASE.bytes()).isEmpty();
    assertThat(ObjectPath.ofBytes(new byte[0])).isEqualTo(ObjectPath.BASE);
  }
}
