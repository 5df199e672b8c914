// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeTest {

  private static final int ENOSYS = 38;

  @Test
  void a_process_that_had_no_file_left_to_open_has_the_confined_open_all_the_same() {
    assertThat(Native.has(7)).isTrue();
    assertThat(Native.has(-Errno.EMFILE)).isTrue();
    assertThat(Native.has(-Errno.ENFILE)).isTrue();
    assertThat(Native.has(-Errno.ENOMEM)).isTrue();
    assertThat(Native.has(-ENOSYS)).isFalse();
    assertThat(Native.has(-Errno.EPERM)).isFalse();
  }

  @Test
  void why_the_call_cannot_be_used_is_said() {
    int enosys = -38;
    assertThat(Native.obstacle(3, true)).isEmpty();
    assertThat(Native.obstacle(-Errno.EMFILE, true)).isEmpty();
    assertThat(Native.obstacle(enosys, false)).contains("older than Linux 5.6");
    assertThat(Native.obstacle(enosys, true)).contains("openat2", "38", "seccomp");
    assertThat(Native.obstacle(-Errno.EPERM, true)).contains("openat2", "seccomp");
  }
}
