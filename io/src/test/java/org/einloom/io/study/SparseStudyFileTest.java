package org.einloom.io.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.einloom.component.Value;
import org.einloom.density.UniformDensity;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.explore.engine.Survey;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sparsity in studies: what parameters set in it, and mistakes. */
class SparseStudyFileTest {
  private static final String STUDY =
      """
      einloom: 1
      study:
        name: pruned
        workloads:
        - model: net.yaml
          sparsity:
            file: sparse.yaml
            set:
              densities.fc.W.uniform: ${kept}
              memories.Spad.formats.W: ${format}
              compute.zeros: ${zeros}
        architecture: design.yaml
        parameters:
          kept: [0.5, 0.25]
          format: [bitmask, csr]
          zeros: [gate, skip]
        objectives: [energy]
      """;
  private static final String NET =
      """
      einloom: 1
      workload:
        name: net
        einsums:
        - name: fc
          extents: {n: 2, m: 4, k: 4}
          expression: "Y[n,m] += X[n,k] * W[k,m]"
        - name: fc#2
          extents: {n: 2, m: 4, k: 4}
          expression: "Y[n,m] += X[n,k] * W[k,m]"
      """;
  private static final String SPARSITY =
      """
      einloom: 1
      sparsity:
        densities:
          fc: {W: {uniform: 1}}
        memories:
          Spad:
            formats: {W: uncompressed}
            optimizations: [{skip: X, on: [W]}]
      """;
  private static final String DESIGN =
      """
      einloom: 1
      architecture:
        name: made
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes:
        - memory: DRAM
          actions: {read: {energy: 9 pJ}, write: {energy: 9 pJ}}
        - memory: Spad
          size: 1 KiB
          actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
        - compute: MAC
          actions: {compute: {energy: 1 pJ}}
      """;

  @TempDir Path folder;

  private StudyFile read(String study) throws IOException {
    Files.writeString(folder.resolve("net.yaml"), NET);
    Files.writeString(folder.resolve("sparse.yaml"), SPARSITY);
    Files.writeString(folder.resolve("design.yaml"), DESIGN);
    return StudyFile.read(Files.writeString(folder.resolve("study.yaml"), study));
  }

  private static SparsityChoices choices(StudyFile file, Point p) {
    PointBuilder.Candidate c = file.builder().build(p);
    return c.sparsity().getFirst().orElseThrow().of(List.of("fc", "fc#2")).choices();
  }

  @Test
  @DisplayName("densities, formats and what becomes of zeros are set at each point")
  void set() throws IOException {
    StudyFile file = read(STUDY);
    var space = file.study().space();
    assertThat(space.size()).isEqualTo(8);
    for (long i = 0; i < space.size(); i++) {
      Point p = space.point(i).orElseThrow();
      SparsityChoices c = choices(file, p);
      double kept = ((Value.Amount) p.value("kept").orElseThrow()).number();
      assertThat(c.densities()).containsOnlyKeys("W");
      assertThat(c.densities().get("W"))
          .isEqualTo(new UniformDensity(List.of(4L, 4L), (long) (16 * kept)));
      assertThat(c.formats().get(new Sparsity.Held("Spad", "W")).getFirst().name())
          .isEqualTo(p.value("format").orElseThrow().toString());
      assertThat(c.compute().getFirst().map(k -> k.name().toLowerCase(java.util.Locale.ROOT)))
          .isEqualTo(Optional.of(p.value("zeros").orElseThrow().toString()));
      assertThat(c.rules()).hasSize(1);
    }
  }

  @Test
  @DisplayName("a study knows which sparsity it is of")
  void digest() throws IOException {
    String digest = read(STUDY).study().digest();
    assertThat(read(STUDY).study().digest()).isEqualTo(digest);
    assertThat(read(STUDY.replace("${kept}", "${kept/2}")).study().digest()).isNotEqualTo(digest);
    Files.writeString(folder.resolve("sparse.yaml"), SPARSITY.replace("skip: X", "gate: X"));
    assertThat(StudyFile.read(folder.resolve("study.yaml")).study().digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          densities.fc.W.uniform           | density.fc.W.uniform        | 9:9   | begins with no key of a file of sparsity    | expected densities, memories
          densities.fc.W.uniform           | densities..W                | 9:9   | is no path                                  | single dots
          densities.fc.W.uniform: ${kept}  | densities.fd.W.uniform: ${kept} | 9:9 | unknown layer 'fd'                        | expected 'fc'
          densities.fc.W.uniform: ${kept}  | densities.fc.V.uniform: ${kept} | 9:9 | unknown tensor 'V'                        | expected
          densities.fc.W.uniform: ${kept}  | densities.fc.W.uniform: ${9*kept} | 9:33 | 'uniform' is '4.5'                     | expected
          densities.fc.W.uniform: ${kept}  | densities.fc.W.uniform.share: ${kept} | 9:9 | leads into '1', a single value      | end before 'share'
          memories.Spad.formats.W          | memories.Spat.formats.W     | 10:9  | unknown memory 'Spat'                       | did you mean 'Spad'
          memories.Spad.formats.W          | memories.Spad.optimizations.0.skip | 10:9 | there is no '0' where                 | have no names
          ${format}                        | ${format}x                  | 10:34 | 'bitmaskx'                                  | expected
          file: sparse.yaml                | file: spars.yaml            | 7:13  | spars.yaml                                  | did you mean 'sparse.yaml'
          file: sparse.yaml                | file: net.yaml              | net.yaml:2 | a workload                             | expected sparsity
          file: sparse.yaml                | fiel: sparse.yaml           | 7:7   | fiel                                        | did you mean 'file'
          ${zeros}                         | ${zero}                     | 11:24 | unknown parameter 'zero'                         | did you mean 'zeros'
          """)
  void wrong(String right, String wrong, String place, String what, String fix) throws IOException {
    String study = STUDY.replace(right, wrong);
    assertThat(study).isNotEqualTo(STUDY);
    assertThatThrownBy(
            () -> {
              StudyFile file = read(study);
              var points = ListedPoints.all(file.study().space());
              Survey.of(file.study(), file.builder(), points, false);
            })
        .hasMessageContaining(place)
        .hasMessageContaining(what)
        .hasMessageContaining(fix);
  }
}
