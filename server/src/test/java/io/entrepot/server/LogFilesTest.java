// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

  @TempDir Path folder;

  private final LoggerContext logging = new LoggerContext();

  @BeforeEach
  void configureAsTheServerDoes() throws Exception {
    logging.setMDCAdapter(new LogbackMDCAdapter());
    logging.putProperty("LOG_PATH", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logging);
    URL file = Objects.requireNonNull(Entrepot.class.getResource("/logging.xml"));
    configurator.doConfigure(file);
  }

  @AfterEach
  void close() {
    logging.stop();
  }

  @Test
  void a_full_log_file_makes_room_for_the_next_and_five_are_kept() throws Exception {
    var log = logging.getLogger("a test");
    for (int i = 0; i < 8; i++) {
      log.info("line {}", i);
      file().rollover();
    }
    log.info("the last line");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "api.log", "api.log.1", "api.log.2", "api.log.3", "api.log.4", "api.log.5");
    }
    assertThat(folder.resolve("api.log")).content().contains("the last line");
    assertThat(folder.resolve("api.log.1")).content().contains("line 7");
    assertThat(folder.resolve("api.log.5")).content().contains("line 3");
  }

  @Test
  void a_failure_stands_in_the_file_with_its_stack() {
    logging.getLogger("a test").error("it failed", new IllegalStateException("no more paper"));
    assertThat(folder.resolve("api.log"))
        .content()
        .contains("it failed", "no more paper", "at io.entrepot.server.LogFilesTest");
  }

  @Test
  void what_somebody_sent_begins_no_record_and_commands_no_terminal() {
    String sent = "a\r\n2026-01-01T00:00:00.000Z INFO forged\u001b[31m\u2028b\tc";
    logging.getLogger("a test").error("it said {}", sent, new IllegalStateException(sent));
    assertThat(folder.resolve("api.log"))
        .content()
        .contains("it said a 2026-01-01T00:00:00.000Z INFO forged [31m b c\n", "\n\t2026-01-01")
        .doesNotContain("\n2026-01-01", "\r", "\u001b");
    assertThat(folder.resolve("api.log").toFile())
        .content()
        .satisfies(
            text -> assertThat(text.lines().filter(line -> !line.startsWith("\t"))).hasSize(1));
  }

  private RollingFileAppender<ILoggingEvent> file() {
    return (RollingFileAppender<ILoggingEvent>) logging.getLogger("ROOT").getAppender("file");
  }
}
