// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer nonsense. */
final class ReplyTest {

  private static ErrorCode refusal(ThrowingCallable asked) {
    return catchThrowableOfType(StoreException.class, asked).code();
  }

  private static ByteBuffer integers(int... values) {
    ByteBuffer answer = ByteBuffer.allocate(values.length * Integer.BYTES);
    for (int value : values) {
      answer.putInt(value);
    }
    return answer.flip();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 5, Integer.MAX_VALUE})
  void a_length_that_cannot_be_is_a_failed_read(int length) {
    Reply handle = new Reply(Packet.HANDLE, integers(length, 0));
    assertThat(refusal(handle::handle)).isEqualTo(ErrorCode.STORE_READ_FAILED);
    Reply words = new Reply(Packet.STATUS, integers(Packet.FAILURE, length, 0));
    assertThat(refusal(words::words)).isEqualTo(ErrorCode.STORE_READ_FAILED);
    Reply extended = new Reply(Packet.ATTRIBUTES, integers(Packet.HAS_EXTENDED, 1, length, 0));
    assertThat(refusal(extended::attributes)).isEqualTo(ErrorCode.STORE_READ_FAILED);
    assertThat(refusal(() -> new Fields(integers(length, 0)).shared()))
        .isEqualTo(ErrorCode.STORE_READ_FAILED);
  }

  @Test
  void an_answer_that_ends_too_soon_is_a_failed_read() {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    assertThat(refusal(() -> new Reply(Packet.STATUS, nothing).isOk()))
        .isEqualTo(ErrorCode.STORE_READ_FAILED);
    assertThat(refusal(() -> new Reply(Packet.HANDLE, nothing).handle()))
        .isEqualTo(ErrorCode.STORE_READ_FAILED);
    for (int flag :
        new int[] {
          Packet.HAS_SIZE,
          Packet.HAS_OWNER,
          Packet.HAS_PERMISSIONS,
          Packet.HAS_TIMES,
          Packet.HAS_EXTENDED
        }) {
      assertThat(refusal(() -> new Reply(Packet.ATTRIBUTES, integers(flag)).attributes()))
          .isEqualTo(ErrorCode.STORE_READ_FAILED);
    }
  }

  @Test
  void a_packet_without_a_number_ends_the_connection() {
    Frames frames = new Frames(_ -> {});
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> frames.write(new byte[] {0, 0, 0, 4}, 0, 4)))
        .hasMessageContaining("4 bytes");
  }

  @Test
  void what_is_whole_is_read_as_it_stands() {
    ByteBuffer words = ByteBuffer.allocate(10).putInt(Packet.FAILURE).putInt(2);
    words.put("no".getBytes(StandardCharsets.UTF_8)).flip();
    Reply refused = new Reply(Packet.STATUS, words);
    assertThat(refused.isStatus(Packet.FAILURE)).isTrue();
    assertThat(refused.words()).isEqualTo("no");
    Reply folder =
        new Reply(
            Packet.ATTRIBUTES,
            integers(Packet.HAS_PERMISSIONS | Packet.HAS_EXTENDED, 0x4000, 1, 0, 0));
    assertThat(folder.attributes().kind()).isEqualTo(Kind.FOLDER);
  }
}
