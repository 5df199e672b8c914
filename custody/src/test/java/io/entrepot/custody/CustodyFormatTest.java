// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.custody.AuditEntry.Person;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the code against the format page, with hashes put together here by hand. */
class CustodyFormatTest {

  private final long seed = new SecureRandom().nextLong();
  private final Random random = new Random(seed);

  @Test
  void a_leaf_is_hashed_as_the_format_page_says() throws Exception {
    EntryContent content = new EntryContent(77, "copied", "größe", new byte[] {1, 2, 3});

    byte[] expected =
        sha256(
            "entrepot.ledger.leaf\0",
            out -> {
              out.writeByte(1);
              text(out, "custody");
              out.writeLong(5);
              out.writeLong(77);
              text(out, "copied");
              text(out, "größe");
              out.writeInt(3);
              out.write(new byte[] {1, 2, 3});
            });
    assertThat(new LedgerHasher().leaf(new LedgerEntry("custody", 5, content))).isEqualTo(expected);
  }

  @Test
  void a_root_over_five_leaves_has_four_on_the_left() throws Exception {
    byte[][] leaves = new byte[5][32];
    for (byte[] leaf : leaves) {
      random.nextBytes(leaf);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] leaf : leaves) {
      all.write(leaf);
    }

    byte[] left = node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]));
    assertThat(MerkleTree.rootOf(all.toByteArray(), new LedgerHasher()))
        .isEqualTo(LedgerHasher.digest(node(left, leaves[4])));
    assertThat(MerkleTree.rootOf(Arrays.copyOf(all.toByteArray(), 96), new LedgerHasher()))
        .isEqualTo(LedgerHasher.digest(node(node(leaves[0], leaves[1]), leaves[2])));
  }

  @Test
  void a_block_is_hashed_as_the_format_page_says() throws Exception {
    LedgerHead head = LedgerHead.empty("custody");
    Block block = new BlockSealer().seal(head, List.of(TestEntries.random(random)), 99);

    byte[] expected =
        sha256(
            "entrepot.ledger.block\0",
            out -> {
              out.writeByte(1);
              text(out, "custody");
              out.writeLong(1);
              out.writeLong(1);
              out.writeLong(1);
              out.write(block.leaves());
              out.write(new byte[32]);
              out.writeLong(99);
            });
    assertThat(block.hash()).isEqualTo(LedgerHasher.digest(expected));
  }

  @Test
  void a_custody_entry_comes_back_as_it_was() {
    for (int i = 0; i < 200; i++) {
      CustodyEntry entry = TestEntries.randomEntry(random);

      assertThat(CustodyCodec.decode(CustodyCodec.encode(entry)))
          .as("seed %d", seed)
          .isEqualTo(entry);
    }
  }

  @Test
  void an_audit_entry_comes_back_as_it_was() {
    AuditEntry entry =
        new AuditEntry(
            Instant.parse("2026-01-02T03:04:05.000006Z"),
            "update",
            new Entity("storage_location", "a:b"),
            new Person(
                "a1",
                "x@example.org",
                "127.0.0.1",
                new Credential("api_key", "k1", "ek_1234567 nightly")),
            "{\"password\":\"***\"}");

    assertThat(AuditCodec.decode(AuditCodec.encode(entry))).isEqualTo(entry);
  }

  @Test
  void an_audit_entry_of_before_credentials_were_kept_is_still_read() throws Exception {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(payload);
    out.writeByte(1);
    for (String field : List.of("a1", "x@example.org", "127.0.0.1", "{}")) {
      text(out, field);
    }

    AuditEntry entry =
        AuditCodec.decode(new EntryContent(7, "update", "user:a2", payload.toByteArray()));

    assertThat(entry.actor()).isEqualTo(new Person("a1", "x@example.org", "127.0.0.1"));
    assertThat(entry.actor().credential()).isEqualTo(Credential.UNKNOWN);
    assertThat(entry.changes()).isEqualTo("{}");
  }

  @Test
  void a_payload_cut_anywhere_is_refused() {
    EntryContent whole = TestEntries.random(random);
    for (int length = 0; length < whole.payload().length; length++) {
      byte[] cut = Arrays.copyOf(whole.payload(), length);
      EntryContent content = new EntryContent(whole.micros(), whole.kind(), whole.subject(), cut);

      assertThatThrownBy(() -> CustodyCodec.decode(content))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_checkpoint_survives_being_copied_as_text() {
    LedgerKey key = LedgerKey.generate(new SecureRandom());
    LedgerHead head = new LedgerHead("custody", 12, 3, LedgerHead.ZEROS);
    SignedCheckpoint signed = key.sign(new Checkpoint(head, 1_763_693_138_123_456L));

    SignedCheckpoint copied = SignedCheckpoint.parse(signed.text().replace("\n", "\r\n") + "\n\n");

    assertThat(copied).isEqualTo(signed);
    assertThat(copied.holds()).isTrue();
    assertThat(signed.text()).startsWith("entrepot checkpoint 1\nstream: custody\nentries: 12\n");
    assertThat(signed.text().lines()).hasSize(9);
  }

  @Test
  void a_key_comes_back_from_its_files_and_shows_no_secret() {
    LedgerKey key = LedgerKey.generate(new SecureRandom());
    LedgerKey read = LedgerKey.fromPem(key.toPem(), key.publicKey().toPem());

    assertThat(read.publicKey()).isEqualTo(key.publicKey());
    assertThat(read.sign(new Checkpoint(LedgerHead.empty("a"), 1)).holds()).isTrue();
    assertThat(key.toPem()).doesNotContain(key.toString());
    String other = LedgerKey.generate(new SecureRandom()).publicKey().toPem();
    assertThatThrownBy(() -> LedgerKey.fromPem(key.toPem(), other))
        .hasMessageContaining("public key");
  }

  private static byte[] node(byte[] left, byte[] right) throws Exception {
    return sha256(
        "entrepot.ledger.node\0",
        out -> {
          out.write(left);
          out.write(right);
        });
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private interface Fields {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] sha256(String tag, Fields fields)
      throws IOException, NoSuchAlgorithmException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(tag.getBytes(US_ASCII));
    fields.write(new DataOutputStream(bytes));
    return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
  }
}
