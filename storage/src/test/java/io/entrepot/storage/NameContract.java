// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hostile names: taken and given back byte for byte, or refused with a reason. Never mangled. */
public interface NameContract extends StoreExam {

  /** Every name the exam knows; two of them are never the same object. */
  static List<ObjectPath> hostileNames() {
    List<ObjectPath> names = new ArrayList<>();
    for (String text :
        List.of(
            "caf\u00e9",
            "cafe\u0301",
            "Case",
            "case",
            "new\nline",
            "carriage\rreturn",
            "tab\there",
            "-rf",
            "--",
            "trailing.",
            "trailing ",
            " leading",
            "...",
            "..hidden",
            ".hidden",
            "CON",
            "nul.txt",
            "COM1",
            "%2e%2e",
            "%2F",
            "%00",
            "a;rm -rf ~",
            "$(id)",
            "`id`",
            "a&b|c>d<e",
            "quote\"s",
            "apostrophe's",
            "back\\slash",
            "star*",
            "question?",
            "colon:",
            "~",
            "#hash",
            "\u202egnp.exe",
            "\ud83d\ude80 \ud83d\udc69\u200d\ud83d\udd2c",
            "\u0001\u001b[31m",
            "\ufffd",
            "\ufeffbom",
            "x".repeat(255),
            "\u00e9".repeat(127),
            "\ud83d\ude80".repeat(63))) {
      names.add(path(text));
    }
    names.add(ObjectPath.ofBytes(new byte[] {'b', (byte) 0xff, (byte) 0xfe, 'c'}));
    names.add(ObjectPath.ofBytes(new byte[] {(byte) 0xc3}));
    names.add(ObjectPath.ofBytes(new byte[] {(byte) 0xc0, (byte) 0xae, (byte) 0xc0, (byte) 0xae}));
    names.add(ObjectPath.ofBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
    names.add(ObjectPath.ofBytes("\uef80".getBytes(UTF_8)));
    return names;
  }

  @Test
  default void hostile_names_come_back_byte_for_byte_or_are_refused() {
    List<ObjectPath> kept = new ArrayList<>();
    for (ObjectPath name : hostileNames()) {
      ObjectPath file = path("names").resolve(name);
      byte[] content = name.bytes();
      if (takes(name)) {
        put(file, content);
        kept.add(file);
      } else {
        assertThat(codeOf(() -> put(file, content))).isEqualTo(ErrorCode.NAME_REFUSED);
      }
    }
    for (ObjectPath file : kept) {
      assertThat(get(file))
          .as(file.text())
          .isEqualTo(file.name().isEmpty() ? null : nameBytes(file));
      assertThat(store().stat(file).orElseThrow().path()).isEqualTo(file);
    }
    assertThat(children(path("names")))
        .extracting(ObjectStat::path)
        .containsExactlyInAnyOrderElementsOf(kept);
    kept.forEach(store()::delete);
    kept.forEach(file -> assertThat(store().stat(file)).isEmpty());
  }

  private static byte[] nameBytes(ObjectPath file) {
    return path(file.name()).bytes();
  }

  @Test
  default void hostile_names_work_as_folders_too() {
    for (ObjectPath name : hostileNames()) {
      if (takes(name)) {
        ObjectPath file = name.child("file");
        put(file, new byte[] {7});
        assertThat(children(name)).extracting(ObjectStat::path).containsExactly(file);
        assertThat(get(file)).containsExactly(7);
        store().delete(file);
        store().delete(name);
      }
    }
    assertThat(children(ObjectPath.BASE)).isEmpty();
  }

  @Test
  default void hostile_names_can_be_published() {
    if (!can(Capability.PUBLISH)) {
      return;
    }
    List<Renaming> batch = new ArrayList<>();
    for (ObjectPath name : hostileNames()) {
      if (takes(name)) {
        ObjectPath staged = path("staging/" + batch.size());
        put(staged, name.bytes());
        batch.add(new Renaming(staged, path("final").resolve(name)));
      }
    }
    store().publish(batch);
    batch.forEach(done -> assertThat(get(done.to())).isEqualTo(nameBytes(done.to())));
  }
}
