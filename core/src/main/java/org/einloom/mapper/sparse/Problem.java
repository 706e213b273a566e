package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.format.TensorFormat;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

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

  /** By tensor, the words of all of it. */
  final double[] words;

  /** By tensor and variable. */
  final boolean[][] relevant;

  /** By tensor and rank, the variable; -1 for a rank of one coordinate. */
  final int[][] rank;

  /** By tensor; of the result none is asked. */
  final Law[] law;

  /** By tensor and node of the architecture: what there is to choose from. */
  final TensorFormat[][][] formats;

  final Tariff tariff;

  Problem(
      Einsum einsum,
      Architecture architecture,
      SparsityChoices choices,
      Map<String, SparseNode> nodes,
      Objective objective) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.choices = choices;
    this.nodes = nodes;
    this.objective = objective;
    tensors = einsum.tensors();
    result = tensors.size() - 1;
    variables = einsum.variables().size();
    extent = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    var number = new HashMap<String, Integer>();
    for (int v = 0; v < variables; v++) {
      number.put(einsum.variables().get(v).name(), v);
    }
    relevant = new boolean[tensors.size()][variables];
    rank = new int[tensors.size()][];
    words = new double[tensors.size()];
    law = new Law[tensors.size()];
    formats = new TensorFormat[tensors.size()][architecture.nodes().size()][];
    for (int t = 0; t < tensors.size(); t++) {
      TensorAccess of = tensors.get(t);
      words[t] = (double) of.words();
      rank[t] = new int[of.ranks().size()];
      for (int r = 0; r < rank[t].length; r++) {
        var terms = of.ranks().get(r).expression().terms();
        rank[t][r] = terms.isEmpty() ? -1 : number.getOrDefault(terms.getFirst().variable(), -1);
        if (rank[t][r] >= 0) {
          relevant[t][rank[t][r]] = true;
        }
      }
      Density density = choices.densities().get(of.name());
      law[t] =
          new Law(
              density != null
                  ? density
                  : UniformDensity.dense(
                      of.ranks().stream().map(TensorAccess.Rank::size).toList()));
      for (int n = 0; n < formats[t].length; n++) {
        formats[t][n] =
            choices
                .formats(architecture.nodes().get(n).name(), of.name(), rank[t].length)
                .toArray(new TensorFormat[0]);
      }
    }
    tariff = new Tariff(this);
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

  String variable(int v) {
    return einsum.variables().get(v).name();
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

  /** Whether a law says the same of all tiles of a shape, for all shapes that tiles can have. */
  static boolean even(Density density) {
    return density instanceof UniformDensity
        || even(density, Box.whole(density.shape()).extents(), new ArrayList<>());
  }

  private static boolean even(Density density, List<Long> shape, List<Long> extents) {
    int r = extents.size();
    if (r == shape.size()) {
      return density.sameEverywhere(extents);
    }
    for (long e = 1; e <= shape.get(r); e++) {
      if (shape.get(r) % e == 0) {
        extents.add(e);
        boolean alike = even(density, shape, extents);
        extents.removeLast();
        if (!alike) {
          return false;
        }
      }
    }
    return true;
  }
}
