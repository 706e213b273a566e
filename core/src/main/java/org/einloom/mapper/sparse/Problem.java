package org.einloom.mapper.sparse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.constraint.Constraints;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.format.TensorFormat;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** An Einsum, an architecture and what is open about zeros, in numbers. The result comes last. */
final class Problem {
  final Einsum einsum;
  final Architecture architecture;
  final SparsityChoices choices;
  final Map<String, SparseNode> nodes;
  final Objective objective;
  final List<TensorAccess> tensors;
  final int variables;
  final int result;
  final long[] extent;

  /** By tensor, the words that are touched of all of it. */
  final double[] words;

  /** By tensor and variable. */
  final boolean[][] relevant;

  /** By tensor: how variables index it. */
  final Ranks[] ranks;

  /** By tensor; of the result how it is stored alone is asked. */
  final Law[] law;

  /**
   * By tensor and node of the architecture: what there is to choose from; nothing where a tensor
   * cannot be kept: a result that would be compressed before it is complete, say.
   */
  final TensorFormat[][][] formats;

  /** Whether tiles of any operand differ by their place. */
  final boolean someUneven;

  /** Whether the law of any operand is not uniform. */
  final boolean someShaped;

  /** Whether any operand is padded. */
  final boolean padded;

  /**
   * Whether the model has the last word on what a mapping costs, since there are no closed forms
   * for all that it counts: it looks at place by place where operands are padded, or where several
   * are more often zero at some places than at others.
   */
  final boolean byPlace;

  /** By tensor; where something is padded, of those whose tiles overlap. */
  private final @Nullable Places[] places;

  final Tariff tariff;
  final Demands demands;
  final LoopDemands loopDemands;

  Problem(
      Einsum einsum,
      Architecture architecture,
      SparsityChoices choices,
      Map<String, SparseNode> nodes,
      Objective objective,
      Constraints constraints) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.choices = choices;
    this.nodes = nodes;
    this.objective = objective;
    tensors = einsum.tensors();
    result = tensors.size() - 1;
    variables = einsum.variables().size();
    extent = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    List<String> names = einsum.variables().stream().map(RankVariable::name).toList();
    relevant = new boolean[tensors.size()][variables];
    ranks = new Ranks[tensors.size()];
    words = new double[tensors.size()];
    law = new Law[tensors.size()];
    places = new @Nullable Places[tensors.size()];
    boolean anyPadded = false;
    formats = new TensorFormat[tensors.size()][architecture.nodes().size()][];
    for (int t = 0; t < tensors.size(); t++) {
      TensorAccess of = tensors.get(t);
      ranks[t] = new Ranks(of, names, extent);
      anyPadded |= ranks[t].padded;
    }
    padded = anyPadded;
    for (int t = 0; t < tensors.size(); t++) {
      TensorAccess of = tensors.get(t);
      places[t] = padded && ranks[t].windows ? new Places(of, ranks[t], extent) : null;
      words[t] = tileWords(t, extent);
      for (int v = 0; v < variables; v++) {
        relevant[t][v] = ranks[t].indexedBy(v);
      }
      boolean compressed = false;
      for (int n = 0; n < formats[t].length; n++) {
        formats[t][n] = formats(t, n);
        compressed |= Arrays.stream(formats[t][n]).anyMatch(TensorFormat::compresses);
      }
      // of a result, it is that of what is stored compressed
      Density density = t < result || compressed ? choices.densities().get(of.name()) : null;
      law[t] =
          new Law(
              density != null
                  ? density
                  : UniformDensity.dense(of.ranks().stream().map(TensorAccess.Rank::size).toList()),
              ranks[t],
              extent,
              places[t]);
    }
    someShaped = !Arrays.stream(law).allMatch(Law::uniform);
    someUneven = Arrays.stream(law).anyMatch(l -> !l.isEven());
    byPlace = padded || Arrays.stream(law, 0, result).filter(Law::uneven).limit(2).count() > 1;
    tariff = new Tariff(this);
    demands = new Demands(this, constraints);
    loopDemands = new LoopDemands(this, constraints);
  }

  /**
   * Those of a result that compress it where it is not complete are none, as are those that
   * compress tiles that overlap, and take more or less by where they are.
   */
  private TensorFormat[] formats(int t, int node) {
    TensorAccess of = tensors.get(t);
    return choices
        .formats(architecture.nodes().get(node).name(), of.name(), of.ranks().size())
        .stream()
        .filter(f -> node == 0 || !f.compresses() || !(t == result || shifts(t)))
        .toArray(TensorFormat[]::new);
  }

  /** Whether tiles of an operand overlap, and differ by where they are. */
  private boolean shifts(int t) {
    Density density = choices.densities().get(tensors.get(t).name());
    return ranks[t].windows && density != null && !(density instanceof UniformDensity);
  }

  Node node(int n) {
    return architecture.nodes().get(n);
  }

  Memory memory(int n) {
    return (Memory) node(n);
  }

  Fanout fanout(int n) {
    return (Fanout) node(n);
  }

  /** The number of a variable; -1 if there is none of that name. */
  int number(String variable) {
    for (int v = 0; v < variables; v++) {
      if (variable(v).equals(variable)) {
        return v;
      }
    }
    return -1;
  }

  /** The number of a node, which there is. */
  int nodeNamed(String name) {
    return architecture.nodes().indexOf(architecture.node(name));
  }

  String variable(int v) {
    return einsum.variables().get(v).name();
  }

  /** Whether what tiles touch is counted place by place. */
  boolean placed(int t) {
    return places[t] != null;
  }

  /** Of such a tensor, where tiles stand. */
  Places places(int t) {
    return Objects.requireNonNull(places[t]);
  }

  /**
   * Words of a tile, of the largest where they differ; not a number if it has gaps, which is not
   * counted.
   */
  double tileWords(int t, long[] values) {
    Places of = places[t];
    return of == null ? ranks[t].words(values) : of.mostWords(values);
  }

  /** No more words than the largest tile has, gaps or not. */
  double leastWords(int t, long[] values) {
    Places of = places[t];
    return of == null ? ranks[t].leastWords(values) : of.mostWords(values);
  }

  /** Whether a variable indexes a rank that is padded. */
  boolean pads(int v) {
    for (Ranks r : ranks) {
      if (r.indexedBy(v) && r.pads[r.rankOf[v]]) {
        return true;
      }
    }
    return false;
  }

  /**
   * What counts a mapping where that takes its time; empty where {@link #count} does.
   *
   * @param stop whether to end now, with an exception that says so
   */
  Optional<SparseAnalysis> analysis(LoopTree mapping, Sparsity sparsity, BooleanSupplier stop) {
    return byPlace
        ? Optional.of(new SparseAnalysis(einsum, architecture, mapping, sparsity, stop))
        : Optional.empty();
  }

  /** The expected counts by closed forms. */
  SparseModel.Result count(LoopTree mapping, Sparsity sparsity) {
    return SparseModel.analyze(einsum, architecture, mapping, sparsity);
  }

  /** Whether tiles of any operand overlap. */
  boolean windows() {
    for (Ranks r : ranks) {
      if (r.windows) {
        return true;
      }
    }
    return false;
  }

  /** Whether a variable indexes a rank together with others. */
  boolean inWindow(int v) {
    for (Ranks r : ranks) {
      if (r.indexedBy(v) && r.window(r.rankOf[v])) {
        return true;
      }
    }
    return false;
  }

  /** The variables that index a tensor, as bits. */
  long bits(int tensor) {
    long bits = 0;
    for (int v = 0; v < variables; v++) {
      bits |= relevant[tensor][v] ? 1L << v : 0;
    }
    return bits;
  }

  double points() {
    double points = 1;
    for (long e : extent) {
      points *= (double) e;
    }
    return points;
  }

  int tensor(String name) {
    for (int t = 0; t < tensors.size(); t++) {
      if (tensors.get(t).name().equals(name)) {
        return t;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
