package org.einloom.io.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.einloom.io.yaml.ArchitectureYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path folder;

  @Test
  void namesTheNearestFileOfAMissingOne() throws IOException {
    Files.writeString(folder.resolve("eyeriss.yaml"), "x");
    refuses(folder.resolve("eyeris.yaml"), ": does not exist; did you mean 'eyeriss.yaml'?");
    refuses(folder.resolve("no/such/folder.yaml"), ": does not exist");
  }

  @Test
  void refusesWhatIsNoRegularFile() {
    refuses(folder, ": is a folder; expected a file");
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    refuses(device, ": is a device or pipe; expected a file");
  }

  @Test
  void refusesHugeFilesWithoutReadingThem() throws IOException {
    Path large = folder.resolve("large.yaml");
    Files.write(large, new byte[Source.LARGEST_BYTES + 1]);
    refuses(large, ": is larger than 16 MiB; no description needs that much");
  }

  @Test
  void readsUtf8WithOrWithoutByteOrderMark() throws IOException {
    Path file = folder.resolve("bom.yaml");
    Files.writeString(file, "\uFEFFname: \u00b5 \uD83D\uDE00\n");
    assertThat(Source.file(file).text()).isEqualTo("name: \u00b5 \uD83D\uDE00\n");
  }

  @Test
  void includesDoNotFollowLinksOutOfTheFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.yaml"), "einloom: 1\nnodes: []\n");
    Path inside = Files.createDirectories(folder.resolve("specs/parts"));
    Files.createSymbolicLink(inside.resolve("leak.yaml"), secret);
    Files.createSymbolicLink(inside.resolve("up"), folder);
    Files.createSymbolicLink(inside.resolve("fine.yaml"), inside.resolve("real.yaml"));
    Files.writeString(inside.resolve("real.yaml"), "einloom: 1\nnodes: [{compute: MAC}]\n");

    String out = "leads out of the folder by a symbolic link";
    assertThatThrownBy(() -> readIncluding("parts/leak.yaml")).hasMessageContaining(out);
    assertThatThrownBy(() -> readIncluding("parts/up/secret.yaml")).hasMessageContaining(out);
    assertThat(readIncluding("parts/fine.yaml")).isEqualTo(2);
  }

  @Test
  void boundsTheNumberOfIncludes() throws IOException {
    Files.createDirectories(folder.resolve("specs"));
    for (int i = 0; i < 40; i++) {
      String next = "{include: " + (i + 1) + ".yaml}";
      Files.writeString(
          folder.resolve("specs/" + i + ".yaml"),
          "einloom: 1\nnodes: [" + next + ", " + next + "]");
    }
    Files.writeString(folder.resolve("specs/40.yaml"), "einloom: 1\nnodes: []\n");
    assertThatThrownBy(() -> readIncluding("0.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 100 includes, or 20 inside each other");
    assertThatThrownBy(() -> readIncluding("34.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 100 includes");
  }

  private int readIncluding(String path) throws IOException {
    Path top = folder.resolve("specs/top.yaml");
    Files.writeString(
        top,
        """
        einloom: 1
        architecture:
          name: top
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
          nodes: [{memory: DRAM}, {include: "%s"}]
        """
            .formatted(path));
    return ArchitectureYaml.read(top).nodes().size();
  }

  private static void refuses(Path file, String message) {
    assertThatThrownBy(() -> Source.file(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + message);
  }
}
