package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Idle;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.sparsity.SparseNode;
import org.einloom.workload.TensorAccess;

/**
 * What flows cost, by the rules of {@code docs/sparsity.md}, section 5, and the default policy: the
 * same as {@code evaluation.sparse} says, flow by flow.
 */
final class Tariff {
  /** Which of a tensor's flows at a component. */
  enum Flow {
    READS,
    FILLS,
    UPDATES,
    DRAINS
  }

  private static final int NONE = -1;

  final int ports;

  /** Of all there is, used or not, pJ in a cycle. */
  final double leakPerCycle;

  private final Problem problem;

  /** By node and flow. */
  private final List<Map<Flow, Price>> prices = new ArrayList<>();

  private final int computePort;

  /** An action with its port, and what becomes of it when it is gated or skipped. */
  private record Price(
      boolean declared,
      int port,
      double energyPj,
      double gatedPj,
      double skippedPj,
      long widthBits,
      double perCycle,
      boolean memory,
      Meta metadata,
      Meta decompress) {
    /** Whether more that is done never costs less. */
    boolean ordered() {
      return skippedPj <= gatedPj && gatedPj <= energyPj;
    }
  }

  private record Meta(int port, double energyPj, double widthBits, double perCycle) {
    static final Meta FREE = new Meta(NONE, 0, 1, 1);
  }

  Tariff(Problem problem) {
    this.problem = problem;
    Architecture a = problem.architecture;
    var numbers = new HashMap<String, Integer>();
    for (Node n : a.nodes()) {
      var of = new EnumMap<Flow, Price>(Flow.class);
      for (Flow f : Flow.values()) {
        of.put(f, price(n, f, numbers).orElse(FREE));
      }
      prices.add(of);
    }
    computePort = number(numbers, a.compute(), "compute");
    ports = numbers.size();
    double leak = 0;
    for (Node n : a.nodes()) {
      leak += n.leakageUw().value() * 1e6 / a.clockHz() * (double) a.instances(n);
    }
    for (Idle i : a.idle()) {
      leak += i.node().leakageUw().value() * 1e6 / a.clockHz() * (double) i.instances();
    }
    leakPerCycle = leak;
  }

  private static final Price FREE =
      new Price(true, NONE, 0, 0, 0, 0, 1, false, Meta.FREE, Meta.FREE);

  private static int number(Map<String, Integer> numbers, Node node, String port) {
    return numbers.computeIfAbsent(node.name() + "\n" + port, _ -> numbers.size());
  }

  private Optional<Price> price(Node node, Flow flow, Map<String, Integer> numbers) {
    return switch (node) {
      case Memory m -> Optional.of(price(m, flow, numbers));
      case Toll t ->
          name(flow, Toll.DOWN, Toll.UP)
              .flatMap(t::action)
              .map(a -> price(t, a, t.sharedPort(), numbers));
      case Fanout f ->
          name(flow, "transfer", "transfer")
              .flatMap(_ -> f.transfer())
              .map(a -> price(f, a, true, numbers));
      case Compute _ -> Optional.empty();
    };
  }

  private static Optional<String> name(Flow flow, String down, String up) {
    return switch (flow) {
      case READS -> Optional.of(down);
      case UPDATES -> Optional.of(up);
      case FILLS, DRAINS -> Optional.empty();
    };
  }

  private static Price price(Node node, Action a, boolean shared, Map<String, Integer> numbers) {
    return new Price(
        true,
        number(numbers, node, shared ? "" : a.name()),
        a.energyPj().value(),
        0,
        0,
        a.widthBits(),
        a.perCycle(),
        false,
        Meta.FREE,
        Meta.FREE);
  }

  private Price price(Memory m, Flow flow, Map<String, Integer> numbers) {
    boolean reads = flow == Flow.READS || flow == Flow.DRAINS;
    boolean update = flow == Flow.UPDATES && m.actions().containsKey("update");
    String name = reads ? "read" : update ? "update" : "write";
    SparseNode sparse = problem.nodes.getOrDefault(m.name(), SparseNode.FREE);
    Action a = m.actions().get(name);
    Meta metadata = meta(m, sparse, reads ? "metadata_read" : "metadata_write", true, numbers);
    Meta decompress = reads ? meta(m, sparse, "decompress", false, numbers) : Meta.FREE;
    return a == null
        ? new Price(false, NONE, 0, 0, 0, 0, 1, true, metadata, decompress)
        : new Price(
            true,
            number(numbers, m, m.sharedPort() ? "" : a.name()),
            a.energyPj().value(),
            energy(sparse, "gated_" + a.name()),
            energy(sparse, "skipped_" + a.name()),
            a.widthBits(),
            a.perCycle(),
            true,
            metadata,
            decompress);
  }

  private static double energy(SparseNode node, String action) {
    Action a = node.actions().get(action);
    return a == null ? 0 : a.energyPj().value();
  }

  private static Meta meta(
      Memory m, SparseNode node, String action, boolean bits, Map<String, Integer> numbers) {
    Action a = node.actions().get(action);
    return a == null
        ? Meta.FREE
        : new Meta(
            // beside the port of an action of that name, whatever it is called
            number(numbers, m, a.name().isEmpty() ? action : a.name()),
            a.energyPj().value(),
            bits ? Math.max(1, (double) a.widthBits()) : 1,
            a.perCycle());
  }

  /**
   * Charges one flow of one tensor.
   *
   * @param words over all instances
   * @param busiest of these, at the busiest instance
   * @param complete of the words of a result, those that no later reduction changes
   * @param stored words of each that are stored
   * @param done the probability that it is neither skipped nor gated
   * @param notSkipped the probability that it is not skipped
   * @param bits of metadata of each
   * @param bitsDone the probability that metadata is done
   * @param bitsNotSkipped the probability that it is not skipped
   * @param decompress whether what is read is decompressed
   * @param bound whether the probabilities are only known to be at least so large, and the least
   *     cost is asked for
   */
  void charge(
      Bill bill,
      int node,
      int tensor,
      Flow flow,
      double words,
      double busiest,
      double complete,
      double completeBusiest,
      double stored,
      double done,
      double notSkipped,
      double bits,
      double bitsDone,
      double bitsNotSkipped,
      boolean decompress,
      boolean bound) {
    if (words <= 0) {
      return;
    }
    Price p = prices.get(node).getOrDefault(flow, FREE);
    if (!p.declared) {
      bill.impossible = true;
      return;
    }
    double actions = actions(p, tensor, flow, words, complete);
    double busiestActions = actions(p, tensor, flow, busiest, completeBusiest);
    double not = Math.max(done, notSkipped);
    double metaDone = bits * bitsDone;
    double metaTime = bits * Math.max(bitsDone, bitsNotSkipped);
    if (p.port != NONE) {
      double energy =
          !bound || p.ordered()
              ? p.energyPj * done + p.gatedPj * (not - done) + p.skippedPj * (1 - not)
              : Math.min(p.energyPj, Math.min(p.gatedPj, p.skippedPj));
      bill.energyPj += actions * stored * energy;
      double time = busiestActions * stored * not;
      if (!p.memory) {
        TensorAccess t = problem.tensors.get(tensor);
        double width = p.widthBits > 0 ? (double) p.widthBits : widthOf(t);
        bill.energyPj += words * metaDone / width * p.energyPj;
        time += busiest * metaTime / width;
      }
      bill.cycles[p.port] += time / p.perCycle;
    }
    if (p.metadata.port != NONE) {
      bill.energyPj += words * metaDone / p.metadata.widthBits * p.metadata.energyPj;
      bill.cycles[p.metadata.port] +=
          busiest * metaTime / p.metadata.widthBits / p.metadata.perCycle;
    }
    if (decompress && p.decompress.port != NONE) {
      bill.energyPj += words * stored * done * p.decompress.energyPj;
      bill.cycles[p.decompress.port] += busiest * stored * done / p.decompress.perCycle;
    }
  }

  /** Whether what crosses a fanout or a toll takes time there. */
  boolean takesTime(int node) {
    return prices.get(node).values().stream()
        .anyMatch(p -> p.port != NONE && Double.isFinite(p.perCycle));
  }

  /** Whether what crosses a fanout or a toll costs as much as it has bits. */
  boolean tellsWidths(int node) {
    return prices.get(node).values().stream().anyMatch(p -> p.port != NONE && p.widthBits > 0);
  }

  private double widthOf(TensorAccess t) {
    return problem.architecture.widths().of(t);
  }

  private double actions(Price p, int tensor, Flow flow, double words, double complete) {
    if (p.widthBits == 0) {
      return words;
    }
    TensorAccess t = problem.tensors.get(tensor);
    double width = widthOf(t);
    if (tensor != problem.result) {
      return words * width / (double) p.widthBits;
    }
    double whole = flow == Flow.UPDATES || flow == Flow.DRAINS ? Math.min(words, complete) : 0;
    double partial = problem.architecture.widths().partialOf(t);
    return (whole * width + (words - whole) * partial) / (double) p.widthBits;
  }

  /** Charges the points; {@code instances} computes are used. */
  void compute(Bill bill, double instances, double done, double notSkipped, boolean bound) {
    Compute c = problem.architecture.compute();
    SparseNode sparse = problem.nodes.getOrDefault(c.name(), SparseNode.FREE);
    double points = problem.points();
    double not = Math.max(done, notSkipped);
    double own = c.compute().energyPj().value();
    double gated = energy(sparse, "gated_compute");
    double skipped = energy(sparse, "skipped_compute");
    boolean ordered = skipped <= gated && gated <= own;
    bill.energyPj +=
        points
            * (!bound || ordered
                ? own * done + gated * (not - done) + skipped * (1 - not)
                : Math.min(own, Math.min(gated, skipped)));
    bill.cycles[computePort] += not * points / instances / c.compute().perCycle();
  }

  /** Energy with what leaks meanwhile. */
  double energyPj(Bill bill) {
    return bill.energyPj + bill.slowest() * leakPerCycle;
  }

  double value(Bill bill) {
    return value(energyPj(bill), bill.slowest());
  }

  /** The objective of so much energy, with what leaks, and so many cycles. */
  double value(double energyPj, double cycles) {
    return problem.objective.value(energyPj, cycles / problem.architecture.clockHz());
  }
}
