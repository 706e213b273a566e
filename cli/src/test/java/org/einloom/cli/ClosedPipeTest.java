package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when whoever reads the output has seen enough, as {@code head} has. */
class ClosedPipeTest {
  @TempDir Path folder;

  /** Runs a line of shell in which {@code EINLOOM} is the command; its exit code goes to a file. */
  private void shell(String line) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder("sh", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("shown").toFile());
    process
        .environment()
        .put(
            "EINLOOM",
            "%s -cp %s org.einloom.cli.Main"
                .formatted(java, System.getProperty("java.class.path")));
    assertThat(process.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file)).strip();
  }

  @Test
  void endsQuietlyWithTheExitCodeOfItsSignal() throws Exception {
    // more than a pipe holds
    shell("{ $EINLOOM schema result 2>messages; echo $? >code; } | head -n 1");
    assertThat(read("shown")).isEqualTo("{");
    assertThat(read("messages")).isEmpty();
    assertThat(read("code")).isEqualTo("141");
  }

  @Test
  void aFullDiskIsSaid() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    shell("$EINLOOM schema result 2>messages >/dev/full; echo $? >code");
    assertThat(read("messages")).isEqualTo("einloom: cannot write to standard output");
    assertThat(read("code")).isEqualTo("1");
  }
}
