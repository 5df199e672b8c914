// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStreamsTest {

  /** What says that it runs before it was started is never started, and its heart never beats. */
  @Test
  void it_does_not_run_before_it_was_started_nor_after_it_was_stopped() {
    EventStreams streams = new EventStreams();
    assertThat(streams.isRunning()).isFalse();
    streams.start();
    assertThat(streams.isRunning()).isTrue();
    streams.stop();
    assertThat(streams.isRunning()).isFalse();
  }
}
