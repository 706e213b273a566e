package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.testing.RandomCase;
import org.einloom.testing.RandomCases;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/**
 * What holds for every mapping, whatever its counts. That results are right, every run checks
 * itself.
 */
class SimulatorPropertyTest {
  private static final int CASES = 2000;

  @Test
  void flowsBalance() {
    for (long seed = 0; seed < CASES; seed++) {
      RandomCase c = RandomCases.draw(seed);
      try {
        var balance =
            new Balance(c, Simulator.run(c.einsum(), c.architecture(), c.mapping()).counts());
        balance.check();
        assertThat(balance.broken).isEmpty();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + c.describe(), e);
      }
    }
  }

  /** The laws that the flows of one run obey; a list of those that they do not. */
  private static final class Balance {
    private final RandomCase c;
    private final Counts counts;
    private final List<String> broken = new ArrayList<>();

    Balance(RandomCase c, Counts counts) {
      this.c = c;
      this.counts = counts;
    }

    void check() {
      equal("computes", counts.computes(), c.einsum().computes());
      atMost("busiest compute", counts.busiestComputes(), counts.computes());
      atMost(
          "mean compute",
          Math.ceilDiv(counts.computes(), counts.usedComputes()),
          counts.busiestComputes());
      for (TensorAccess tensor : c.einsum().tensors()) {
        List<String> storages = storages(tensor);
        for (int k = 0; k < storages.size(); k++) {
          boolean result = tensor.equals(c.einsum().output());
          if (result) {
            residencies(tensor, storages.get(k), k == 0);
          }
          if (k + 1 < storages.size()) {
            String what = tensor.name() + " from " + storages.get(k) + " to " + storages.get(k + 1);
            Flows parent = flows(storages.get(k), tensor);
            Flows child = flows(storages.get(k + 1), tensor);
            List<Fanout> between = between(storages.get(k), storages.get(k + 1));
            Flows arriving = between.isEmpty() ? parent : flows(between.getLast().name(), tensor);
            tolls(what, tensor, storages.get(k), storages.get(k + 1));
            if (result) {
              neighbours(what, parent, arriving, child, between);
            } else {
              requests(what, parent, arriving, child, between);
            }
          }
        }
      }
    }

    /** Every value that is added to or moved away has been put into a slot first. */
    private void residencies(TensorAccess tensor, String memory, boolean outermost) {
      Flows flows = flows(memory, tensor);
      long enteredEmpty =
          outermost
              ? counts.component(memory).occupancy().getOrDefault(tensor.name(), NOTHING).words()
              : flows.drains() - flows.fills();
      equal(
          "reads of " + tensor.name() + " at " + memory,
          flows.reads(),
          flows.updates() - enteredEmpty);
    }

    private static final Occupancy NOTHING = new Occupancy(-1, false);

    /** Results: what the child drains arrives, merged or not; starting values are read for it. */
    private void neighbours(
        String what, Flows parent, Flows arriving, Flows child, List<Fanout> between) {
      equal("updates, " + what, arriving.updates(), child.drains());
      equal("final updates, " + what, arriving.finalUpdates(), child.finalDrains());
      atMost("updates, " + what, parent.updates(), child.drains());
      atMost("final drains, " + what, child.finalDrains(), parent.finalUpdates());
      atMost("starting values, " + what, child.fills(), parent.reads());
      if (between.stream().noneMatch(Fanout::reduce)) {
        equal("passed on, " + what, parent.updates(), child.drains());
      }
      if (!between.isEmpty()) {
        equal("starting values through the network, " + what, arriving.reads(), child.fills());
      }
    }

    /** Operands: what the child is filled with has been read, once or more often. */
    private void requests(
        String what, Flows parent, Flows arriving, Flows child, List<Fanout> between) {
      equal("requests, " + what, arriving.reads(), child.fills());
      atMost("reads, " + what, parent.reads(), child.fills());
      if (between.stream().allMatch(f -> f.multicast() == Multicast.NONE)) {
        equal("reads without merging, " + what, parent.reads(), child.fills());
      }
    }

    /** Tolls: no more passes than the child moves and no less than the parent does. */
    private void tolls(String what, TensorAccess tensor, String parent, String child) {
      boolean result = tensor.equals(c.einsum().output());
      boolean merged = false;
      Flows below = flows(child, tensor);
      Flows above = flows(parent, tensor);
      for (Node node : nodes(parent, child).reversed()) {
        merged |= node instanceof Fanout;
        Flows here = node instanceof Toll toll ? flows(toll.name(), tensor) : Flows.ZERO;
        if (node instanceof Toll toll && !toll.charges(tensor)) {
          equal("flows of what is not charged, " + what, here.compareTo(Flows.ZERO), 0);
        } else if (node instanceof Toll && result) {
          equal("starting values through a toll, " + what, here.reads(), below.fills());
          atMost("updates through a toll, " + what, here.updates(), below.drains());
          atMost("updates of a toll, " + what, above.updates(), here.updates());
          atMost("final updates of a toll, " + what, here.finalUpdates(), above.finalUpdates());
          equal("drains of a toll, " + what, merged ? 0 : below.drains() - here.updates(), 0);
        } else if (node instanceof Toll) {
          atMost("reads through a toll, " + what, here.reads(), below.fills());
          atMost("reads of a toll, " + what, above.reads(), here.reads());
          equal("requests through a toll, " + what, merged ? 0 : below.fills() - here.reads(), 0);
        }
      }
    }

    private List<String> storages(TensorAccess tensor) {
      return c.mapping().nodes().stream()
          .filter(n -> n instanceof Storage s && s.tensor().equals(tensor.name()))
          .map(n -> ((Storage) n).memory())
          .toList();
    }

    private List<Fanout> between(String parent, String child) {
      return nodes(parent, child).stream()
          .filter(Fanout.class::isInstance)
          .map(Fanout.class::cast)
          .toList();
    }

    private List<Node> nodes(String parent, String child) {
      var a = c.architecture();
      return a.nodes().subList(a.indexOf(parent), a.indexOf(child));
    }

    private Flows flows(String component, TensorAccess tensor) {
      return counts.component(component).total(tensor.name());
    }

    private void equal(String what, long actual, long expected) {
      if (actual != expected) {
        broken.add(what + ": " + actual + ", expected " + expected);
      }
    }

    private void atMost(String what, long actual, long expected) {
      if (actual > expected) {
        broken.add(what + ": " + actual + ", expected at most " + expected);
      }
    }
  }
}
