package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsTest {
  @Test
  void readsBothForms(@TempDir Path folder) throws IOException {
    var workload = BadInputs.goodWorkload();
    var architecture = BadInputs.goodArchitecture();
    Path commented = folder.resolve("commented");
    String text = Files.readString(BadInputs.GOOD.resolve("mapping.txt"));
    Files.writeString(commented, "# a comment\n\n   # another\n" + text);

    var yaml = Mappings.read(BadInputs.GOOD.resolve("mapping.yaml"), workload, architecture);

    assertThat(yaml).containsOnlyKeys("fc");
    assertThat(Mappings.read(BadInputs.GOOD.resolve("mapping.txt"), workload, architecture))
        .isEqualTo(yaml);
    assertThat(Mappings.read(commented, workload, architecture)).isEqualTo(yaml);
  }

  @Test
  void takesWhatIsNeitherForYaml(@TempDir Path folder) throws IOException {
    Path neither = folder.resolve("neither");
    Files.writeString(neither, "hello\n");
    assertThatThrownBy(
            () -> Mappings.read(neither, BadInputs.goodWorkload(), BadInputs.goodArchitecture()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a mapping: 'einloom: 1' and 'mapping: ...'");
  }
}
