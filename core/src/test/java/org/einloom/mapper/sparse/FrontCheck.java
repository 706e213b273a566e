package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality.Status;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.EverySparse.Cost;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** Holds the fronts that a search finds to the one that all mappings with all choices have. */
final class FrontCheck {
  private static final double SAME = 1e-9;

  private final RandomSparse p;
  private final Constraints asked;
  private final List<Cost> all;
  private final String as;

  /**
   * @param all the front, by trying everything
   */
  FrontCheck(RandomSparse p, Constraints asked, List<Cost> all) {
    this.p = p;
    this.asked = asked;
    this.all = all;
    as =
        "replay with -Deinloom.seed=%d -Deinloom.cases=1: %s, %s"
            .formatted(p.seed(), p.einsum().expression(), asked);
  }

  private MappingResult map(Objective objective, MapperOptions options) {
    try {
      return SparseMapper.map(
              p.einsum(),
              p.architecture(),
              p.choices(),
              p.nodes(),
              objective,
              options.withConstraints(asked))
          .result();
    } catch (InvalidSpecException | IllegalStateException e) {
      throw new AssertionError(as, e);
    }
  }

  private static MapperOptions options() {
    return new MapperOptions(Policy.DEFAULT, 1).withFront(true);
  }

  /**
   * The same with operands that may be stored with less energy and more time, so that one mapping
   * may be several points.
   */
  static RandomSparse paced(RandomSparse p) {
    var random = new SplittableRandom(p.seed());
    var formats = new HashMap<>(p.choices().formats());
    var nodes = new HashMap<>(p.nodes());
    for (Memory m : p.architecture().memories()) {
      var actions =
          new LinkedHashMap<>(p.nodes().getOrDefault(m.name(), SparseNode.FREE).actions());
      for (String name : List.of("metadata_read", "metadata_write")) {
        double perCycle = 1.0 / (1 << random.nextInt(5));
        actions.put(name, new Action(name, Figure.of(0.01, "test"), 1, perCycle));
      }
      nodes.put(m.name(), new SparseNode(actions, SparseNode.CapacityRule.EXPECTED));
      for (TensorAccess t : p.einsum().operands()) {
        int ranks = t.ranks().size();
        if (ranks > 0 && m.equals(p.architecture().memories().getFirst())) {
          formats.put(
              new Held(m.name(), t.name()),
              List.of(TensorFormat.uncompressed(ranks), TensorFormat.named("bitmask", ranks)));
        }
      }
    }
    var choices =
        new SparsityChoices(
            p.choices().densities(), formats, p.choices().rules(), p.choices().compute());
    return new RandomSparse(p.seed(), p.einsum(), p.architecture(), choices, nodes, p.objective());
  }

  /** All of the front. */
  List<ParetoPoint> whole() {
    MappingResult result = map(p.objective(), options());
    if (all.isEmpty()) {
      assertThat(result).as(as).isInstanceOf(MappingResult.None.class);
      assertThat(((MappingResult.None) result).proven()).as(as).isTrue();
      return List.of();
    }
    return isFrontOf((MappingResult.Found) result, p.objective(), all);
  }

  /** What a network asks for of it. */
  void limited() {
    var random = new SplittableRandom(p.seed());
    double edp = all.stream().mapToDouble(this::edp).min().orElse(1);
    double limit = edp * (1 + random.nextDouble());
    List<Cost> some = all.stream().filter(c -> edp(c) <= limit).toList();
    if (!some.isEmpty()) {
      MappingResult result = map(Objective.EDP, options().withFrontWithin(limit));
      isFrontOf((MappingResult.Found) result, Objective.EDP, some);
    }
  }

  private double edp(Cost c) {
    return value(Objective.EDP, c);
  }

  private double value(Objective objective, Cost c) {
    return objective.value(c.energyPj(), c.cycles() / p.architecture().clockHz());
  }

  private List<ParetoPoint> isFrontOf(
      MappingResult.Found f, Objective objective, List<Cost> expected) {
    assertThat(f.optimality().status()).as(as).isEqualTo(Status.OPTIMAL);
    double least = expected.stream().mapToDouble(c -> value(objective, c)).min().orElseThrow();
    assertThat(f.optimality().value()).as(as).isCloseTo(least, within(SAME * least));
    assertThat(f.optimality().lowerBound()).as(as).hasValue(f.optimality().value());
    List<Cost> found = areReal(f);
    for (Cost c : expected) {
      assertThat(found).as("%s: %s has to be there", as, c).anyMatch(o -> beats(o, c));
    }
    for (Cost c : found) {
      assertThat(expected).as("%s: %s is no point of the front", as, c).anyMatch(o -> same(o, c));
    }
    return f.front();
  }

  /** Every point costs what it says, with its own choice, and the chosen one is among them. */
  private List<Cost> areReal(MappingResult.Found f) {
    var costs = new ArrayList<Cost>();
    for (ParetoPoint point : f.front()) {
      Evaluation e = point.evaluation();
      Evaluation again =
          ConstrainedSparseTest.evaluate(p, point.mapping(), point.sparsity().orElseThrow())
              .orElseThrow();
      assertThat(again.energyPj()).as(as).isEqualTo(e.energyPj());
      assertThat(again.latencyCycles()).as(as).isEqualTo(e.latencyCycles());
      assertThat(asked.violatedBy(p.einsum(), p.architecture(), point.mapping())).as(as).isEmpty();
      assertThat(asked.violatedBy(e)).as(as).isEmpty();
      var cost = new Cost(e.energyPj(), e.latencyCycles());
      if (!costs.isEmpty()) {
        assertThat(cost.energyPj()).as(as).isLessThan(costs.getLast().energyPj());
        assertThat(cost.cycles()).as(as).isGreaterThan(costs.getLast().cycles());
      }
      costs.add(cost);
    }
    assertThat(f.front())
        .as(as)
        .filteredOn(
            point ->
                point.mapping().equals(f.mapping())
                    && point.sparsity().equals(f.sparsity())
                    && point.evaluation().equals(f.evaluation()))
        .hasSize(1);
    return costs;
  }

  private static boolean beats(Cost a, Cost b) {
    return a.energyPj() <= b.energyPj() * (1 + SAME) && a.cycles() <= b.cycles() * (1 + SAME);
  }

  private static boolean same(Cost a, Cost b) {
    return beats(a, b) && beats(b, a);
  }

  /** What is found is real, and none of it better than there is. Whether time was over. */
  boolean cutShort() {
    var random = new SplittableRandom(p.seed());
    int[] left = {1 << random.nextInt(12)};
    var monitor =
        new SearchMonitor() {
          @Override
          public boolean stop() {
            return --left[0] < 0;
          }

          @Override
          public void report(double value, double lowerBound, long evaluated) {}
        };
    return switch (map(p.objective(), options().withMonitor(monitor))) {
      case MappingResult.None none -> {
        // with no answer it may go on until it knows that there is none
        if (none.proven()) {
          assertThat(all).as(as).isEmpty();
        } else {
          assertThat(left[0]).as(as).isNegative();
        }
        yield !none.proven();
      }
      case MappingResult.Found f when f.optimality().status() == Status.OPTIMAL -> {
        isFrontOf(f, p.objective(), all);
        yield false;
      }
      case MappingResult.Found f -> {
        assertThat(f.optimality().status()).as(as).isEqualTo(Status.BOUNDED);
        double least = all.stream().mapToDouble(c -> value(p.objective(), c)).min().orElseThrow();
        double bound = f.optimality().lowerBound().orElseThrow();
        assertThat(bound).as(as).isLessThanOrEqualTo(least * (1 + SAME));
        assertThat(bound).as(as).isLessThanOrEqualTo(f.optimality().value());
        for (Cost c : areReal(f)) {
          assertThat(all).as("%s: %s is no better than there is", as, c).anyMatch(o -> beats(o, c));
        }
        yield true;
      }
    };
  }
}
