// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoInstrumentTest {

  @TempDir Path folder;

  @Test
  void a_sample_brings_files_of_several_instruments() throws IOException {
    DemoInstrument instrument = new DemoInstrument(folder, 1);
    instrument.measure();
    assertThat(files()).hasSize(5);
    assertThat(instrument.files()).isEqualTo(5);
    assertThat(folder.resolve("nmr/sample-001/1/fid")).hasSize(16_384 * 8);
    assertThat(folder.resolve("microscope/sample-001.fits"))
        .binaryContent()
        .startsWith("SIMPLE".getBytes(StandardCharsets.US_ASCII));
    assertThat(Files.size(folder.resolve("microscope/sample-001.fits")) % 2_880).isZero();
  }

  @Test
  void the_long_run_counts_as_a_file_from_its_beginning() throws InterruptedException {
    DemoInstrument instrument = new DemoInstrument(folder, 1);
    Thread writer = instrument.beginLongRun();
    assertThat(instrument.files()).isEqualTo(1);
    writer.interrupt();
    writer.join();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
