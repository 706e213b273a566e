package org.einloom.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.einloom.counts.Counts;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.sim.Simulator;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** Forks: one path for an Einsum, area and leakage of everything. */
class DesignTest {
  private static final Widths WIDTHS = new Widths(8, 8, 8, 16);
  private static final Einsum PRODUCT = Tiny.einsum("O[m] += A[m,k] * B[k]", "m=4 k=6");

  /** M0, then F x 3; below, either X, or M1 and, in a fork of its own, Y x 2 or Z. */
  private static final Branch TREE =
      new Branch(
          List.of(memory("M0", 100), fanout("F", 3)),
          List.of(
              new Branch(List.of(compute("X", 1, Set.of("mac"))), List.of()),
              new Branch(
                  List.of(memory("M1", 10)),
                  List.of(
                      new Branch(
                          List.of(fanout("G", 2), compute("Y", 2, Set.of("mac", "max"))),
                          List.of()),
                      new Branch(List.of(compute("Z", 4, Set.of("max"))), List.of())))));

  @Test
  void thereIsAPathToEveryCompute() {
    Design design = Design.of("forked", 1e9, "", WIDTHS, TREE);
    assertThat(design.paths())
        .extracting(p -> p.nodes().stream().map(Node::name).toList())
        .containsExactly(
            List.of("M0", "F", "X"),
            List.of("M0", "F", "M1", "G", "Y"),
            List.of("M0", "F", "M1", "Z"));
    assertThat(idle(design.path("X"))).containsExactly("M1 x 3", "G x 3", "Y x 6", "Z x 3");
    assertThat(idle(design.path("Y"))).containsExactly("X x 3", "Z x 3");
    assertThat(idle(design.path("Z"))).containsExactly("X x 3", "G x 3", "Y x 6");
  }

  @Test
  void everyPathHasTheAreaAndLeakageOfAll() {
    for (Architecture path : Design.of("forked", 1e9, "", WIDTHS, TREE).paths()) {
      // M0, 3 M1, 3 X, 6 Y, 3 Z
      assertThat(path.areaUm2()).isEqualTo(100 + 3 * 10 + 3 * 1 + 6 * 2 + 3 * 4);
      assertThat(path.leakageUw()).isEqualTo(2 * path.areaUm2());
    }
  }

  @Test
  void offeredIsWhatTheComputeSays() {
    Design design = Design.of("forked", 1e9, "", WIDTHS, TREE);
    assertThat(computes(design, "mac")).containsExactly("X", "Y");
    assertThat(computes(design, "max")).containsExactly("Y", "Z");
    assertThatThrownBy(() -> computes(design, "exp"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "no compute of architecture 'forked' offers 'exp', which Einsum 'tiny' needs; offered"
                + " are 'mac', 'max'");
    Design plain = Design.of(Tiny.architecture("M0"));
    assertThat(computes(plain, "exp")).containsExactly("X");
  }

  @Test
  void namesAreUniqueInTheWholeTree() {
    Branch x = new Branch(List.of(compute("X", 1, Set.of())), List.of());
    assertThatThrownBy(
            () ->
                Design.of("d", 1e9, "", WIDTHS, new Branch(List.of(memory("M", 1)), List.of(x, x))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("'X'");
  }

  @Test
  void whatIsIdleLeaksWhileThePathRuns() {
    Design design = Design.of("forked", 1e9, "", WIDTHS, TREE);
    Architecture path = design.path("X");
    Counts counts =
        Simulator.run(PRODUCT, path, Tiny.mapping("M0: A B O", "for m 1", "par F.x k 2", "for k 1"))
            .counts();
    Evaluation e = Evaluator.evaluate(PRODUCT, path, counts, Policy.DEFAULT);
    assertThat(e.compute()).isEqualTo("X");
    assertThat(e.components())
        .extracting(c -> c.node().name())
        .containsExactly("M0", "F", "X", "M1", "G", "Y", "Z");
    var y = e.components().get(5);
    assertThat(y.flows()).isEmpty();
    assertThat(y.charges()).extracting(Charge::action).containsExactly("leak");
    // 8 computes of the busiest in 8 ns; 6 Y of 4 uW
    assertThat(e.latencyCycles()).isEqualTo(8);
    assertThat(y.energyPj()).isCloseTo(6 * 4 * 8e-3, within(1e-12));
    assertThat(e.areaUm2()).isEqualTo(path.areaUm2());
  }

  private static List<String> idle(Architecture path) {
    return path.idle().stream().map(i -> i.node().name() + " x " + i.instances()).toList();
  }

  private static List<String> computes(Design design, String operation) {
    Einsum e =
        new Einsum("tiny", PRODUCT.variables(), PRODUCT.operands(), PRODUCT.output(), operation);
    return design.offering(e).stream().map(p -> p.compute().name()).toList();
  }

  private static Memory memory(String name, double area) {
    var actions = new TreeMap<String, Action>();
    for (String a : List.of("read", "write")) {
      actions.put(a, new Action(a, Figure.NONE, 0, Double.POSITIVE_INFINITY));
    }
    return new Memory(
        name, OptionalLong.empty(), Keep.MAY_ALL, actions, true, figure(area), figure(2 * area));
  }

  private static Fanout fanout(String name, long size) {
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", size, Set.of())),
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }

  private static Compute compute(String name, double area, Set<String> operations) {
    var action = new Action("compute", Figure.NONE, 0, 1);
    return new Compute(name, operations, action, figure(area), figure(2 * area));
  }

  private static Figure figure(double value) {
    return Figure.of(value, "test");
  }
}
