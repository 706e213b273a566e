package org.einloom.io.timeloop.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.Cases;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvertTest {
  static List<String> names() {
    return Cases.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("converted files evaluate to exactly the same figures")
  void toEinloom(String name) {
    TimeloopSpec spec = Cases.read(name);
    TimeloopModel model = TimeloopModel.of(spec);
    Map<String, String> files = ToEinloom.files(spec, model, "files");
    assertThat(files).containsOnlyKeys("architecture.yaml", "workload.yaml", "mapping.yaml");
    Architecture chip = ArchitectureYaml.read("a.yaml", text(files, "architecture.yaml"));
    Einsum einsum =
        WorkloadYaml.read("w.yaml", text(files, "workload.yaml")).layers().getFirst().einsum();
    assertThat(einsum).isEqualTo(model.einsum());
    LoopTree tree =
        MappingYaml.read("m.yaml", text(files, "mapping.yaml")).trees().get(einsum.name());
    assertThat(tree).isEqualTo(model.mapping().orElseThrow().tree());
    Evaluation converted = evaluate(einsum, chip, tree);
    Evaluation direct =
        evaluate(model.einsum(), model.hardware().architecture(), model.mapping().get().tree());
    assertThat(converted.energyPj()).isEqualTo(direct.energyPj());
    assertThat(converted.latencyS()).isEqualTo(direct.latencyS());
    assertThat(converted.areaUm2()).isEqualTo(direct.areaUm2());
    assertThat(converted).isEqualTo(direct);
  }

  private static Evaluation evaluate(Einsum einsum, Architecture chip, LoopTree tree) {
    return Evaluator.evaluate(
        einsum, chip, DenseModel.analyze(einsum, chip, tree).counts(), Policy.named("default"));
  }

  private static String text(Map<String, String> files, String name) {
    return files.getOrDefault(name, "");
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("a mapping written back for Timeloop reads as the same nest")
  void toTimeloop(String name) {
    TimeloopSpec spec = Cases.read(name);
    TimeloopModel model = TimeloopModel.of(spec);
    TimeloopModel.Mapped mapped = model.mapping().orElseThrow();
    String text = ToTimeloop.write(mapped.tree(), model, spec.problem().orElseThrow());
    assertThat(again(name, text).nest()).isEqualTo(mapped.nest());
    assertThat(again(name, text).tree()).isEqualTo(mapped.tree());
  }

  private static TimeloopModel.Mapped again(String name, String mapping) {
    List<Source> sources = new ArrayList<>();
    for (Source s : Cases.files(name)) {
      sources.add(s.name().endsWith("mapping.yaml") ? Source.text("written.yaml", mapping) : s);
    }
    return TimeloopModel.of(TimeloopFiles.readSources(sources)).mapping().orElseThrow();
  }
}
