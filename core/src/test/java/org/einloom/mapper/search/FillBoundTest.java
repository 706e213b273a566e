package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.testing.Tiny;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/**
 * What the cheapest way through all positions costs is no more than the best mapping of the
 * structure does. Small memories below fanouts, in which not all tensors can be reused to the full.
 * For partial mappings see {@link LabelCostTest}.
 */
class FillBoundTest {
  private static final List<String> EINSUMS =
      List.of(
          "O[m,n] += A[m,k] * B[k,n]; m n k",
          "O[m,p] += I[p+r] * W[m,r]; m p r",
          "O[p] += I[c,2*p+r] * W[c,r]; c p r",
          "O[p,q] += I[p+r,q+s] * W[r,s]; p q r s",
          "O[m,p] += I[c,3*p+r] * W[m,c,r]; m p r c",
          "O[m,p] += I[p+2*r-1:6] * W[m,r]; m p r");

  @Test
  void noMappingCostsLess() {
    SmallProblems.check("ways", 400, FillBoundTest::draw, FillBoundTest::excess);
  }

  @Test
  void nothingIsLostByIt() {
    ShortcutCheck.check(TemporalSearch.Shortcut.FILL_BOUND, 1200);
  }

  private static int excess(Problem problem, SplittableRandom random) {
    int seen = 0;
    var bound = new TemporalSearch();
    var search = new TemporalSearch(EnumSet.of(TemporalSearch.Shortcut.FILL_BOUND));
    for (int i = 0; i < 6; i++) {
      Structure s = RandomStructures.draw(problem, random);
      double excess = bound.bounds(s).excessPj();
      double none = Double.POSITIVE_INFINITY;
      double clockHz = problem.architecture.clockHz();
      var best = new Incumbents(Objective.ENERGY, false, clockHz, none, none);
      search.run(s, best, problem.options.monitor(), Double.NEGATIVE_INFINITY);
      if (excess > 0 && best.mapping != null) {
        double energyPj = Searches.evaluate(problem, best.mapping).energyPj();
        assertThat(s.least()[0] + excess)
            .as("energy of %s, %s pJ beyond that of its structure", best.mapping, excess)
            .isLessThanOrEqualTo(energyPj * (1 + 1e-9));
        seen++;
      }
    }
    return seen;
  }

  static Problem draw(SplittableRandom random) {
    return draw(random, false);
  }

  /**
   * A problem with one fanout or two.
   *
   * @param adjacent whether there are two, with nothing between
   */
  static Problem draw(SplittableRandom random, boolean adjacent) {
    while (true) {
      String[] einsum = EINSUMS.get(random.nextInt(EINSUMS.size())).split("; ");
      List<String> extents = new ArrayList<>();
      for (String variable : einsum[1].split(" ")) {
        extents.add(variable + "=" + List.of(2, 2, 3, 4, 4, 6, 8).get(random.nextInt(7)));
      }
      List<Node> nodes = new ArrayList<>();
      nodes.add(memory("M0", OptionalLong.empty(), random));
      int fanouts = adjacent ? 2 : 1 + random.nextInt(2);
      for (int f = 0; f < fanouts; f++) {
        if (random.nextBoolean() && !(adjacent && f == 1)) {
          nodes.add(memory("M1" + f, OptionalLong.of(8L * (3 + random.nextInt(60))), random));
        }
        nodes.add(fanout("F" + f, random));
        if (!adjacent || f == 1) {
          nodes.add(memory("M2" + f, OptionalLong.of(8L * (3 + random.nextInt(20))), random));
        }
      }
      var compute = new Action("compute", Figure.of(1, "test"), 0, 1);
      nodes.add(new Compute("X", compute, Figure.NONE, Figure.NONE));
      var problem =
          new Problem(
              Tiny.einsum(einsum[0], String.join(" ", extents)),
              new Architecture("random", 1e9, "", new Widths(8, 8, 8, 8), nodes),
              Objective.ENERGY,
              new MapperOptions(Policy.DEFAULT, 1));
      if (Searches.isCovered(problem)) {
        return problem;
      }
    }
  }

  private static Memory memory(String name, OptionalLong bits, SplittableRandom random) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      Figure energy = Figure.of(1 + random.nextInt(name.equals("M0") ? 100 : 10), "test");
      actions.put(action, new Action(action, energy, 0, Double.POSITIVE_INFINITY));
    }
    Keep keep = bits.isEmpty() || random.nextInt(3) > 0 ? Keep.MUST_ALL : Keep.MAY_ALL;
    return new Memory(name, bits, keep, actions, false, Figure.NONE, Figure.NONE);
  }

  private static Fanout fanout(String name, SplittableRandom random) {
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", 2 + random.nextInt(3), java.util.Set.of())),
        random.nextBoolean() ? Fanout.Multicast.WORDS : Fanout.Multicast.NONE,
        random.nextBoolean(),
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }
}
