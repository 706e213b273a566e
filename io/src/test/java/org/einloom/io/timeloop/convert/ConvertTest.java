package org.einloom.io.timeloop.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.Cases;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.front.FrontEnd;
import org.einloom.io.timeloop.front.Use;
import org.einloom.io.timeloop.mapspace.MapspaceReader;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvertTest {
  static List<String> names() {
    return Cases.names();
  }

  @Test
  @DisplayName("so do files of the front end, with nodes, expressions and a mapping of its own")
  void frontEnd(@TempDir Path own) throws IOException {
    Path components = own.resolve("components.yaml");
    Files.writeString(
        components,
        """
        components:
          version: 0.4
          classes:
          - name: regfile_storage
            attributes: {width: must_specify, depth: must_specify, technology: must_specify}
            subcomponents:
            - {name: cells, class: regfile, attributes: {width: width, depth: depth}}
            actions:
            - {name: read, subcomponents: [{name: cells, actions: [{name: read}]}]}
            - {name: write, subcomponents: [{name: cells, actions: [{name: write}]}]}
            - {name: leak, subcomponents: [{name: cells, actions: [{name: leak}]}]}
        """);
    Path folder = Path.of("src/test/resources/timeloop-front/designs/output_stationary");
    List<Path> files =
        Stream.concat(
                Stream.of("arch.yaml", "mapping.yaml", "problem.yaml").map(folder::resolve),
                Stream.of(components))
            .toList();
    toEinloom(FrontEnd.specification(files, Map.of(), Use.EVALUATE));
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("converted files evaluate to exactly the same figures")
  void toEinloom(String name) {
    toEinloom(Cases.read(name));
  }

  private static void toEinloom(TimeloopSpec spec) {
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
    assertThat(converted.cycles()).isEqualTo(direct.cycles());
    assertThat(converted.utilization()).isEqualTo(direct.utilization());
    assertThat(figures(converted)).isEqualTo(figures(direct));
  }

  private static Evaluation evaluate(Einsum einsum, Architecture chip, LoopTree tree) {
    return Evaluator.evaluate(
        einsum, chip, DenseModel.analyze(einsum, chip, tree).counts(), Policy.named("default"));
  }

  /** Every count and its energy, without where the costs are from. */
  private static List<String> figures(Evaluation e) {
    List<String> all = new ArrayList<>();
    for (var c : e.components()) {
      all.add(c.node().name() + " " + c.flows() + " " + c.heldBits());
      c.charges()
          .forEach(
              x -> all.add(x.action() + x.tensor() + x.count() + " x " + x.cost().value() + " pJ"));
    }
    return all;
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
    String text =
        ToTimeloop.write(
            mapped.tree(), model, spec.problem().orElseThrow(), MapspaceReader.read(spec));
    assertThat(again(name, text).nest()).isEqualTo(mapped.nest());
    assertThat(again(name, text).tree()).isEqualTo(mapped.tree());
  }

  /** Einloom has mappings that Timeloop has not; they are refused, never written as others. */
  @Test
  @DisplayName("what a search finds is refused, or costs the same when it is written and read back")
  void found() {
    int written = 0;
    int refused = 0;
    for (String name :
        List.of("mm_2l_order_kmn", "mm_3l_full", "mm_3l_bypass", "mm_1d_multicast", "conv_2l")) {
      TimeloopSpec spec = Cases.read(name);
      TimeloopModel model = TimeloopModel.of(spec);
      Architecture chip = model.hardware().architecture();
      for (Objective objective : Objective.NAMED) {
        var found =
            HeuristicMapper.quick()
                .map(
                    model.einsum(), chip, objective, new MapperOptions(Policy.named("default"), 1));
        LoopTree tree = ((MappingResult.Found) found).mapping();
        String text;
        try {
          text =
              ToTimeloop.write(
                  tree, model, spec.problem().orElseThrow(), MapspaceReader.read(spec));
        } catch (InvalidSpecException e) {
          refused++;
          assertThat(e).hasMessageContaining("Timeloop");
          continue;
        }
        written++;
        Evaluation again = evaluate(model.einsum(), chip, again(name, text).tree());
        Evaluation direct = evaluate(model.einsum(), chip, tree);
        assertThat(again.energyPj()).as(text).isEqualTo(direct.energyPj());
        assertThat(again.latencyS()).as(text).isEqualTo(direct.latencyS());
      }
    }
    assertThat(written).as("written, %d refused", refused).isPositive();
  }

  private static TimeloopModel.Mapped again(String name, String mapping) {
    List<Source> sources = new ArrayList<>();
    for (Source s : Cases.files(name)) {
      sources.add(s.name().endsWith("mapping.yaml") ? Source.text("written.yaml", mapping) : s);
    }
    return TimeloopModel.of(TimeloopFiles.readSources(sources)).mapping().orElseThrow();
  }
}
