package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/**
 * Who gives a search so much time and no more, but wants a mapping, has to be told as soon as there
 * is one.
 */
class FirstReportTest {
  private static final int SOON = 40;

  /** Ends a search that has a mapping. */
  private static final class Impatient implements SearchMonitor {
    private int asked;
    private boolean found;

    @Override
    public boolean stop() {
      asked++;
      return found;
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {
      found |= Double.isFinite(value);
    }
  }

  /** Remembers what it is told, and ends a search that was told enough. */
  private static final class Listener implements SearchMonitor {
    private final List<Double> gaps = new ArrayList<>();

    @Override
    public boolean stop() {
      return false;
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {
      gaps.add(1 - Math.max(0, lowerBound) / value);
    }
  }

  @Test
  void gapsShrinkWhileASearchRuns() {
    Einsum einsum =
        Tiny.einsum("O[m,p,q] += I[c,p+r-1:7,q+s-1:7] * W[m,c,r,s]", "m=8 c=4 p=7 q=7 r=3 s=3");
    for (Objective objective : List.of(Objective.ENERGY, Objective.EDP)) {
      var listener = new Listener();
      Searches.run(
          einsum, design(), objective, new MapperOptions(Policy.DEFAULT, 1).withMonitor(listener));
      List<Double> gaps = listener.gaps;
      assertThat(gaps).as("%s", objective).hasSizeGreaterThan(20);
      assertThat(gaps).isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(Set.copyOf(gaps)).as("%s: %s", objective, gaps).hasSizeGreaterThan(10);
      assertThat(gaps.getLast()).as("%s: %s", objective, gaps).isLessThan(0.05);
    }
  }

  @Test
  void searchesThatMayStopDoSoSoon() {
    Einsum einsum =
        Tiny.einsum(
            "O[m,p,q] += I[c,p+r-1:56,q+s-1:56] * W[m,c,r,s]", "m=64 c=64 p=56 q=56 r=3 s=3");
    for (Objective objective : List.of(Objective.ENERGY, Objective.EDP)) {
      var monitor = new Impatient();
      MappingResult answer =
          Searches.run(
              einsum,
              design(),
              objective,
              new MapperOptions(Policy.DEFAULT, 1).withMonitor(monitor));
      assertThat(answer).isInstanceOf(MappingResult.Found.class);
      assertThat(monitor.asked).as("%s", objective).isLessThanOrEqualTo(SOON);
    }
  }

  private static Architecture design() {
    List<Node> nodes =
        List.of(
            memory("M0", OptionalLong.empty(), 200),
            memory("M1", OptionalLong.of(1 << 20), 6),
            fanout("F0", 4, 4),
            memory("M2", OptionalLong.of(1 << 13), 1),
            fanout("F1", 8, 8),
            new Compute("X", action("compute", 1), Figure.NONE, Figure.NONE));
    return new Architecture("three", 1e9, "", new Widths(8, 8, 8, 24), nodes);
  }

  private static Fanout fanout(String name, long x, long y) {
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", x, Set.of()), new Fanout.Dimension("y", y, Set.of())),
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }

  private static Memory memory(String name, OptionalLong bits, double energyPj) {
    var actions = new TreeMap<String, Action>();
    List.of("read", "write").forEach(a -> actions.put(a, action(a, energyPj)));
    return new Memory(name, bits, Keep.MAY_ALL, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Action action(String name, double energyPj) {
    return new Action(name, Figure.of(energyPj, "test"), 8, 1);
  }
}
