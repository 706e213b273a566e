package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.Tiling;
import org.einloom.testing.RandomCases;
import org.einloom.workload.Widths;

/** Random problems of every kind, and walks through them that end somewhere at random. */
final class RandomWalks {
  private RandomWalks() {}

  static Problem problem(SplittableRandom r) {
    Tiling tiling =
        switch (r.nextInt(3)) {
          case 0 -> Tiling.PERFECT;
          case 1 -> Tiling.IMPERFECT;
          default -> new Tiling(true, Map.of("k", false, "p", false));
        };
    return new Problem(
        RandomCases.draw(r.nextLong()).einsum(),
        architecture(r),
        Objective.EDP,
        new MapperOptions(Policy.DEFAULT, 1).withTiling(tiling));
  }

  /** The moves of some mapping of the problem; empty when the walk came to a dead end. */
  static Optional<Walk> walk(Problem problem, Tiles tiles, SplittableRandom r) {
    List<Placement> placements = Placement.all(problem);
    Walk walk = new Walk(problem, placements.get(r.nextInt(placements.size())), tiles);
    for (int i = 0; i < 40; i++) {
      List<Walk.Move> moves = walk.allMoves();
      if (moves.isEmpty()) {
        boolean done = true;
        for (int t = 0; t < walk.placed.length; t++) {
          done &= walk.placed[t] == walk.chain[t].length;
        }
        return done ? Optional.of(walk) : Optional.empty();
      }
      // as many spatial loops and storage nodes as temporal loops
      int kind = r.nextInt(3);
      List<Walk.Move> some =
          moves.stream()
              .filter(
                  m ->
                      switch (m) {
                        case Walk.Keep k -> kind == 0;
                        case Walk.For l -> kind == 1;
                        case Walk.Par s -> kind == 2;
                      })
              .toList();
      List<Walk.Move> from = some.isEmpty() ? moves : some;
      walk.go(from.get(r.nextInt(from.size())));
    }
    return Optional.empty();
  }

  /** The placement of a walk. */
  static Placement placement(Walk walk) {
    int[][] chains = new int[walk.chain.length][];
    for (int t = 0; t < chains.length; t++) {
      int n = walk.chain[t].length - 1;
      chains[t] = new int[n];
      for (int i = 0; i < n; i++) {
        chains[t][i] = walk.chain[t][n - i];
      }
    }
    return new Placement(chains);
  }

  private static Architecture architecture(SplittableRandom r) {
    List<Node> nodes = new ArrayList<>();
    int memories = 1 + r.nextInt(4);
    for (int m = 0; m < memories; m++) {
      nodes.add(memory(r, m));
      if (r.nextInt(3) == 0) {
        nodes.add(toll(r, "T" + m));
      }
      for (int f = r.nextInt(3); f > 0; f--) {
        nodes.add(fanout(r, "F" + m + f));
      }
    }
    var compute = new Action("compute", Figure.of(1, "test"), 0, 1);
    nodes.add(new Compute("X", compute, Figure.NONE, Figure.NONE));
    int partial = r.nextBoolean() ? 16 : 4;
    return new Architecture("random", 1e9, "", new Widths(8, 8, 8, partial), nodes);
  }

  private static Memory memory(SplittableRandom r, int m) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("read", "write", "update")) {
      if (!name.equals("update") || r.nextInt(3) == 0) {
        double perCycle = r.nextBoolean() ? 0.5 * (1 + r.nextInt(4)) : Double.POSITIVE_INFINITY;
        Figure energy = Figure.of(r.nextInt(10), "test");
        actions.put(name, new Action(name, energy, r.nextBoolean() ? 0 : 16, perCycle));
      }
    }
    OptionalLong size =
        m == 0 || r.nextInt(3) > 0 ? OptionalLong.empty() : OptionalLong.of(100 + r.nextInt(3000));
    Figure leak = Figure.of(r.nextInt(3), "test");
    Keep keep = m == 0 ? Keep.MUST_ALL : Keep.MAY_ALL;
    return new Memory("M" + m, size, keep, actions, r.nextBoolean(), Figure.NONE, leak);
  }

  private static Toll toll(SplittableRandom r, String name) {
    var actions = new LinkedHashMap<String, Action>();
    for (String way : r.nextInt(3) == 0 ? List.of(Toll.UP) : Toll.ACTIONS) {
      double perCycle = r.nextBoolean() ? 0.25 * (1 + r.nextInt(4)) : Double.POSITIVE_INFINITY;
      Figure energy = Figure.of(r.nextInt(10), "test");
      actions.put(way, new Action(way, energy, r.nextBoolean() ? 0 : 16, perCycle));
    }
    Set<String> tensors = r.nextInt(3) == 0 ? Set.of("output") : Set.of(Keep.ALL);
    return new Toll(name, tensors, actions, r.nextBoolean(), Figure.NONE, Figure.NONE);
  }

  private static Fanout fanout(SplittableRandom r, String name) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    for (int d = r.nextInt(2); d >= 0; d--) {
      Set<String> fixed = r.nextInt(5) == 0 ? Set.of("output") : Set.of();
      dimensions.add(new Fanout.Dimension("d" + d, 2 + r.nextInt(4), fixed));
    }
    double perCycle = r.nextBoolean() ? 1 : Double.POSITIVE_INFINITY;
    Optional<Action> transfer =
        r.nextBoolean()
            ? Optional.of(new Action("transfer", Figure.of(r.nextInt(4), "test"), 0, perCycle))
            : Optional.empty();
    var multicast =
        List.of(Fanout.Multicast.WORDS, Fanout.Multicast.TILES, Fanout.Multicast.NONE)
            .get(r.nextInt(3));
    return new Fanout(
        name, dimensions, multicast, r.nextBoolean(), transfer, Figure.NONE, Figure.NONE);
  }
}
