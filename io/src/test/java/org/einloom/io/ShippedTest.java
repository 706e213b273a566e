package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;

class ShippedTest {
  private static final Path ARCHITECTURES = Path.of("src/main/resources/org/einloom/arch");

  @Test
  void listsEveryArchitectureFile() throws IOException {
    try (Stream<Path> files = Files.list(ARCHITECTURES)) {
      assertThat(Shipped.architectures().keySet())
          .as("index.txt against the files beside it; included parts begin with _")
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(f -> String.valueOf(f.getFileName()))
                  .filter(f -> f.endsWith(".yaml") && !f.startsWith("_"))
                  .map(f -> f.substring(0, f.length() - ".yaml".length()))
                  .toList());
    }
  }

  @Test
  void readsEveryArchitectureAndDescribesIt() {
    Shipped.architectures()
        .forEach(
            (name, description) -> {
              assertThat(Shipped.architecture(name).nodes()).as(name).isNotEmpty();
              assertThat(description)
                  .as("description of " + name)
                  .isNotEmpty()
                  .hasSizeLessThan(100);
              assertThat(Shipped.architectureText(name)).contains("architecture:");
            });
  }

  @Test
  void resolvesNamesBeforeFiles() {
    assertThat(Shipped.resolveArchitecture("eyeriss")).isEqualTo(Shipped.architecture("eyeriss"));
    assertThat(Shipped.resolveArchitecture(ARCHITECTURES.resolve("eyeriss.yaml").toString()))
        .isEqualTo(Shipped.architecture("eyeriss"));
  }

  @Test
  void refusesWhatIsNeitherShippedNorAFile() {
    assertThatThrownBy(() -> Shipped.resolveArchitecture("no_such_design"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("'no_such_design': no shipped architecture and no file")
        .hasMessageContaining("shipped are");
    assertThatThrownBy(() -> Shipped.resolveArchitecture("eyeris"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("did you mean 'eyeriss'?");
    assertThatThrownBy(() -> Shipped.resolveArchitecture("eyeriss.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("did you mean 'eyeriss'?");
    assertThatThrownBy(() -> Shipped.resolveArchitecture("a\0b"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("'aU+0000b': no shipped architecture");
    assertThatThrownBy(() -> Shipped.resolveArchitecture("folder/no_such_design.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessage("folder/no_such_design.yaml: does not exist");
  }
}
