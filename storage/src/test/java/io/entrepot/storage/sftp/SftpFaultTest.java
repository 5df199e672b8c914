// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.decorator.Pause;
import io.entrepot.storage.decorator.RetrySettings;
import io.entrepot.storage.decorator.RetryingStore;
import io.entrepot.storage.peer.FaultProxy;
import io.entrepot.storage.peer.FaultProxy.Direction;
import io.entrepot.storage.peer.FaultProxy.Fault;
import io.entrepot.storage.peer.OpensshServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Networks that cut, stall and lie, between the store and a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SftpFaultTest {

  private static final int SIZE = 6_000_000;
  private static final ObjectPath FILE = new ObjectPath("file");
  private static final ObjectPath TARGET = new ObjectPath("target");

  private OpensshServer server;
  private Path base;
  private byte[] content;
  private FaultProxy proxy;
  private SftpStore store;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    base = Files.createDirectory(folder.resolve("base"));
    server = OpensshServer.start(Files.createDirectory(folder.resolve("server")));
    content = new byte[SIZE];
    new Random(7).nextBytes(content);
    Files.write(base.resolve("file"), content);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    proxy = FaultProxy.to(server.host(), server.port());
    store =
        SftpCandidate.on(server, base)
            .port(proxy.port())
            .limits(Duration.ofSeconds(20), Duration.ofSeconds(2), 2)
            .open();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    proxy.close();
    Files.deleteIfExists(base.resolve("target"));
  }

  private byte[] readAll() throws IOException {
    try (InputStream in = store.read(FILE, ReadOptions.WHOLE)) {
      return in.readAllBytes();
    }
  }

  private ErrorCode readFails() {
    return catchThrowableOfType(StoreException.class, this::readAll).code();
  }

  private ErrorCode writeFails() {
    return catchThrowableOfType(
            StoreException.class,
            () ->
                store.write(TARGET, new ByteArrayInputStream(content), WriteOptions.replace(SIZE)))
        .code();
  }

  /** A session that was parked may notice only when it is used, so each gets its turn to fail. */
  private void dropAll() {
    proxy.dropAll();
    for (int i = 0; i < 2; i++) {
      try {
        assertThat(store.stat(FILE)).isPresent();
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(base)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void a_connection_cut_while_reading_is_a_short_source_and_the_next_read_works()
      throws IOException {
    List<Fault> faults =
        List.of(
            new Fault.Cut(20_000),
            new Fault.Cut(1_000_000),
            new Fault.Cut(SIZE - 100),
            new Fault.Reset(2_000_000),
            new Fault.HalfClose(3_000_000));
    for (Fault fault : faults) {
      proxy.spoil(Direction.TO_CLIENT, fault);
      assertThat(readFails()).as("%s", fault).isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
      proxy.heal();
      assertThat(readAll()).isEqualTo(content);
      dropAll();
    }
  }

  @Test
  void a_connection_cut_while_writing_leaves_nothing_under_the_name() throws IOException {
    for (long after : new long[] {5_000, 500_000, SIZE - 1_000}) {
      store.stat(FILE);
      proxy.spoil(Direction.TO_SERVER, new Fault.Cut(after));
      assertThat(writeFails()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
      assertThat(names()).doesNotContain("target");
      proxy.heal();
      dropAll();
      assertThat(store.stat(TARGET)).isEmpty();
    }
  }

  @Test
  void a_write_cut_while_the_server_can_be_reached_again_leaves_no_trace() throws IOException {
    assertThat(store.stat(FILE)).isPresent();
    InputStream cutting =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            if (pos > 2_000_000) {
              proxy.dropAll();
            }
            return super.read(into, offset, Math.min(length, 100_000));
          }
        };
    StoreException e =
        catchThrowableOfType(
            StoreException.class, () -> store.write(TARGET, cutting, WriteOptions.replace(SIZE)));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void a_stall_is_noticed_in_time_in_both_directions() {
    for (Direction direction : Direction.values()) {
      proxy.spoil(direction, new Fault.Stall(1_000_000));
      long start = System.nanoTime();
      ErrorCode code = direction == Direction.TO_CLIENT ? readFails() : writeFails();
      assertThat(code).isEqualTo(ErrorCode.STORE_UNREACHABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
      proxy.heal();
      dropAll();
    }
  }

  @Test
  void a_flipped_bit_on_the_way_is_never_taken_for_content() throws IOException {
    proxy.spoil(Direction.TO_CLIENT, new Fault.Flip(1_500_000));
    assertThat(readFails()).isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
    proxy.heal();
    assertThat(readAll()).isEqualTo(content);
  }

  @Test
  void a_slow_link_is_slow_but_no_fault() throws IOException {
    proxy.spoil(Direction.TO_CLIENT, new Fault.Rate(2_000_000));
    assertThat(readAll()).isEqualTo(content);
  }

  @Test
  void a_file_cut_short_while_it_is_read_is_a_short_source() throws IOException {
    Path shrinking = Files.write(base.resolve("target"), new byte[30_000_000]);
    try (InputStream in = store.read(TARGET, ReadOptions.WHOLE)) {
      assertThat(in.readNBytes(1000)).hasSize(1000);
      Files.write(shrinking, new byte[10]);
      assertThat(catchThrowableOfType(StoreException.class, in::readAllBytes).code())
          .isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
    }
  }

  @Test
  void after_a_restart_of_the_server_the_pool_connects_anew() throws IOException {
    assertThat(readAll()).hasSize(SIZE);
    server.restart();
    try {
      store.stat(FILE);
    } catch (StoreException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    }
    assertThat(readAll()).isEqualTo(content);
  }

  @Test
  void when_all_sessions_are_busy_the_caller_is_told() throws IOException {
    try (InputStream one = store.read(FILE, ReadOptions.WHOLE);
        InputStream two = store.read(FILE, ReadOptions.WHOLE)) {
      assertThat(one.read() + two.read()).isGreaterThanOrEqualTo(0);
      assertThat(catchThrowableOfType(StoreException.class, () -> store.stat(FILE)).code())
          .isEqualTo(ErrorCode.OVERLOADED);
    }
    assertThat(store.stat(FILE)).isPresent();
  }

  @Test
  void files_read_in_turn_over_a_connection_that_is_cut_come_whole_when_tried_again()
      throws IOException {
    Store retrying =
        new RetryingStore(
            store,
            new RetrySettings(5, Duration.ofMillis(10), Duration.ofMillis(100)),
            Pause.SLEEP);
    List<ObjectStat> files = Collections.nCopies(6, retrying.stat(FILE).orElseThrow());
    try (Reading reading = retrying.readEach(files)) {
      for (int i = 0; i < files.size(); i++) {
        if (i == 2 || i == 4) {
          proxy.dropAll();
        }
        assertThat(reading.next().readAllBytes()).isEqualTo(content);
      }
    }
  }
}
