package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.InvalidSpecException;

/**
 * Every mapping of a small problem, written down one by one and costed by the model, sorted by what
 * the search calls its structure. Takes nothing from the search but that name.
 */
final class EveryStructure {
  /**
   * What a structure is told by.
   *
   * @param chains by tensor, the memories that keep it, innermost first, without the outermost
   * @param factors by fanout and variable
   */
  record Key(List<List<Integer>> chains, List<List<Long>> factors) {}

  /** A mapping and, once it is asked for, its cost. */
  static final class Costed {
    private final Problem problem;
    private final LoopTree mapping;
    private Optional<Evaluation> cost = Optional.empty();
    private boolean costed;

    Costed(Problem problem, LoopTree mapping) {
      this.problem = problem;
      this.mapping = mapping;
    }

    LoopTree mapping() {
      return mapping;
    }

    /** Empty if the mapping is none after all: it does not fit, or an action is missing. */
    Optional<Evaluation> cost() {
      if (!costed) {
        costed = true;
        try {
          cost = Optional.of(Searches.evaluate(problem, mapping));
        } catch (InvalidSpecException e) {
          // none
        }
      }
      return cost;
    }
  }

  private final Problem problem;
  private final List<List<Spread>> spreads = new ArrayList<>();

  /** All mappings, in the order in which they were met. */
  final Map<Key, List<Costed>> mappings = new LinkedHashMap<>();

  EveryStructure(Problem problem) {
    this(problem, new SplittableRandom(0), Integer.MAX_VALUE);
  }

  /**
   * Some of the mappings.
   *
   * @param some how many, more or less
   */
  EveryStructure(Problem problem, SplittableRandom random, int some) {
    this.problem = problem;
    Predicate<LoopTree> wanted = m -> true;
    if (some < Integer.MAX_VALUE) {
      long all =
          EveryMapping.count(
              problem.einsum, problem.architecture, Tiling.PERFECT, Integer.MAX_VALUE);
      wanted = m -> random.nextLong(all) < some;
    }
    visit(wanted);
  }

  private void visit(Predicate<LoopTree> wanted) {
    for (int f : problem.fanouts) {
      spreads.add(Spread.all(problem, f));
    }
    EveryMapping.visit(
        problem.einsum,
        problem.architecture,
        Tiling.PERFECT,
        mapping -> {
          if (wanted.test(mapping)) {
            mappings
                .computeIfAbsent(key(problem, mapping), k -> new ArrayList<>())
                .add(new Costed(problem, mapping));
          }
          return true;
        });
  }

  static Key key(Problem p, LoopTree mapping) {
    List<List<Integer>> chains = new ArrayList<>();
    p.tensors.forEach(t -> chains.add(new ArrayList<>()));
    Long[][] factors = new Long[p.fanouts.length][p.variables];
    for (Long[] row : factors) {
      Arrays.fill(row, 1L);
    }
    long[] tile = p.extent.clone();
    for (MappingNode node : mapping.nodes()) {
      switch (node) {
        case Storage s -> {
          int memory = node(p, s.memory());
          if (memory != p.memories[0]) {
            for (int t = 0; t < p.tensors.size(); t++) {
              if (p.tensors.get(t).name().equals(s.tensor())) {
                chains.get(t).addFirst(memory);
              }
            }
          }
        }
        case MappingNode.Loop loop -> {
          int v = p.number(loop.variable());
          if (loop instanceof Spatial s) {
            int f = Arrays.binarySearch(p.fanouts, node(p, s.fanout()));
            factors[f][v] *= tile[v] / loop.tile();
          }
          tile[v] = loop.tile();
        }
      }
    }
    return new Key(chains, Arrays.stream(factors).map(Arrays::asList).toList());
  }

  static int node(Problem p, String name) {
    for (int n = 0; n < p.nodes.size(); n++) {
      if (p.nodes.get(n).name().equals(name)) {
        return n;
      }
    }
    throw new IllegalArgumentException(name);
  }

  static Placement placement(Key key) {
    int[][] chains = new int[key.chains.size()][];
    for (int t = 0; t < chains.length; t++) {
      chains[t] = key.chains.get(t).stream().mapToInt(Integer::intValue).toArray();
    }
    return new Placement(chains);
  }

  Spread[] spreads(Key key) {
    Spread[] found = new Spread[spreads.size()];
    for (int f = 0; f < found.length; f++) {
      long[] factor = key.factors.get(f).stream().mapToLong(Long::longValue).toArray();
      found[f] =
          spreads.get(f).stream()
              .filter(s -> Arrays.equals(s.factor(), factor))
              .findFirst()
              .orElse(null);
      assertThat(found[f]).as("a way to spread %s", key).isNotNull();
    }
    return found;
  }

  Structure structure(Key key) {
    return new Structure(problem, placement(key), spreads(key));
  }
}
