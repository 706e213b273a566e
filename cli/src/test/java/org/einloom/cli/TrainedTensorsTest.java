package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseFlow;
import org.einloom.density.Pattern;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.SparsityFile;
import org.einloom.io.yaml.SparsityYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sim.SparseSimulator;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tensors of a trained network: the model against a run, and against knowing densities alone. */
class TrainedTensorsTest {
  private static final Path FOLDER = Path.of("../examples/sparse/trained");

  /** What the page shows. */
  private static final List<String> ROWS =
      List.of(
          "points effectual",
          "I at Buffer: fills, bits of metadata",
          "I at Buffer: reads done",
          "I at Buffer: reads skipped",
          "O at Spad: updates done",
          "W at DRAM: reads done",
          "W at DRAM: reads skipped",
          "W at Spad: reads gated");

  private final Workload workload = WorkloadYaml.read(FOLDER.resolve("workload.yaml"));
  private final Architecture architecture = ArchitectureYaml.read(FOLDER.resolve("design.yaml"));
  private final Map<String, LoopTree> mappings =
      LoopTreeText.read(Source.file(FOLDER.resolve("mapping.txt")), workload, architecture)
          .legal(workload, architecture);
  private final SparsityFile actual = sparsity("sparsity.yaml");
  private final SparsityFile uniform = sparsity("uniform.yaml");

  private SparsityFile sparsity(String file) {
    return SparsityYaml.read(FOLDER.resolve(file), workload, Design.of(architecture));
  }

  private SparseCounts model(Layer layer, SparsityFile file) {
    LoopTree mapping = Objects.requireNonNull(mappings.get(layer.name()));
    Sparsity sparsity = file.of(List.of(layer.name()));
    return SparseAnalysis.analyze(layer.einsum(), architecture, mapping, sparsity).sparse();
  }

  private SparseCounts run(Layer layer) {
    LoopTree mapping = Objects.requireNonNull(mappings.get(layer.name()));
    Sparsity sparsity = actual.of(List.of(layer.name()));
    var patterns = new HashMap<String, Pattern>();
    sparsity.densities().forEach((t, d) -> patterns.put(t, d.draw(new java.util.Random(0))));
    return SparseSimulator.run(layer.einsum(), architecture, mapping, sparsity, patterns);
  }

  /** Every action that is counted, by what is done, gated and skipped. */
  private static Map<String, Double> figures(SparseCounts counts) {
    var all = new TreeMap<String, Double>();
    all.put("points effectual", counts.effectual());
    all.put("points done", counts.done());
    all.put("points gated", counts.gated());
    all.put("points skipped", counts.skipped());
    counts
        .flows()
        .forEach(
            (at, f) -> {
              String of = at.tensor() + " at " + at.component();
              put(all, of + ": reads", f.reads());
              put(all, of + ": fills", f.fills());
              put(all, of + ": updates", f.updates());
              put(all, of + ": drains", f.drains());
            });
    return all;
  }

  private static void put(Map<String, Double> all, String name, SparseFlow flow) {
    if (flow.dense() > 0) {
      all.put(name + " done", flow.done());
      all.put(name + " gated", flow.gated());
      all.put(name + " skipped", flow.skipped());
      all.put(name + ", bits of metadata", flow.metadataBits());
      all.put(name + ", gated bits of metadata", flow.gatedMetadataBits());
    }
  }

  @Test
  @DisplayName(
      "what is expected of an actual tensor is what a run counts; of a uniform one it errs")
  void modelAgainstRun() throws IOException {
    var table = new ArrayList<String>();
    for (Layer layer : workload.layers()) {
      Map<String, Double> ran = figures(run(layer));
      Map<String, Double> expected = figures(model(layer, actual));
      Map<String, Double> assumed = figures(model(layer, uniform));
      assertThat(expected.keySet()).isEqualTo(ran.keySet()).isEqualTo(assumed.keySet());
      for (String name : ran.keySet()) {
        double truth = Objects.requireNonNull(ran.get(name));
        assertThat(expected.get(name))
            .as("%s: %s", layer.name(), name)
            .isCloseTo(truth, within(1e-9 * Math.max(1, truth)));
        double guess = Objects.requireNonNull(assumed.get(name));
        if (ROWS.contains(name) && truth > 0) {
          table.add(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %,.0f | %,.0f | %+.1f %% |",
                  layer.name(),
                  name,
                  truth,
                  guess,
                  100 * (guess / truth - 1)));
        }
      }
    }
    assertThat(Files.readString(Path.of("../docs/sparsity.md"))).contains(String.join("\n", table));
  }
}
