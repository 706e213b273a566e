package org.einloom.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Looks for a better mapping than one that is said to be the best, by small changes: nodes moved,
 * storage added or dropped, loops cut in two, dropped, or made spatial. Knows nothing but what is
 * legal.
 */
final class Challenger {
  private final Problem problem;
  private final SplittableRandom random;

  Challenger(Problem problem, long seed) {
    this.problem = problem;
    random = new SplittableRandom(seed);
  }

  /** The least value that so many random changes of the mapping lead to. */
  double challenge(LoopTree start, int changes) {
    LoopTree at = start;
    double value = value(start).orElse(Double.POSITIVE_INFINITY);
    double best = value;
    for (int i = 0; i < changes; i++) {
      LoopTree next = changed(at);
      for (int more = random.nextInt(3); more > 0; more--) {
        next = changed(next);
      }
      double found = value(next).orElse(Double.POSITIVE_INFINITY);
      best = Math.min(best, found);
      // now and then on from a slightly worse one, out of dead ends
      if (found <= value * (random.nextInt(4) == 0 ? 1.2 : 1)) {
        at = next;
        value = found;
      }
    }
    return best;
  }

  private Optional<Double> value(LoopTree mapping) {
    return BruteForce.evaluate(problem.einsum(), problem.architecture(), mapping)
        .map((Evaluation e) -> problem.objective().value(e));
  }

  /**
   * A mapping of the mapspace that differs a little; the same if the change that was drawn is none.
   */
  private LoopTree changed(LoopTree from) {
    List<MappingNode> nodes = new ArrayList<>(from.nodes());
    int fixed = problem.einsum().tensors().size();
    int at = fixed + random.nextInt(nodes.size() - fixed + 1);
    switch (random.nextInt(5)) {
      case 0 -> {
        if (at < nodes.size()) {
          MappingNode moved = nodes.remove(at);
          nodes.add(fixed + random.nextInt(nodes.size() - fixed + 1), moved);
        }
      }
      case 1 -> {
        if (at < nodes.size() && !(nodes.get(at) instanceof Loop l && l.tile() == 1)) {
          nodes.remove(at);
        }
      }
      case 2 -> nodes.add(at, storage());
      default -> nodes.add(at, loop());
    }
    List<MappingNode> repaired = repaired(nodes);
    return isMapping(repaired) ? new LoopTree(repaired) : from;
  }

  private Storage storage() {
    List<Memory> memories = problem.architecture().memories();
    List<TensorAccess> tensors = problem.einsum().tensors();
    return new Storage(
        memories.get(random.nextInt(memories.size())).name(),
        tensors.get(random.nextInt(tensors.size())).name());
  }

  private Loop loop() {
    List<RankVariable> variables = problem.einsum().variables();
    RankVariable v = variables.get(random.nextInt(variables.size()));
    long tile = 1 + random.nextLong(v.extent());
    List<Fanout> fanouts = problem.architecture().fanouts();
    if (fanouts.isEmpty() || random.nextBoolean()) {
      return new Temporal(v.name(), tile);
    }
    Fanout f = fanouts.get(random.nextInt(fanouts.size()));
    Fanout.Dimension d = f.dimensions().get(random.nextInt(f.dimensions().size()));
    return new Spatial(f.name(), d.name(), v.name(), tile);
  }

  /** Tiles sorted so that each loop cuts the one before; loops that cut nothing are left out. */
  private List<MappingNode> repaired(List<MappingNode> nodes) {
    Map<String, Long> size = new HashMap<>();
    problem.einsum().variables().forEach(v -> size.put(v.name(), v.extent()));
    List<MappingNode> repaired = new ArrayList<>();
    for (MappingNode node : nodes) {
      if (node instanceof Loop loop) {
        if (loop.tile() >= size.get(loop.variable())) {
          continue;
        }
        size.put(loop.variable(), loop.tile());
        if (node instanceof Temporal inner
            && repaired.getLast() instanceof Temporal outer
            && inner.variable().equals(outer.variable())) {
          repaired.removeLast();
        }
      }
      repaired.add(node);
    }
    size.forEach(
        (v, left) -> {
          if (left > 1) {
            repaired.add(new Temporal(v, 1));
          }
        });
    return repaired;
  }

  private boolean isMapping(List<MappingNode> nodes) {
    Map<String, Long> size = new HashMap<>();
    problem.einsum().variables().forEach(v -> size.put(v.name(), v.extent()));
    List<String> spread = new ArrayList<>();
    for (MappingNode node : nodes) {
      if (node instanceof Loop loop
          && size.put(loop.variable(), loop.tile()) % loop.tile() != 0
          && !problem.tiling().imperfect(loop.variable())) {
        return false;
      }
      if (node instanceof Spatial s) {
        String place = s.fanout() + "." + s.dimension() + "/" + s.variable();
        if (spread.contains(place)) {
          return false;
        }
        spread.add(place);
      }
    }
    try {
      Legality.check(problem.einsum(), problem.architecture(), new LoopTree(nodes));
      return true;
    } catch (InvalidMappingException e) {
      return false;
    }
  }
}
