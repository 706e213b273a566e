package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.MapperOptions;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * An Einsum on an architecture with variables, tensors and nodes numbered. Tensors are in the order
 * of {@link Einsum#tensors()}, the result last; nodes in the order of the architecture, so that the
 * compute has the largest index.
 */
final class Problem {
  final Einsum einsum;
  final Architecture architecture;
  final Objective objective;
  final MapperOptions options;
  final List<TensorAccess> tensors;
  final List<Node> nodes;
  final int variables;
  final int result;
  final long[] extent;

  /** {@code [tensor][variable]}: whether the coordinates of the tensor depend on the variable. */
  final boolean[][] relevant;

  /** {@code [tensor]}: whether tiles at different places have no word in common. */
  final boolean[] regular;

  /** pJ of leakage in a cycle, everything. */
  final double leakPjPerCycle;

  final int[] memories;
  final int[] fanouts;
  final int[] tolls;

  /** By the first open node. */
  private final @Nullable Ports[] ports;

  /** {@code [node][action]}: actions of memories by their number in {@link Ports#ACTIONS}. */
  private final @Nullable Action[][] actions;

  /** The same nodes. They are asked for again and again. */
  private final Node[] nodeOf;

  /** By fanout, its children; 0 if that was not asked yet. */
  private final double[] children;

  private final Map<Integer, RankOverlap> overlaps = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  private boolean @Nullable [] separate;

  /** What constraints ask of temporal loops; null if nothing. */
  final @Nullable LoopRules rules;

  Problem(Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.objective = objective;
    this.options = options;
    tensors = einsum.tensors();
    nodes = architecture.nodes();
    variables = einsum.variables().size();
    result = tensors.size() - 1;
    extent = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    for (int v = 0; v < variables; v++) {
      numbers.put(variable(v), v);
    }
    relevant = new boolean[tensors.size()][variables];
    regular = new boolean[tensors.size()];
    for (int t = 0; t < tensors.size(); t++) {
      for (int v = 0; v < variables; v++) {
        relevant[t][v] = extent[v] > 1 && tensors.get(t).indexedBy(variable(v));
      }
      regular[t] = isRegular(t);
    }
    leakPjPerCycle = architecture.leakageUw() * 1e6 / architecture.clockHz();
    nodeOf = nodes.toArray(new Node[0]);
    ports = new @Nullable Ports[nodeOf.length + 1];
    actions = new @Nullable Action[nodeOf.length][Ports.ACTIONS.size()];
    List<Integer> m = new ArrayList<>();
    List<Integer> f = new ArrayList<>();
    List<Integer> paid = new ArrayList<>();
    for (int n = 0; n < nodes.size(); n++) {
      switch (nodes.get(n)) {
        case Memory memory -> {
          m.add(n);
          for (int i = 0; i < actions[n].length; i++) {
            actions[n][i] = memory.actions().get(Ports.ACTIONS.get(i));
          }
        }
        case Toll toll -> paid.add(n);
        case Fanout fanout -> f.add(n);
        case Compute compute -> {}
      }
    }
    memories = m.stream().mapToInt(Integer::intValue).toArray();
    fanouts = f.stream().mapToInt(Integer::intValue).toArray();
    children = new double[fanouts.length];
    tolls = paid.stream().mapToInt(Integer::intValue).toArray();
    rules = LoopRules.of(this);
  }

  String variable(int v) {
    return einsum.variables().get(v).name();
  }

  int number(String variable) {
    return numbers.getOrDefault(variable, -1);
  }

  Memory memory(int node) {
    return (Memory) nodeOf[node];
  }

  Fanout fanout(int node) {
    return (Fanout) nodeOf[node];
  }

  /** Children of each instance of a fanout, which is told by its number among fanouts. */
  double children(int f) {
    if (children[f] == 0) {
      children[f] = (double) fanout(fanouts[f]).children();
    }
    return children[f];
  }

  /** An action of a memory; null if there is none such. */
  @Nullable Action action(int node, int action) {
    return actions[node][action];
  }

  /** What a toll charges for words of a tensor on one of the two ways, if anything. */
  Optional<Action> toll(int node, int tensor, String way) {
    Toll toll = (Toll) nodes.get(node);
    return toll.charges(tensors.get(tensor)) ? toll.action(way) : Optional.empty();
  }

  /**
   * Whether the fast search covers the Einsum: every tensor is {@link #regular}, but for one
   * operand at most, whose overlaps can be counted.
   */
  boolean covered() {
    int overlapping = 0;
    for (int t = 0; t < regular.length; t++) {
      if (!regular[t]) {
        overlapping++;
        if (t == result || !RankOverlap.covers(this, tensors.get(t)) || handedOn(t)) {
          return false;
        }
      }
    }
    if (tensors.size() > 5 || memories.length > 7 || fanouts.length > 15) {
      return false; // more than a label has bits for
    }
    boolean counted = true;
    for (int f : fanouts) {
      // which sets are equal is more than their sizes tell
      counted &= fanout(f).multicast() != Fanout.Multicast.TILES;
    }
    boolean interleaved = false;
    for (int f : fanouts) {
      interleaved |= fanout(f).dimensions().size() > 1;
    }
    counted &= !interleaved || Split.of(this).isPresent();
    // a node is taken to need less room when all its words are complete
    var widths = architecture.widths();
    TensorAccess output = tensors.get(result);
    return widths.partialOf(output) >= widths.of(output)
        && (overlapping == 0 || (overlapping == 1 && counted));
  }

  /**
   * Whether neighbours hand on words of an operand. Of a regular one with perfect tiles they never
   * do: instances that differ in a variable of its own never hold a word in common, others always
   * hold the same.
   */
  private boolean handedOn(int t) {
    boolean some = false;
    for (int f : fanouts) {
      some |= fanout(f).passes(tensors.get(t));
    }
    return some;
  }

  /** Whether neighbours on any fanout hand on anything. */
  boolean linked() {
    boolean some = false;
    for (int f : fanouts) {
      some |= fanout(f).links().isPresent();
    }
    return some;
  }

  /**
   * Variables by what is relevant to whom: two of the same class are relevant to the same tensors.
   * Variables that are never iterated belong to class 0 of their own.
   */
  int[] classes() {
    int[] classes = new int[variables];
    Map<List<Boolean>, Integer> numbers = new HashMap<>();
    for (int v = 0; v < variables; v++) {
      List<Boolean> pattern = new ArrayList<>();
      for (boolean[] r : relevant) {
        pattern.add(r[v]);
      }
      pattern.add(extent[v] > 1);
      for (int u = 0; u < variables && rules != null && rules.names(v); u++) {
        pattern.add(u == v);
      }
      classes[v] = numbers.computeIfAbsent(pattern, x -> numbers.size());
    }
    return classes;
  }

  /**
   * Which variables trade places when two ranks of the operand that overlaps do: the identity
   * unless the Einsum stays what it is, as that of a convolution with square images and filters
   * does. A mapping with the variables renamed so then has the same tiles but for the order of two
   * ranks, and costs the same: of two ways to spread that are each other's mirror image one is
   * enough.
   */
  int[] mirror() {
    int[] mirror = new int[variables];
    for (int v = 0; v < variables; v++) {
      mirror[v] = v;
    }
    for (int t = 0; t < regular.length; t++) {
      if (!regular[t] && t != result) {
        List<RankOverlap.Rank> ranks = overlap(t).ranks.stream().filter(r -> !r.apart()).toList();
        if (ranks.size() == 2 && alike(ranks.get(0), ranks.get(1))) {
          for (int i = 0; i < ranks.get(0).variables().length; i++) {
            mirror[ranks.get(0).variables()[i]] = ranks.get(1).variables()[i];
            mirror[ranks.get(1).variables()[i]] = ranks.get(0).variables()[i];
          }
        }
      }
    }
    return mirror;
  }

  private boolean alike(RankOverlap.Rank a, RankOverlap.Rank b) {
    int[] classes = classes();
    boolean alike =
        a.variables().length == b.variables().length
            && Arrays.equals(a.coefficients(), b.coefficients())
            && a.offset() == b.offset()
            && a.size() == b.size();
    for (int i = 0; alike && i < a.variables().length; i++) {
      int u = a.variables()[i];
      int v = b.variables()[i];
      alike = extent[u] == extent[v] && classes[u] == classes[v];
    }
    return alike;
  }

  /**
   * The variables that every tensor depends on, one value of which has no word in common with
   * another, such as the groups of a depthwise convolution or the heads of an attention: what is
   * done for each of their values is a problem of its own. With all of their temporal loops
   * outermost every tile is as small as it can be, and nothing is moved more often. Empty where
   * constraints say something of loops.
   */
  boolean[] separate() {
    if (separate == null) {
      separate = findSeparate();
    }
    return separate;
  }

  private boolean[] findSeparate() {
    boolean[] separate = new boolean[variables];
    for (int v = 0; v < variables && rules == null; v++) {
      separate[v] = extent[v] > 1;
      for (int t = 0; t < relevant.length; t++) {
        separate[v] &= relevant[t][v];
        if (!regular[t]) {
          for (RankOverlap.Rank r : overlap(t).ranks) {
            separate[v] &= r.apart() || Arrays.stream(r.variables()).noneMatch(isIt(v));
          }
        }
      }
    }
    return separate;
  }

  private static IntPredicate isIt(int v) {
    return u -> u == v;
  }

  /** Whether some constraint tells one variable from another. */
  boolean namesVariables() {
    return options.constraints().all().stream()
        .anyMatch(
            c ->
                c instanceof Constraint.SpatialFactor
                    || c instanceof Constraint.SpatialVariables
                    || c instanceof Constraint.TemporalFactor
                    || c instanceof Constraint.LoopOrder);
  }

  /** The dimensions of cost of structures in which nodes from some fanout on are open. */
  Ports ports(int openFrom) {
    Ports found = ports[openFrom];
    if (found == null) {
      found = Ports.upTo(this, openFrom);
      ports[openFrom] = found;
    }
    return found;
  }

  /** What tiles of an operand share. */
  RankOverlap overlap(int tensor) {
    return overlaps.computeIfAbsent(tensor, t -> new RankOverlap(this, tensors.get(t)));
  }

  /** The words of a tensor that any point touches; of a regular tensor. */
  double words(int tensor) {
    double words = 1;
    for (int v = 0; v < variables; v++) {
      if (relevant[tensor][v]) {
        words *= (double) extent[v];
      }
    }
    return words;
  }

  /**
   * A tensor is regular when different values of its variables are different words, none of them
   * padding: each variable can be read off a rank whose coefficients grow faster than what the
   * smaller ones reach.
   */
  private boolean isRegular(int t) {
    boolean[] decoded = new boolean[variables];
    for (TensorAccess.Rank rank : tensors.get(t).ranks()) {
      long low = rank.expression().offset();
      long high = low;
      List<Affine.Term> terms = new ArrayList<>();
      for (Affine.Term term : rank.expression().terms()) {
        long e = extent[number(term.variable())];
        if (term.coefficient() > 0) {
          high += term.coefficient() * (e - 1);
        } else {
          low += term.coefficient() * (e - 1);
        }
        if (e > 1) {
          terms.add(term);
        }
      }
      if (low < 0 || high >= rank.size()) {
        return false;
      }
      terms.sort((a, b) -> Long.compare(Math.abs(a.coefficient()), Math.abs(b.coefficient())));
      long reach = 0;
      boolean grows = true;
      for (Affine.Term term : terms) {
        grows &= Math.abs(term.coefficient()) > reach;
        reach += Math.abs(term.coefficient()) * (extent[number(term.variable())] - 1);
      }
      if (grows) {
        terms.forEach(term -> decoded[number(term.variable())] = true);
      }
    }
    for (int v = 0; v < variables; v++) {
      if (relevant[t][v] && !decoded[v]) {
        return false;
      }
    }
    return true;
  }
}
