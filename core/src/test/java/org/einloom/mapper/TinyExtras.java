package org.einloom.mapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Idle;
import org.einloom.arch.Keep;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * One to three tolls anywhere in an architecture, dear, cheap, slow or fast, for some or all; and
 * now and then another branch that is idle.
 */
public final class TinyExtras {
  private TinyExtras() {}

  /**
   * The architecture with more, for every other seed. Mappings mention nothing of it, so the
   * mapspace stays as it is.
   */
  public static Architecture add(long seed, Einsum einsum, Architecture a) {
    if (seed % 2 != 0) {
      return a;
    }
    var random = new SplittableRandom(~seed);
    var nodes = new ArrayList<Node>(a.nodes());
    int tolls = 1 + random.nextInt(3);
    for (int t = 0; t < tolls; t++) {
      nodes.add(1 + random.nextInt(nodes.size() - 1), toll("T" + t, random, einsum));
    }
    return new Architecture(a.name(), a.clockHz(), a.technology(), a.widths(), nodes, idle(random));
  }

  private static List<Idle> idle(SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    var compute = new Action("compute", Figure.of(1, "test"), 0, 1);
    Figure area = Figure.of(random.nextInt(50), "test");
    Figure leakage = Figure.of(200 * random.nextInt(8), "test");
    return List.of(new Idle(new Compute("Y", compute, area, leakage), 1 + random.nextInt(3)));
  }

  private static Toll toll(String name, SplittableRandom random, Einsum einsum) {
    var actions = new LinkedHashMap<String, Action>();
    int ways = random.nextInt(5);
    for (String way : Toll.ACTIONS) {
      if (ways > 1 || Toll.ACTIONS.get(ways).equals(way)) {
        double pj = List.of(0, 1, 3, 10, 60).get(random.nextInt(5)) * (1 + random.nextInt(3));
        long width = List.of(0, 0, 8, 32).get(random.nextInt(4));
        double perCycle =
            random.nextBoolean() ? Double.POSITIVE_INFINITY : 0.125 * (1 << random.nextInt(6));
        actions.put(way, new Action(way, Figure.of(pj, "test"), width, perCycle));
      }
    }
    TensorAccess t = einsum.tensors().get(random.nextInt(einsum.tensors().size()));
    Set<String> tensors =
        switch (random.nextInt(4)) {
          case 0 -> Set.of(t.name());
          case 1 -> Set.of(t.role().label());
          default -> Set.of(Keep.ALL);
        };
    Figure leakage = Figure.of(random.nextInt(4) == 0 ? 300 * random.nextInt(8) : 0, "test");
    Figure area = Figure.of(random.nextInt(50), "test");
    return new Toll(name, tensors, actions, random.nextBoolean(), area, leakage);
  }
}
