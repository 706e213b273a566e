package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.einloom.arch.Design;
import org.einloom.component.Value;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.ResultSink;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.Explorer;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.io.Shipped;
import org.einloom.io.input.Source;
import org.einloom.io.study.StudyFile;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Axes of a study that change the network, held against mapping the network of each point. */
class StudyAxesTest {
  @TempDir Path folder;

  private static final class Kept implements ResultSink {
    final List<PointResult> results = new ArrayList<>();

    @Override
    public Optional<PointResult> done(Point point) {
      return Optional.empty();
    }

    @Override
    public void put(PointResult result, List<MappedWorkload> mapped) {
      results.add(result);
    }
  }

  private interface Network {
    Workload of(Map<String, Double> point) throws IOException;
  }

  /** A convolution and a product of images of an open size. */
  private void image() throws IOException {
    byte[] model =
        new TestModel()
            .openInput("x", "batch", "2", "height", "width")
            .weight("w", 3, 2, 3, 3)
            .node("Conv", "x, w", "y")
            .node("GlobalAveragePool", "y", "p")
            .node("Flatten", "p", "f")
            .weight("v", 3, 4)
            .node("MatMul", "f, v", "z")
            .bytes();
    Files.write(folder.resolve("net.onnx"), model);
  }

  private StudyFile study(String workload, String parameters, String objectives)
      throws IOException {
    return StudyFile.read(
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            einloom: 1
            study:
              name: axes
              workloads: [%s]
              architecture: teaching
              parameters: %s
              objectives: %s
            """
                .formatted(workload, parameters, objectives)));
  }

  /** Each point costs what its network costs that is read and mapped by itself. */
  private static void check(StudyFile file, int points, Network network) throws IOException {
    var kept = new Kept();
    var none = ExploreMonitor.NONE;
    new Explorer(file.study(), file.builder(), new ExactMapper(), kept, none, false)
        .run(ListedPoints.all(file.study().space()), 2);
    assertThat(kept.results).hasSize(points);
    Design teaching = Design.of(Shipped.resolveArchitecture("teaching"));
    var energies = new TreeSet<Double>();
    for (PointResult r : kept.results) {
      Map<String, Double> values = new java.util.HashMap<>();
      r.point().values().forEach((name, v) -> values.put(name, ((Value.Amount) v).number()));
      double energyPj = 0;
      double latencyS = 0;
      for (Workload.DistinctLayer d : network.of(values).distinctLayers()) {
        var found =
            (MappingResult.Found)
                new ExactMapper()
                    .map(
                        d.layer().einsum(),
                        teaching.offering(d.layer().einsum()).getFirst(),
                        Objective.EDP,
                        new MapperOptions(Policy.DEFAULT, 1));
        energyPj += d.repeats() * found.evaluation().energyPj();
        latencyS += d.repeats() * found.evaluation().latencyS();
      }
      var e = (Evaluated) r.outcome();
      assertThat(e.workloads().getFirst().energyPj()).isCloseTo(energyPj, within(1e-9 * energyPj));
      assertThat(e.workloads().getFirst().latencyS()).isCloseTo(latencyS, within(1e-9 * latencyS));
      energies.add(energyPj);
    }
    assertThat(energies).hasSize(points);
  }

  @Test
  @DisplayName("the batch and the resolution of an ONNX network")
  void batchAndResolution() throws IOException {
    image();
    StudyFile file =
        study(
            "{model: net.onnx, operators: products, batch: \"${batch}\","
                + " dimensions: {height: \"${pixels}\", width: \"${2*pixels}\"}}",
            "{batch: [1, 2], pixels: [4, 6]}",
            "[energy, latency]");
    check(
        file,
        4,
        p ->
            OnnxReader.read(
                folder.resolve("net.onnx"),
                OnnxOptions.DEFAULT
                    .withCoverage(Coverage.PRODUCTS)
                    .withDimension("batch", at(p, "batch"))
                    .withDimension("height", at(p, "pixels"))
                    .withDimension("width", 2 * at(p, "pixels"))));
  }

  private static long at(Map<String, Double> point, String name) {
    return Math.round(point.getOrDefault(name, Double.NaN));
  }

  @Test
  @DisplayName("the widths of the layers of a YAML workload")
  void widths() throws IOException {
    String text =
        """
        einloom: 1
        workload:
          name: mlp
          parameters: {width: 1}
          einsums:
          - {name: a, extents: {m: 2*width, k: 6}, expression: "H[m] += X[k] * A[k,m]"}
          - {name: b, extents: {m: 5, k: 2*width}, expression: "Y[m] += H[k] * B[k,m]"}
        """;
    Files.writeString(folder.resolve("mlp.yaml"), text);
    StudyFile file =
        study(
            "{model: mlp.yaml, parameters: {width: \"${width}\"}}",
            "{width: {from: 2, to: 8, factor: 2}}",
            "[energy, latency]");
    check(
        file,
        3,
        p ->
            WorkloadYaml.read(
                Source.text(
                    "by hand",
                    text.replace("2*width", String.valueOf(2 * at(p, "width")))
                        .replace("  parameters: {width: 1}\n", "")),
                Map.of()));
  }

  @Test
  @DisplayName("with a weight of one by the batch, measures are of a sample")
  void weights() throws IOException {
    image();
    StudyFile file =
        study(
            "{model: net.onnx, operators: products, batch: \"${batch}\","
                + " weight: \"${1/batch}\", dimensions: {height: 4, width: 4}}",
            "{batch: [1, 4]}",
            "[energy, latency, edp]");
    var kept = new Kept();
    var explorer =
        new Explorer(
            file.study(), file.builder(), new ExactMapper(), kept, ExploreMonitor.NONE, false);
    explorer.run(ListedPoints.all(file.study().space()), 1);
    assertThat(kept.results).hasSize(2);
    for (PointResult r : kept.results) {
      var e = (Evaluated) r.outcome();
      double batch = ((Value.Amount) r.point().value("batch").orElseThrow()).number();
      var w = e.workloads().getFirst();
      assertThat(w.weight()).isEqualTo(1 / batch);
      assertThat(e.measures()).containsEntry("energy", w.energyPj() / batch);
      assertThat(e.measures()).containsEntry("latency", w.latencyS() / batch);
      assertThat(e.energyPj()).isEqualTo(w.energyPj() / batch);
    }
    StudyFile wrong =
        study(
            "{model: net.onnx, weight: \"${batch - 4}\", dimensions: {batch: 1, height: 4, width: 4}}",
            "{batch: [1, 4]}",
            "[energy]");
    Point first = wrong.study().space().point(0).orElseThrow();
    assertThatThrownBy(() -> wrong.builder().build(first))
        .hasMessageContaining("study.yaml:4:41: the weight is '-3'; expected a number above 0");
  }
}
