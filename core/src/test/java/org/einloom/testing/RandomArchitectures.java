package org.einloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * One to five memories, with none to two fanouts of one to three dimensions below each, and none to
 * three tolls anywhere; no costs.
 */
final class RandomArchitectures {
  private static final int MAX_INSTANCES = 24;

  private RandomArchitectures() {}

  static Architecture draw(SplittableRandom random, Einsum einsum) {
    var nodes = new ArrayList<Node>();
    int memories = List.of(1, 2, 2, 2, 3, 3, 3, 4, 4, 5).get(random.nextInt(10));
    int fanouts = 0;
    long instances = 1;
    for (int m = 0; m < memories; m++) {
      nodes.add(memory("M" + m, m == 0 && random.nextInt(10) > 0 ? Keep.MUST_ALL : Keep.MAY_ALL));
      int here = List.of(0, 0, 0, 1, 1, 1, 1, 2).get(random.nextInt(8));
      for (int f = 0; f < here; f++) {
        Fanout fanout = fanout(random, einsum, "F" + fanouts++, MAX_INSTANCES / instances);
        instances *= fanout.children();
        nodes.add(fanout);
      }
    }
    int tolls = List.of(0, 0, 0, 1, 1, 2, 3).get(random.nextInt(7));
    for (int t = 0; t < tolls; t++) {
      nodes.add(1 + random.nextInt(nodes.size()), toll("T" + t, charged(random, einsum)));
    }
    nodes.add(new Compute("X", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE));
    return new Architecture("random", 1e9, "", new Widths(8, 8, 8, 16), nodes);
  }

  static Memory memory(String name, Keep keep) {
    return new Memory(
        name, OptionalLong.empty(), keep, new TreeMap<>(), true, Figure.NONE, Figure.NONE);
  }

  /** A toll that charges nothing for both ways. */
  static Toll toll(String name, Set<String> tensors) {
    var actions = new TreeMap<String, Action>();
    for (String way : Toll.ACTIONS) {
      actions.put(way, new Action(way, Figure.NONE, 0, 1));
    }
    return new Toll(name, tensors, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Set<String> charged(SplittableRandom random, Einsum einsum) {
    TensorAccess tensor = einsum.tensors().get(random.nextInt(einsum.tensors().size()));
    return switch (random.nextInt(4)) {
      case 0 -> Set.of(tensor.name());
      case 1 -> Set.of(tensor.role().label());
      default -> Set.of(Keep.ALL);
    };
  }

  private static Fanout fanout(SplittableRandom random, Einsum einsum, String name, long room) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    long left = room;
    int count = List.of(1, 1, 1, 2, 2, 3).get(random.nextInt(6));
    for (int d = 0; d < count; d++) {
      long size = 1 + random.nextLong(Math.min(left, random.nextInt(3) == 0 ? 12 : 4));
      left /= size;
      List<TensorAccess> tensors = einsum.tensors();
      Set<String> mustNot =
          random.nextInt(25) == 0
              ? Set.of(tensors.get(random.nextInt(tensors.size())).name())
              : Set.of();
      dimensions.add(new Fanout.Dimension(List.of("x", "y", "z").get(d), size, mustNot));
    }
    Fanout.Multicast multicast = List.of(Fanout.Multicast.values()).get(random.nextInt(3));
    return fanout(name, dimensions, multicast, random.nextBoolean());
  }

  static Fanout fanout(
      String name, List<Fanout.Dimension> dimensions, Fanout.Multicast multicast, boolean reduce) {
    return new Fanout(
        name, dimensions, multicast, reduce, Optional.empty(), Figure.NONE, Figure.NONE);
  }
}
