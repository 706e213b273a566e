package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.search.Searches;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** Cases that a search over loop orders and divisors alone would get wrong; and large ones. */
class WalkTest {
  private static final MapperOptions PERFECT = new MapperOptions(Policy.DEFAULT, 1);
  private static final MapperOptions IMPERFECT = PERFECT.withTiling(Tiling.IMPERFECT);

  @Test
  void stepsThroughAConvolutionInHalvesWhereThatKeepsTheHalo() {
    Einsum einsum = Tiny.einsum("O[p] += I[p+r] * W[r]", "p=4 r=3");
    Architecture architecture = bufferOf(8 * 2, "input");
    double halves = energy(einsum, architecture, "for p 2", "for r 1", "M1: I", "for p 1");
    double pOutside = energy(einsum, architecture, "for p 1", "for r 1", "M1: I");
    double rOutside = energy(einsum, architecture, "for r 1", "for p 1", "M1: I");
    assertThat(halves).isLessThan(Math.min(pOutside, rOutside));
    Found found = found(einsum, architecture, PERFECT);
    assertThat(found.optimality().status()).isEqualTo(Optimality.Status.OPTIMAL);
    assertThat(found.optimality().value()).isLessThanOrEqualTo(halves);
  }

  @Test
  void cutsAPrimeWhereTheBufferHoldsMoreThanOneOfIt() {

    Einsum einsum = Tiny.einsum("O[i] += A[i,j] * B[j]", "i=5 j=5");
    Architecture architecture = bufferOf(8 * 4, "all");
    Tiling cutI = new Tiling(false, Map.of("i", true));
    Found perfect = found(einsum, architecture, PERFECT);
    Found imperfect = found(einsum, architecture, PERFECT.withTiling(cutI));
    assertThat(imperfect.optimality().status()).isEqualTo(Optimality.Status.OPTIMAL);
    // B comes twice, once for three O and once for two; not once for each
    assertThat(imperfect.optimality().value()).isLessThan(perfect.optimality().value());
  }

  @Test
  void isTheSameEveryTime() {
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=3 n=2 k=3");
    Architecture architecture = bufferOf(8 * 12, "all");
    Found one = found(einsum, architecture, IMPERFECT);
    Found two = found(einsum, architecture, IMPERFECT);
    assertThat(two.mapping()).isEqualTo(one.mapping());
    assertThat(two.optimality().evaluated()).isEqualTo(one.optimality().evaluated());
    assertThat(two.optimality().lowerBound()).isEqualTo(one.optimality().lowerBound());
  }

  @Test
  void boundsWhatIsTooLargeToWalkThrough() {
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=197 n=8 k=8");
    Found found = found(einsum, bufferOf(8 * 256, "all"), IMPERFECT);
    assertThat(found.optimality().status()).isEqualTo(Optimality.Status.BOUNDED);
    assertThat(found.optimality().gap().getAsDouble()).isBetween(0.0, 0.9);
    Found perfect = found(einsum, bufferOf(8 * 256, "all"), PERFECT);
    assertThat(found.optimality().value())
        .isLessThanOrEqualTo(perfect.optimality().value() * (1 + 1e-9));
  }

  @Test
  void hasAMappingAndABoundHoweverSoonItIsStopped() {
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=197 n=8 k=8");
    SearchMonitor atOnce =
        new SearchMonitor() {
          @Override
          public boolean stop() {
            return true;
          }

          @Override
          public void report(double value, double lowerBound, long evaluated) {
            assertThat(lowerBound).isLessThanOrEqualTo(value);
          }
        };
    Found found = found(einsum, bufferOf(8 * 256, "all"), IMPERFECT.withMonitor(atOnce));
    assertThat(found.optimality().status()).isEqualTo(Optimality.Status.BOUNDED);
    assertThat(found.optimality().lowerBound().getAsDouble())
        .isBetween(1.0, found.optimality().value());
  }

  @Test
  void stopsWhileItBoundsPlacementsWithABoundForAll() {
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=7 n=6 k=5");
    var asked = new AtomicInteger();
    SearchMonitor impatient =
        new SearchMonitor() {
          @Override
          public boolean stop() {
            asked.incrementAndGet();
            return true;
          }

          @Override
          public void report(double value, double lowerBound, long evaluated) {}
        };
    Architecture wide = buffers(4); // 4096 placements
    Found found = found(einsum, wide, IMPERFECT.withMonitor(impatient));
    assertThat(found.optimality().status()).isEqualTo(Optimality.Status.BOUNDED);
    // every compute costs 1 pJ, and that is all that is known of every placement
    assertThat(found.optimality().lowerBound().getAsDouble()).isEqualTo(7 * 6 * 5);
    assertThat(asked.get()).as("how often it went on").isLessThan(100);
  }

  private static Architecture buffers(int n) {
    var compute = new Action("compute", Figure.of(1, "test"), 0, 1);
    var nodes = new ArrayList<Node>();
    nodes.add(memory("M0", 100, OptionalLong.empty(), Keep.MUST_ALL));
    for (int i = 1; i <= n; i++) {
      nodes.add(memory("M" + i, 1, OptionalLong.of(8 * 64), Keep.MAY_ALL));
    }
    nodes.add(new Compute("X", compute, Figure.NONE, Figure.NONE));
    return new Architecture("test", 1e9, "", new Widths(8, 8, 8, 8), nodes);
  }

  private static Found found(Einsum einsum, Architecture architecture, MapperOptions options) {
    return (Found) Searches.run(einsum, architecture, Objective.ENERGY, options);
  }

  private static double energy(Einsum einsum, Architecture architecture, String... nodes) {
    String[] all = new String[nodes.length + 1];
    all[0] = "M0: I W O";
    System.arraycopy(nodes, 0, all, 1, nodes.length);
    LoopTree mapping = Tiny.mapping(all);
    var counts = DenseModel.analyze(einsum, architecture, mapping).counts();
    return Evaluator.evaluate(einsum, architecture, counts, Policy.DEFAULT).energyPj();
  }

  /** A memory that costs much, and a buffer that costs little and may keep one role. */
  private static Architecture bufferOf(long bits, String keeps) {
    var compute = new Action("compute", Figure.of(1, "test"), 0, 1);
    var may = new Keep(java.util.Set.of(), java.util.Set.of(keeps));
    return new Architecture(
        "test",
        1e9,
        "",
        new Widths(8, 8, 8, 8),
        List.of(
            memory("M0", 100, OptionalLong.empty(), Keep.MUST_ALL),
            memory("M1", 1, OptionalLong.of(bits), may),
            new Compute("X", compute, Figure.NONE, Figure.NONE)));
  }

  private static Memory memory(String name, double pj, OptionalLong bits, Keep keep) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      actions.put(action, new Action(action, Figure.of(pj, "test"), 0, 1));
    }
    return new Memory(name, bits, keep, actions, true, Figure.NONE, Figure.NONE);
  }
}
