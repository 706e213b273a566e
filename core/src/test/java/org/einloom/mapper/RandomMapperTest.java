package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.Legality;
import org.einloom.sim.Simulator;
import org.einloom.testing.RandomCase;
import org.einloom.testing.RandomCases;
import org.junit.jupiter.api.Test;

/** On whatever hardware: the answer is legal, fits, and costs what the simulator says. */
class RandomMapperTest {
  private static final int CASES = 80;
  private static final HeuristicMapper.Effort EFFORT = new HeuristicMapper.Effort(20, 2, 60);

  @Test
  void theAnswerIsLegalAndFitsAndCostsWhatItSays() {
    long first = Long.getLong("einloom.seed", 1);
    int found = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      RandomCase drawn = RandomCases.draw(seed);
      var random = new SplittableRandom(seed);
      Architecture architecture = withCosts(drawn.architecture(), random);
      String replay = "replay with -Deinloom.seed=" + seed + "\n" + drawn.describe();
      Objective objective = Objective.NAMED.get(random.nextInt(3));
      MappingResult result =
          new HeuristicMapper(EFFORT)
              .map(drawn.einsum(), architecture, objective, new MapperOptions(Policy.DEFAULT, 2));
      switch (result) {
        case MappingResult.Found f -> {
          found++;
          assertThatCode(() -> Legality.check(drawn.einsum(), architecture, f.mapping()))
              .as(replay)
              .doesNotThrowAnyException();
          var counts = Simulator.run(drawn.einsum(), architecture, f.mapping()).counts();
          assertThat(f.evaluation())
              .as(replay)
              .isEqualTo(Evaluator.evaluate(drawn.einsum(), architecture, counts, Policy.DEFAULT));
          assertThat(f.optimality().value()).as(replay).isEqualTo(objective.value(f.evaluation()));
        }
        case MappingResult.None none -> {
          assertThat(none.proven()).as(replay).isTrue();
          assertThat(none.reason()).as(replay).contains("holds").contains("raise its size");
        }
      }
    }
    // capacities are drawn so that some cases have no mapping, and most do
    assertThat(found).isBetween(CASES / 2, CASES - 1);
  }

  private static Architecture withCosts(Architecture architecture, SplittableRandom random) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      nodes.add(node instanceof Memory m ? withCosts(m, nodes.isEmpty(), random) : node);
    }
    return new Architecture(architecture.name(), 1e9, "", architecture.widths(), nodes);
  }

  private static Memory withCosts(Memory memory, boolean outermost, SplittableRandom random) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("read", "write", "update")) {
      actions.put(
          name,
          new Action(name, Figure.of(1 + random.nextInt(9), "test"), random.nextInt(3) * 8L, 1));
    }
    return new Memory(
        memory.name(),
        (outermost && random.nextInt(20) > 0) || random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of(8 + random.nextInt(400)),
        memory.keep(),
        actions,
        random.nextBoolean(),
        Figure.NONE,
        Figure.of(random.nextInt(5), "test"));
  }
}
