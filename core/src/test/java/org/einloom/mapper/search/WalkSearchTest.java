package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

class WalkSearchTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 60);
  private static final long MOST_MAPPINGS = Long.getLong("einloom.mappings", 6000);

  @Test
  void findsTheBestOfAllMappings() {
    Long fixed = Long.getLong("einloom.seed");
    long seed = fixed != null ? fixed : new SplittableRandom().nextLong();
    int done = 0;
    for (long s = seed; done < CASES; s++) {
      done += agrees(s) ? 1 : 0;
    }
  }

  private static boolean agrees(long seed) {
    var random = new SplittableRandom(seed);
    Einsum einsum = einsum(random);
    Architecture architecture = architecture(random);
    Tiling tiling = random.nextBoolean() ? Tiling.PERFECT : Tiling.IMPERFECT;
    Objective objective =
        List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP).get(random.nextInt(3));
    double[] least = {Double.POSITIVE_INFINITY};
    LoopTree[] mapping = new LoopTree[1];
    var options = new MapperOptions(Policy.DEFAULT, 1).withTiling(tiling);
    boolean all =
        PlainMapspace.visit(
            einsum,
            architecture,
            tiling,
            MOST_MAPPINGS,
            m -> {
              try {
                Evaluation e =
                    Evaluator.evaluate(
                        einsum,
                        architecture,
                        DenseModel.analyze(einsum, architecture, m).counts(),
                        Policy.DEFAULT);
                if (objective.value(e) < least[0]) {
                  least[0] = objective.value(e);
                  mapping[0] = m;
                }
              } catch (InvalidSpecException e) {
                // no mapping
              }
            });
    if (!all) {
      return false;
    }
    var problem = new Problem(einsum, architecture, objective, options);
    var best =
        new Incumbents(
            objective,
            false,
            architecture.clockHz(),
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY);
    var search = new WalkSearch(problem, best, Long.MAX_VALUE / 2);
    search.run();
    String what = "seed " + seed + " " + einsum + "\n" + architecture + "\n" + tiling + "\n" + mapping[0];
    assertThat(search.proven).as(what).isTrue();
    assertThat(best.value).as(what).isCloseTo(least[0], within(1e-9 * least[0]));
    return true;
  }

  private static Einsum einsum(SplittableRandom r) {
    long a = 1 + r.nextInt(5);
    long b = 1 + r.nextInt(4);
    long c = 1 + r.nextInt(4);
    return switch (r.nextInt(9)) {
      case 0, 1 -> Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=" + a + " n=" + b + " k=" + c);
      case 2, 3 -> Tiny.einsum("O[p] += I[p+r] * W[r]", "p=" + (a + 1) + " r=" + b);
      case 4 -> Tiny.einsum("O[p] += I[2*p+r-1:5] * W[r]", "p=" + (a + 1) + " r=" + b);
      case 5 -> Tiny.einsum("O[p+r] += I[p] * W[r]", "p=" + (a + 1) + " r=" + b);
      case 6 -> Tiny.einsum("O[i] += A[i,i+j] * W[j]", "i=" + (a + 1) + " j=" + b);
      case 7 -> Tiny.einsum("O[m] += A[m,k] * B[k]", "m=" + (a + 2) + " k=" + (b + 2));
      default ->
          Tiny.einsum("O[m,p] += I[p+r] * W[m,r]", "m=" + b + " p=" + (a + 1) + " r=" + c);
    };
  }

  private static Architecture architecture(SplittableRandom r) {
    List<Node> nodes = new ArrayList<>();
    int memories = 1 + r.nextInt(3);
    for (int m = 0; m < memories; m++) {
      OptionalLong size =
          m == 0 || r.nextInt(3) == 0
              ? OptionalLong.empty()
              : OptionalLong.of(8 * (3 + r.nextInt(12)));
      Keep keep =
          m == 0
              ? Keep.MUST_ALL
              : switch (r.nextInt(4)) {
                case 0 -> Keep.MUST_ALL;
                case 1 -> Keep.MAY_ALL;
                case 2 -> new Keep(Set.of("input"), Set.of("output"));
                default -> new Keep(Set.of("output"), Set.of());
              };
      var actions = new LinkedHashMap<String, Action>();
      boolean limited = r.nextBoolean();
      for (String name : r.nextInt(3) == 0 ? List.of("read", "write", "update") : List.of("read", "write")) {
        actions.put(
            name,
            new Action(
                name,
                Figure.of(r.nextInt(10) * (memories - m), ""),
                r.nextBoolean() ? 0 : 16,
                limited ? 0.5 * (1 + r.nextInt(4)) : Double.POSITIVE_INFINITY));
      }
      nodes.add(
          new Memory(
              "M" + m,
              size,
              keep,
              actions,
              r.nextBoolean(),
              Figure.NONE,
              Figure.of(r.nextInt(3) * 100, "")));
      if (r.nextInt(3) == 0) {
        var dims = new ArrayList<Fanout.Dimension>();
        for (int d = r.nextInt(2); d >= 0; d--) {
          dims.add(
              new Fanout.Dimension(
                  "d" + d, 2 + r.nextInt(3), r.nextInt(4) == 0 ? Set.of("output") : Set.of()));
        }
        nodes.add(
            new Fanout(
                "F" + m,
                dims,
                Fanout.Multicast.values()[r.nextInt(3)],
                r.nextBoolean(),
                r.nextBoolean()
                    ? Optional.of(new Action("transfer", Figure.of(r.nextInt(4), ""), 0, r.nextBoolean() ? 1 : Double.POSITIVE_INFINITY))
                    : Optional.empty(),
                Figure.NONE,
                Figure.NONE));
      }
    }
    nodes.add(
        new Compute("X", new Action("compute", Figure.of(1, ""), 0, 1), Figure.NONE, Figure.NONE));
    return new Architecture(
        "random", 1e9, "", new Widths(8, 8, 8, r.nextBoolean() ? 16 : 8), nodes);
  }
}
