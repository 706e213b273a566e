package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code examples} are what they say: {@code -Deinloom.golden=write} writes them. */
class ExampleProfileTest {
  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir Path folder;

  @Test
  void theProfileIsThatOfTheNetworkOnTheSample() throws IOException {
    boolean write = "write".equals(System.getProperty("einloom.golden"));
    Path to = write ? EXAMPLES : folder;
    SmallModels.save(to.resolve("small.onnx"), SmallModels.convRelu());
    SmallModels.npy(to.resolve("small.npy"), List.of(1, 1, 3, 3), 1, -1, 2, 0, 3, -2, 1, 0, 1);
    var err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "profile",
            to.resolve("small.onnx").toString(),
            "--inputs",
            "x=" + to.resolve("small.npy"),
            "--bins",
            "4",
            "--formats",
            "int8");
    assertThat(code).as(err::toString).isZero();
    for (String name : List.of("small.onnx", "small.npy", "small.profile.json")) {
      assertThat(to.resolve(name)).hasSameBinaryContentAs(EXAMPLES.resolve(name));
    }
  }
}
