package org.einloom.io.timeloop.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.InputException;
import org.einloom.io.timeloop.TimeloopProblem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
  private static final String SIZES = "R: 3, S: 2, P: 5, Q: 4, C: 8, K: 16, N: 1, Wstride: 2";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{shape: cnn-layer, instance: {" + SIZES + "}}",
        "{version: 0.4, shape: CNN_Layer, instance: {" + SIZES + "}}",
        "{shape: cnn_layer, " + SIZES + "}",
        "{instance: {" + SIZES + "}}",
        "{" + SIZES + "}"
      })
  @DisplayName("a convolution by name, by none, and with its sizes beside the shape")
  void convolution(String problem) throws IOException {
    TimeloopProblem p = read(problem);
    assertThat(p.extents().toString()).isEqualTo("{R=3, S=2, P=5, Q=4, C=8, K=16, N=1}");
    assertThat(p.dataSpaces()).extracting("name").containsExactly("Weights", "Inputs", "Outputs");
    assertThat(p.dataSpaces().get(1).projection().get(2))
        .containsExactly(
            new TimeloopProblem.Term("R", 1, "Wdilation"),
            new TimeloopProblem.Term("P", 2, "Wstride"));
    assertThat(p.dataSpaces().get(2).readWrite()).isTrue();
  }

  @Test
  @DisplayName("a matrix product by name; a shape of one's own with its sizes beside it")
  void products() throws IOException {
    assertThat(read("{shape: gemm_ABZ, M: 2, N: 3, K: 4}").dataSpaces().get(1).projection())
        .hasToString(
            "[[Term[dimension=N, coefficient=1, coefficientName=]],"
                + " [Term[dimension=K, coefficient=1, coefficientName=]]]");
    assertThat(
            read("{shape: {name: own, dimensions: [M], data_spaces: [{name: A, projection: [[[M]]]},"
                    + " {name: Z, projection: [[[M]]], read_write: true}]}, M: 7}")
                .extents())
        .containsEntry("M", 7L);
  }

  @Test
  @DisplayName("a name that does not come with Timeloop is refused")
  void unknown() {
    assertThatThrownBy(() -> read("{shape: rnn, instance: {M: 1}}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("problem.yaml:1:18: 'shape' is the name 'rnn'; expected the shape");
    assertThatThrownBy(() -> read("{shape: cnn-layer, R: 3}"))
        .hasMessageContaining("'instance' does not say how large dimension 'S' is");
  }

  private TimeloopProblem read(String problem) throws IOException {
    Path file = folder.resolve("problem.yaml");
    Files.writeString(file, "problem: " + problem + "\n");
    return FrontEnd.specification(List.of(file), Map.of(), Use.AS_GIVEN).problem().orElseThrow();
  }
}
