package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesANewFileAndReplacesAnOldOneAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("out.json");
    AtomicFile.write(file, new byte[] {1});
    AtomicFile.write(file, new byte[] {2, 3});
    assertThat(file).hasBinaryContent(new byte[] {2, 3});
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesThroughALink() throws IOException {
    Path file = Files.write(folder.resolve("out.json"), new byte[] {1});
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, new byte[] {2});
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(file).hasBinaryContent(new byte[] {2});
  }

  @Test
  void saysBeforehandWhatWouldNotWorkAndLeavesNothing() throws IOException {
    Path file = folder.resolve("out.json");
    AtomicFile.checkWritable(file);
    assertThat(folder).isEmptyDirectory();

    assertThatThrownBy(() -> AtomicFile.checkWritable(folder))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> AtomicFile.checkWritable(folder.resolve("no/out.json")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("there is no folder");
    assumeThat(Path.of("/proc/self")).isDirectory();
    assertThatThrownBy(() -> AtomicFile.checkWritable(Path.of("/proc/self/out.json")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("cannot write /proc/self/out.json");
  }
}
