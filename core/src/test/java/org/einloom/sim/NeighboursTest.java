package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** What neighbours hand on, counted by hand. */
class NeighboursTest {
  private static final Einsum WINDOW = Tiny.einsum("O[p] += I[p+r] * W[r]", "p=4 r=3");

  private static Architecture linked(String... lines) {
    Architecture a = Tiny.architecture(lines);
    List<Node> nodes = new ArrayList<>();
    for (Node n : a.nodes()) {
      nodes.add(
          n instanceof Fanout f
              ? new Fanout(
                  f.name(),
                  f.dimensions(),
                  f.multicast(),
                  f.reduce(),
                  f.transfer(),
                  Optional.of(new Links(Set.of(Keep.ALL), Optional.empty())),
                  f.areaUm2(),
                  f.leakageUw())
              : n);
    }
    return a.withNodes(nodes);
  }

  private static void flows(
      Sim run, String component, String tensor, long reads, long fills, long links) {
    assertThat(run.counts().component(component).total(tensor))
        .as(tensor + " at " + component)
        .isEqualTo(new Flows(reads, fills, 0, 0, 0, 0, links));
  }

  private static List<Long> linksOf(Sim run, String component, String tensor) {
    List<Long> links = new ArrayList<>();
    for (InstanceClass c : run.counts().component(component).classes()) {
      for (long i = 0; i < c.instances(); i++) {
        links.add(c.flows().getOrDefault(tensor, Flows.ZERO).links());
      }
    }
    return links.stream().sorted().toList();
  }

  @Test
  void aWindowMovesAlongARow() {
    // r=0: 0 1 2 3, all from M0; then each takes what the next one had, and the last asks for 4, 5
    for (String multicast : List.of("words", "tiles", "none")) {
      Sim run =
          Sim.run(
              WINDOW,
              linked("M0", "F x=4 " + multicast + " reduce", "M1"),
              "M0: I W O",
              "for r 1",
              "par F.x p 1",
              "M1: I W O");
      flows(run, "M0", "I", 6, 0, 0);
      flows(run, "F", "I", 6, 0, 6);
      flows(run, "M1", "I", 12, 12, 6);
      assertThat(linksOf(run, "M1", "I")).containsExactly(0L, 2L, 2L, 2L);
      // all have the same weight at the same time, so nobody has what another one needs
      assertThat(run.counts().component("F").total("W").links()).isZero();
    }
  }

  @Test
  void tollsAndInnerFanoutsAreNotPassed() {
    // G holds the pairs 0 1 and 2 3; F links 0-2 and 1-3 (two further on: one step too far for a
    // window that moves by one), G links within pairs
    Sim run =
        Sim.run(
            WINDOW,
            linked("M0", "F y=2 none reduce", "toll T I", "G x=2 none reduce", "toll U I", "M1"),
            "M0: I W O",
            "for r 1",
            "par F.y p 2",
            "par G.x p 1",
            "M1: I W O");
    // r=0: 0 1 2 3 from above; r=1: 1 and 3 within pairs, 2 and 4 from above; r=2: 2 is what the
    // second of the first pair has, 4 that of the second pair; 3 and 5 from above
    flows(run, "M0", "I", 8, 0, 0);
    flows(run, "F", "I", 8, 0, 0);
    flows(run, "T", "I", 8, 0, 0);
    flows(run, "U", "I", 8, 0, 0);
    flows(run, "G", "I", 8, 0, 4);
    flows(run, "M1", "I", 12, 12, 4);
  }

  @Test
  void positionsGoOnFromLoopToLoopAlongOneDimension() {
    // the same words at the same places as in a row of four
    Sim run =
        Sim.run(
            WINDOW,
            linked("M0", "F x=4 none reduce", "M1"),
            "M0: I W O",
            "for r 1",
            "par F.x p 2",
            "par F.x p 1",
            "M1: I W O");
    flows(run, "M0", "I", 6, 0, 0);
    flows(run, "F", "I", 6, 0, 6);
    flows(run, "M1", "I", 12, 12, 6);
  }

  @Test
  void whatSomeGetFromNeighboursIsReadForTheOthersAlone() {
    // rows 0 1 | 1 2 of p+q. s=1: 1 2 | 2 3, s=2: 2 3 | 3 4: of each only the last corner asks
    Einsum einsum = Tiny.einsum("O[p,q] += I[p+q+s] * W[s]", "p=2 q=2 s=3");
    Sim run =
        Sim.run(
            einsum,
            linked("M0", "F y=2 x=2 words reduce", "M1"),
            "M0: I W O",
            "for s 1",
            "par F.y p 1",
            "par F.x q 1",
            "M1: I W O");
    flows(run, "M0", "I", 5, 0, 0); // 0 1 2, then 3, then 4
    flows(run, "F", "I", 6, 0, 6); // four, then one, then one: 1 was asked for twice
    flows(run, "M1", "I", 12, 12, 6);
    // (0,0) asks y before x, and the lower position first: (1,0) hands it 1 and 2. (0,1) and (1,0)
    // get theirs from (1,1)
    assertThat(linksOf(run, "M1", "I")).containsExactly(0L, 0L, 2L, 4L);
  }

  @Test
  void idleInstancesHandOnWhatTheyHaveKept() {
    // n by 2 of 3: in the second round instance 1 of n idles, and keeps word 2 of A; instance 0
    // meets it again when m comes round
    Einsum einsum = Tiny.einsum("O[m,n] += A[m] * B[n]", "m=3 n=3");
    Sim run =
        Sim.run(
            einsum,
            linked("M0", "F x=2 none reduce", "M1"),
            "M0: A B O",
            "for n 2",
            "for m 1",
            "par F.x n 1",
            "M1: A O",
            "for n 1");
    flows(run, "M0", "A", 8, 0, 0);
    flows(run, "F", "A", 8, 0, 1);
    flows(run, "M1", "A", 9, 9, 1);
  }

  @Test
  void computesAndResultsHandNothingOn() {
    Sim run =
        Sim.run(WINDOW, linked("M0", "F x=4 words reduce"), "M0: I W O", "for r 1", "par F.x p 1");
    run.operand("M0", "I", 12, 0).operand("F", "I", 12, 0).operand("M0", "W", 3, 0);
    Einsum shifting = Tiny.einsum("O[p+r] += I[p] * W[r]", "p=4 r=3");
    Sim results =
        Sim.run(
            shifting,
            linked("M0", "F x=4 words pass", "M1"),
            "M0: I W O",
            "for r 1",
            "par F.x p 1",
            "M1: I W O");
    assertThat(results.counts().component("F").total("O").links()).isZero();
    assertThat(results.counts().component("M1").total("O").drains()).isEqualTo(12);
  }
}
