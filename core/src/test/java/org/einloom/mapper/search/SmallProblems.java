package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.Tiling;
import org.einloom.mapper.TinyArchitectures;
import org.einloom.mapper.TinyEinsums;
import org.einloom.mapper.TinyExtras;
import org.einloom.workload.Einsum;

/** Draws problems that the fast search covers, and whose every mapping can be evaluated. */
final class SmallProblems {
  private SmallProblems() {}

  /** What a test looks at in one problem. */
  interface Check {
    /**
     * @param random for what else is drawn
     * @return how much there was to look at
     */
    int of(Problem problem, SplittableRandom random);
  }

  /** Of tensors whose tiles have nothing in common. */
  static boolean regular(Problem p) {
    for (boolean r : p.regular) {
      if (!r) {
        return false;
      }
    }
    return true;
  }

  /** With an operand whose tiles overlap, every fanout of one dimension, as the search has it. */
  static boolean overlapping(Problem p) {
    return !regular(p)
        && p.architecture.fanouts().stream().allMatch(f -> f.dimensions().size() == 1);
  }

  /** Both kinds. */
  static boolean any(Problem p) {
    return regular(p) || overlapping(p);
  }

  /**
   * Checks problems whose every mapping can be written down.
   *
   * @param usual how many problems
   * @param most how many mappings a problem has at most
   */
  static void check(String what, int usual, int most, Predicate<Problem> wanted, Check check) {
    check(what, usual, random -> draw(random, most, wanted), check);
  }

  /**
   * Checks the problems of some seeds, the first of which is new at every run; {@code
   * -Deinloom.seed=N -Deinloom.cases=1} replays one. Where these happen to hold little to look at
   * more are drawn, up to four times as many.
   */
  static void check(String what, int usual, Function<SplittableRandom, Problem> draw, Check check) {
    int cases = Integer.getInteger("einloom.cases", usual);
    long first = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    System.out.printf(Locale.ROOT, "%s from seed %d%n", what, first);
    int least = usual / 4;
    long seen = 0;
    for (int i = 0; i < cases || (cases >= usual && seen <= least && i < 4 * cases); i++) {
      var random = new SplittableRandom(first + i);
      Problem problem = draw.apply(random);
      try {
        seen += check.of(problem, random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s%n%s"
                .formatted(first + i, describe(problem), e),
            e);
      }
    }
    System.out.printf(Locale.ROOT, "%s: %d looked at%n", what, seen);
    if (cases >= usual) {
      assertThat(seen).as("looked at").isGreaterThan(least);
    }
  }

  static Problem draw(SplittableRandom random, int most, Predicate<Problem> wanted) {
    while (true) {
      Problem problem = draw(random);
      if (wanted.test(problem) && Searches.isCovered(problem)) {
        long mappings =
            EveryMapping.count(problem.einsum, problem.architecture, Tiling.PERFECT, most);
        if (mappings < most && mappings > most / 20 && !Placement.all(problem).isEmpty()) {
          return problem;
        }
      }
    }
  }

  /** Any problem, of any size. */
  static Problem draw(SplittableRandom random) {
    return draw(random, TinyEinsums.draw(random));
  }

  static Problem draw(SplittableRandom random, Einsum einsum) {
    Architecture architecture = TinyArchitectures.draw(random, einsum);
    architecture = TinyExtras.add(random.nextLong(), einsum, architecture);
    if (random.nextInt(8) == 0) {
      architecture = withoutAnAction(architecture, random);
    }
    var options = new MapperOptions(Policy.DEFAULT, 1).withAlternatives(true);
    return new Problem(einsum, architecture, Objective.EDP, options);
  }

  private static Architecture withoutAnAction(Architecture a, SplittableRandom random) {
    List<Node> nodes = new ArrayList<>(a.nodes());
    Memory memory = a.memories().get(random.nextInt(a.memories().size()));
    var actions = new LinkedHashMap<>(memory.actions());
    actions.remove(List.of("read", "write").get(random.nextInt(2)));
    nodes.set(
        nodes.indexOf(memory),
        new Memory(
            memory.name(),
            memory.capacityBits(),
            memory.keep(),
            actions,
            memory.sharedPort(),
            memory.areaUm2(),
            memory.leakageUw()));
    return a.withNodes(nodes);
  }

  static String describe(Problem p) {
    List<String> extents =
        p.einsum.variables().stream().map(v -> v.name() + "=" + v.extent()).toList();
    StringBuilder text = new StringBuilder(p.einsum.expression() + " " + extents);
    p.tensors.forEach(t -> text.append("\n  ").append(t));
    text.append("\n  ").append(p.architecture.widths());
    p.nodes.forEach(n -> text.append("\n  ").append(n));
    return text.toString();
  }
}
