package org.einloom.io.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolvedFileTest {
  private static final JournalHeader HEADER = Headers.of("s", "1");

  @TempDir Path folder;

  /** The problems of a network on a design that is shipped. */
  private static List<MappingProblem> problems() {
    Architecture eyeriss = Shipped.resolveArchitecture("eyeriss");
    Workload network = Zoo.read("lenet5", OnnxOptions.DEFAULT);
    return network.distinctLayers().stream()
        .map(
            d ->
                new MappingProblem(
                    d.layer().einsum(), eyeriss, Objective.EDP, Constraints.NONE, Tiling.PERFECT))
        .toList();
  }

  private static Family.Step step(MappingProblem p, double value) {
    Optional<LoopTree> mapping =
        Optional.of(
            new LoopTree(
                List.of(
                    new MappingNode.Storage("a", "b"),
                    new MappingNode.Temporal("m", 3),
                    new MappingNode.Spatial("f", "x", "n", 2))));
    return new Family.Step(
        new Solution(
            mapping, Optimality.Status.OPTIMAL, value, value, Solution.Source.SEARCHED, 0.5),
        Optional.of(new Family.Known(p.architecture(), Math.nextUp(value), mapping)));
  }

  private Path points() {
    return folder.resolve("s.results.jsonl");
  }

  private SolvedFile open(JournalHeader header, boolean fresh) {
    return SolvedFile.beside(points(), header, fresh);
  }

  /** Of a run that was killed: nothing is closed. */
  private Path killed() throws IOException {
    SolvedFile run = open(HEADER, false);
    List<MappingProblem> problems = problems();
    for (int i = 0; i < 3; i++) {
      run.put(problems.get(i), step(problems.get(i), 0.1 * i));
    }
    return folder.resolve("s.results.solving.jsonl");
  }

  @Test
  @DisplayName(
      "what was solved is there for the next run, equal to the bit, and goes once finished")
  void keeps() throws IOException {
    Path file = killed();
    List<MappingProblem> problems = problems();
    SolvedFile next = open(HEADER, false);
    assertThat(next.earlier()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(next.known(problems.get(i))).contains(step(problems.get(i), 0.1 * i));
    }
    assertThat(next.known(problems.get(3))).isEmpty();
    next.put(problems.get(3), step(problems.get(3), 7));
    next.close();
    assertThat(open(HEADER, false).earlier()).isEqualTo(4);
    SolvedFile last = open(HEADER, false);
    last.finished();
    assertThat(file).doesNotExist();
    last.put(problems.get(1), step(problems.get(1), 7));
    last.close();
    assertThat(open(HEADER, false).earlier()).isEqualTo(1);
  }

  @Test
  @DisplayName("what was not written to its end is left out, wherever it was cut")
  void torn() throws IOException {
    Path file = killed();
    byte[] whole = Files.readAllBytes(file);
    int before = 0;
    for (int length = 0; length <= whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      int known = open(HEADER, false).earlier();
      assertThat(known).isBetween(before, 3);
      before = known;
    }
    assertThat(before).isGreaterThan(1);
  }

  @Test
  @DisplayName("solutions of another study, or of this one before a change, are thrown away")
  void others() throws IOException {
    Path file = killed();
    assertThat(open(Headers.of("s", "2"), false).earlier()).isZero();
    assertThat(file).doesNotExist();
    killed();
    assertThat(open(HEADER, true).earlier()).isZero();
    assertThat(file).doesNotExist();
  }
}
