package org.einloom.mapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * One to four memories and none to two fanouts, with costs of all kinds, ties and zeros included.
 */
public final class TinyArchitectures {
  private static final double UNLIMITED = Double.POSITIVE_INFINITY;

  private final SplittableRandom random;
  private final Einsum einsum;
  private final Widths widths;

  /** Whether what is fast costs energy, so that there is more than one best mapping. */
  private final boolean tradeOff;

  private TinyArchitectures(SplittableRandom random, Einsum einsum) {
    this.random = random;
    this.einsum = einsum;
    widths =
        any(
            new Widths(8, 8, 8, 8),
            new Widths(8, 8, 8, 16),
            new Widths(8, 8, 16, 24),
            new Widths(16, 8, 16, 16),
            new Widths(4, 8, 16, 12));
    tradeOff = random.nextInt(5) < 3;
  }

  public static Architecture draw(SplittableRandom random, Einsum einsum) {
    return new TinyArchitectures(random, einsum).draw();
  }

  private Architecture draw() {
    var nodes = new ArrayList<Node>();
    int memories = any(1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4);
    for (int m = 0; m < memories; m++) {
      nodes.add(memory(m));
    }
    int fanouts = any(0, 0, 1, 1, 1, 1, 2);
    for (int f = 0; f < fanouts; f++) {
      nodes.add(1 + random.nextInt(nodes.size()), fanout("F" + f));
    }
    double perCycle = tradeOff ? any(0.25, 0.5, 1.0) : any(UNLIMITED, 0.5, 1.0, 1.0, 1.0, 2.0);
    Action compute = new Action("compute", energy(0), 0, perCycle);
    nodes.add(new Compute("X", compute, area(), leakage()));
    return new Architecture("random", any(1e9, 1e9, 2.5e8), "", widths, nodes);
  }

  private Memory memory(int m) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("read", "write", "update")) {
      // without its read or write actions many mappings are none
      boolean declared = name.equals("update") ? random.nextInt(3) == 0 : random.nextInt(60) > 0;
      if (declared) {
        Figure energy = energy(m);
        actions.put(name, new Action(name, energy, any(0L, 0L, 8L, 16L, 64L), perCycle(energy)));
      }
    }
    return new Memory(
        "M" + m,
        m == 0 && random.nextInt(12) > 0 ? OptionalLong.empty() : capacity(),
        m == 0 ? outermost() : keep(),
        actions,
        random.nextBoolean(),
        area(),
        leakage());
  }

  private double perCycle(Figure energy) {
    return tradeOff
        ? Math.max(0.125, any(1.0, 0.5, 0.1) * Math.floor(energy.value() / 2))
        : any(UNLIMITED, UNLIMITED, 0.25, 0.5, 1.0, 1.0, 2.0, 4.0);
  }

  private Keep outermost() {
    return switch (random.nextInt(40)) {
      case 0 -> keep();
      case 1, 2, 3, 4, 5, 6, 7, 8 -> Keep.MAY_ALL;
      default -> Keep.MUST_ALL;
    };
  }

  private Keep keep() {
    if (random.nextInt(5) == 0) {
      return any(Keep.MUST_ALL, Keep.MAY_ALL, Keep.MAY_ALL);
    }
    Set<String> must = new TreeSet<>();
    Set<String> may = new TreeSet<>();
    for (TensorAccess t : einsum.tensors()) {
      String name = any(t.name(), t.tensor(), t.role().label());
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> must.add(name);
        case 3, 4, 5, 6 -> may.add(name);
        default -> {}
      }
    }
    return new Keep(must, may);
  }

  /** Often too little for some tiles, seldom for all. */
  private OptionalLong capacity() {
    if (random.nextInt(3) == 0) {
      return OptionalLong.empty();
    }
    long bits = random.nextInt(6) == 0 ? -1 : 0;
    for (TensorAccess t : einsum.tensors()) {
      long words = 1 + random.nextLong(t.words());
      bits += words * (random.nextBoolean() ? widths.of(t) : widths.partialOf(t));
    }
    return OptionalLong.of(bits);
  }

  private Fanout fanout(String name) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    int count = any(1, 1, 2);
    for (int d = 0; d < count; d++) {
      TensorAccess t = einsum.tensors().get(random.nextInt(einsum.tensors().size()));
      Set<String> mustNot =
          random.nextInt(8) == 0 ? Set.of(any(t.name(), t.role().label())) : Set.of();
      dimensions.add(new Fanout.Dimension(List.of("x", "y").get(d), any(2, 2, 3, 4, 4), mustNot));
    }
    Optional<Action> transfer =
        random.nextInt(tradeOff ? 4 : 2) == 0
            ? Optional.empty()
            : Optional.of(
                new Action(
                    "transfer",
                    energy(1),
                    any(0L, 0L, 8L),
                    any(UNLIMITED, UNLIMITED, 0.5, 1.0, 2.0)));
    return new Fanout(
        name,
        dimensions,
        any(Fanout.Multicast.values()),
        random.nextInt(3) > 0,
        transfer,
        area(),
        leakage());
  }

  /** Falls inwards on the whole; equal and free ones are not rare. */
  private Figure energy(int level) {
    double scale = any(100.0, 10.0, 2.0, 1.0, 0.3);
    double pj =
        switch (random.nextInt(6)) {
          case 0 -> 0;
          case 1, 2 -> Math.floor(100.0 / (1 + 10 * level));
          case 3 -> 1;
          default -> scale * (1 + random.nextInt(7));
        };
    return Figure.of(pj, "test");
  }

  private Figure leakage() {
    double scale = tradeOff ? any(0, 0, 0, 0, 5) : any(0, 0, 0, 500, 1000);
    return Figure.of(scale * random.nextInt(8), "test");
  }

  private Figure area() {
    return Figure.of(random.nextInt(100), "test");
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }
}
