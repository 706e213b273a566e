package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.sparsity.Sparsity;
import org.jspecify.annotations.Nullable;

/** Writes down every structure of a problem. */
final class Structures {
  private final Problem problem;
  private final Consumer<Structure> visitor;

  private Structures(Problem problem, Consumer<Structure> visitor) {
    this.problem = problem;
    this.visitor = visitor;
  }

  static void visit(Problem problem, Consumer<Structure> visitor) {
    new Structures(problem, visitor).all();
  }

  private void all() {
    var chains = new ArrayList<List<Integer>>();
    for (int t = 0; t < problem.tensors.size(); t++) {
      if (!problem.demands.allows(t, 0)) {
        return; // the outermost memory keeps everything
      }
    }
    problem.tensors.forEach(_ -> chains.add(new ArrayList<>(List.of(0))));
    var spread = new @Nullable Spread[problem.architecture.nodes().size()];
    for (Sparsity variant : problem.choices.variants()) {
      keep(variant, chains, 1, 0, spread);
    }
  }

  private void keep(
      Sparsity variant, List<List<Integer>> chains, int node, int t, @Nullable Spread[] spread) {
    if (node == spread.length) {
      int[][] chain = new int[chains.size()][];
      for (int i = 0; i < chain.length; i++) {
        chain[i] = chains.get(i).stream().mapToInt(Integer::intValue).toArray();
      }
      spread(variant, chain, 0, problem.extent.clone(), spread);
    } else if (t == chains.size() || !(problem.node(node) instanceof Memory m)) {
      keep(variant, chains, node + 1, 0, spread);
    } else {
      if (!m.keep().requires(problem.tensors.get(t)) && !problem.demands.requires(t, node)) {
        keep(variant, chains, node, t + 1, spread);
      }
      if (m.keep().allows(problem.tensors.get(t)) && problem.demands.allows(t, node)) {
        chains.get(t).add(node);
        keep(variant, chains, node, t + 1, spread);
        chains.get(t).removeLast();
      }
    }
  }

  private void spread(
      Sparsity variant, int[][] chain, int node, long[] left, @Nullable Spread[] spread) {
    if (node == spread.length) {
      var structure = new Structure(problem, variant, chain, spread.clone());
      if (structure.counted()) {
        visitor.accept(structure);
      }
    } else if (!(problem.node(node) instanceof Fanout f)) {
      spread(variant, chain, node + 1, left, spread);
    } else {
      for (Spread s : Spread.all(problem, f, left)) {
        long[] rest = left.clone();
        for (int v = 0; v < rest.length; v++) {
          rest[v] /= s.count()[v];
        }
        spread[node] = s;
        spread(variant, chain, node + 1, rest, spread);
      }
      spread[node] = null;
    }
  }
}
