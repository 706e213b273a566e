package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.arch.Node;
import org.einloom.workload.TensorAccess;

/**
 * The problems of {@link RandomProblems} that have a fanout, most of them with an operand whose
 * tiles overlap, with links between its children.
 */
final class LinkedProblems {
  private LinkedProblems() {}

  /** The problem that belongs to this seed, always the same. */
  static Problem draw(long seed) {
    for (long i = 0; ; i++) {
      Problem p = RandomProblems.draw(1000 * seed + i);
      boolean fanout = !p.architecture().fanouts().isEmpty();
      if (fanout && (seed % 4 == 0 || overlaps(p))) {
        return linked(p, new SplittableRandom(seed));
      }
    }
  }

  private static boolean overlaps(Problem p) {
    return p.einsum().operands().stream()
        .flatMap(t -> t.ranks().stream())
        .anyMatch(r -> r.expression().terms().size() > 1);
  }

  private static Problem linked(Problem p, SplittableRandom random) {
    List<Node> nodes = new ArrayList<>();
    for (Node n : p.architecture().nodes()) {
      nodes.add(n instanceof Fanout f ? linked(f, p, random) : n);
    }
    return new Problem(
        p.name() + " with links, LinkedProblems",
        p.einsum(),
        p.architecture().withNodes(nodes),
        p.objective(),
        p.tiling(),
        p.constraints(),
        p.front());
  }

  private static Fanout linked(Fanout f, Problem p, SplittableRandom random) {
    List<TensorAccess> tensors = p.einsum().tensors();
    Set<String> which =
        random.nextInt(5) == 0
            ? Set.of(tensors.get(random.nextInt(tensors.size())).name())
            : Set.of(Keep.ALL);
    double perCycle = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1 + random.nextInt(3);
    Action action = new Action("link", Figure.of(random.nextInt(4), "test"), 0, perCycle);
    Optional<Action> cost = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(action);
    return new Fanout(
        f.name(),
        f.dimensions(),
        f.multicast(),
        f.reduce(),
        f.transfer(),
        Optional.of(new Links(which, cost)),
        f.areaUm2(),
        f.leakageUw());
  }
}
