package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.timeloop.Fan;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** A small Einsum on small hardware, with some constraints. */
record RandomProblem(
    NestSpace space,
    Architecture architecture,
    Machine machine,
    Switches switches,
    Objective objective) {

  /**
   * A random one.
   *
   * @param most what extents multiply to at most
   */
  static RandomProblem of(Random random, long most) {
    Einsum einsum = einsum(random, most);
    int levels = 2 + random.nextInt(random.nextInt(3) == 0 ? 2 : 1);
    boolean networks = random.nextInt(3) == 0;
    boolean blocks = random.nextInt(4) == 0;
    List<Node> nodes = new ArrayList<>();
    List<Machine.Level> machine = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      long x = random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(4);
      long y = random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(3);
      double scale = Math.pow(4, levels - p);
      var actions = new LinkedHashMap<String, Action>();
      for (String name : List.of("read", "write", "update")) {
        if (!name.equals("update") || random.nextInt(3) > 0) {
          double pj = random.nextInt(6) == 0 ? 0 : scale * (1 + random.nextInt(5));
          actions.put(name, new Action(name, Figure.of(pj, "random"), 0, Double.POSITIVE_INFINITY));
        }
      }
      nodes.add(
          new Memory(
              "L" + p,
              OptionalLong.empty(),
              Keep.MAY_ALL,
              actions,
              false,
              Figure.NONE,
              Figure.of(random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0, "random")));
      if (x * y > 1) {
        nodes.add(
            new Fanout(
                "F" + p,
                List.of(
                    new Fanout.Dimension("X", x, Set.of()), new Fanout.Dimension("Y", y, Set.of())),
                Fanout.Multicast.WORDS,
                true,
                Optional.empty(),
                Figure.NONE,
                Figure.NONE));
      }
      machine.add(
          new Machine.Level(
              "L" + p,
              new Fan.Mesh(x, y),
              blocks ? 1 + random.nextInt(4) : 1,
              p > 0 && random.nextInt(3) > 0
                  ? OptionalLong.of(2 + random.nextInt(12))
                  : OptionalLong.empty(),
              rate(random),
              rate(random),
              random.nextInt(4) == 0 ? rate(random) : OptionalDouble.empty(),
              random.nextInt(4) == 0 ? Map.of("A", 0.5) : Map.of(),
              random.nextInt(3),
              0,
              Figure.of(networks ? random.nextInt(3) : 0, "random"),
              Figure.of(networks ? random.nextInt(3) : 0, "random"),
              Optional.empty(),
              networks && random.nextInt(3) == 0
                  ? Optional.of(
                      new Machine.ReductionTree(
                          "tree", Figure.of(0.5, "random"), Figure.of(0.25, "random")))
                  : Optional.empty()));
    }
    nodes.add(
        new Compute(
            "mac",
            new Action("compute", Figure.of(random.nextInt(3), "random"), 0, 1),
            Figure.NONE,
            Figure.NONE));
    var architecture = new Architecture("random", 1e9, "", new Widths(8, 8, 8, 8), nodes);
    return new RandomProblem(
        new NestSpace(einsum, levels(random, einsum, levels), 0),
        architecture,
        new Machine(machine),
        switches(random),
        objective(random));
  }

  private static OptionalDouble rate(Random random) {
    return random.nextInt(3) > 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(0.5 * (1 + random.nextInt(6)));
  }

  private static Objective objective(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Objective.ENERGY;
      case 1 -> Objective.LATENCY;
      case 2 -> Objective.weighted("sum", 1, 1e10);
      default -> Objective.EDP;
    };
  }

  private static Switches switches(Random random) {
    var on = EnumSet.noneOf(Switch.class);
    for (Switch s :
        List.of(
            Switch.NO_LINKS,
            Switch.TOROIDAL_LINKS,
            Switch.NO_FIRST_READ_ELISION,
            Switch.UPDATED_RMW,
            Switch.NO_CEILINGS,
            Switch.ALL_AREA)) {
      if (random.nextInt(6) == 0) {
        on.add(s);
      }
    }
    return new Switches(on);
  }

  private static List<NestSpace.Level> levels(Random random, Einsum einsum, int count) {
    List<String> names = new ArrayList<>();
    einsum.variables().forEach(v -> names.add(v.name()));
    List<NestSpace.Level> levels = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      Set<String> keeps = new HashSet<>();
      Set<String> bypasses = new HashSet<>();
      for (TensorAccess t : einsum.tensors()) {
        switch (random.nextInt(6)) {
          case 0, 1 -> keeps.add(t.name());
          case 2 -> {
            if (p > 0) {
              bypasses.add(t.name());
            }
          }
          default -> {}
        }
      }
      levels.add(
          new NestSpace.Level(
              "L" + p,
              keeps,
              bypasses,
              ranges(random, einsum),
              order(random, names),
              ranges(random, einsum),
              order(random, names),
              some(random, names),
              some(random, names),
              noReuse(random, einsum)));
    }
    return levels;
  }

  private static NestSpace.NoReuse noReuse(Random random, Einsum einsum) {
    if (random.nextInt(3) > 0) {
      return NestSpace.NoReuse.NONE;
    }
    List<String> all = einsum.tensors().stream().map(TensorAccess::name).toList();
    String result = einsum.output().name();
    return new NestSpace.NoReuse(
        few(random, all),
        few(random, all),
        few(random, all),
        random.nextInt(4) == 0 ? Set.of(result) : Set.of());
  }

  private static Set<String> few(Random random, List<String> names) {
    Set<String> few = new HashSet<>(names);
    few.removeIf(n -> random.nextInt(4) > 0);
    return few;
  }

  private static Map<String, NestSpace.Range> ranges(Random random, Einsum einsum) {
    var ranges = new HashMap<String, NestSpace.Range>();
    for (RankVariable v : einsum.variables()) {
      switch (random.nextInt(10)) {
        case 0 -> ranges.put(v.name(), new NestSpace.Range(1, 1));
        case 1 -> ranges.put(v.name(), new NestSpace.Range(1, 2));
        case 2 -> {
          if (random.nextInt(3) == 0 && v.extent() % 2 == 0) {
            ranges.put(v.name(), new NestSpace.Range(2, 2));
          }
        }
        default -> {}
      }
    }
    return ranges;
  }

  private static List<String> order(Random random, List<String> names) {
    if (random.nextInt(3) > 0) {
      return List.of();
    }
    List<String> order = new ArrayList<>(names);
    Collections.shuffle(order, random);
    return order.subList(0, random.nextInt(order.size() + 1));
  }

  private static Set<String> some(Random random, List<String> names) {
    Set<String> some = new HashSet<>(names);
    if (random.nextInt(3) == 0) {
      some.removeIf(n -> random.nextInt(3) == 0);
    }
    return some;
  }

  private static Einsum einsum(Random random, long most) {
    String[] shapes = {
      // operands; result: ranks are sums of a variable, with '2' before it for twice
      "m k|k n|m n",
      "c p+r|m c r|m p",
      "c 2p+r|m c r|m p",
      "c p+2r|c r|c p",
      "p+r q+s|r s|p q",
      "c p+r 2q+s|m c s|m p q",
      "k m+k|n|m n",
      "m m+n|n k|m",
      "m k|k|m"
    };
    String shape = shapes[random.nextInt(shapes.length)];
    Set<String> names = new java.util.TreeSet<>();
    shape.chars().filter(Character::isLetter).forEach(c -> names.add(String.valueOf((char) c)));
    Map<String, Long> extents = new LinkedHashMap<>();
    names.forEach(n -> extents.put(n, 1L));
    long[] sizes = {2, 2, 3, 4, 4, 6, 8, 9};
    List<String> order = new ArrayList<>(names);
    Collections.shuffle(order, random);
    long product = 1;
    for (String n : order) {
      long size = sizes[random.nextInt(sizes.length)];
      if (product * size <= most) {
        extents.put(n, size);
        product *= size;
      }
    }
    List<RankVariable> variables = new ArrayList<>();
    extents.forEach((n, e) -> variables.add(new RankVariable(n, e)));
    String[] tensors = shape.split("\\|");
    List<TensorAccess> operands = new ArrayList<>();
    for (int i = 0; i + 1 < tensors.length; i++) {
      operands.add(
          tensor(i == 0 ? "A" : "B", i == 0 ? Role.INPUT : Role.WEIGHT, tensors[i], extents));
    }
    return new Einsum(
        "random",
        variables,
        operands,
        tensor("Z", Role.OUTPUT, tensors[tensors.length - 1], extents));
  }

  private static TensorAccess tensor(
      String name, Role role, String ranks, Map<String, Long> extents) {
    List<TensorAccess.Rank> all = new ArrayList<>();
    for (String rank : ranks.split(" ")) {
      List<Affine.Term> terms = new ArrayList<>();
      long size = 1;
      for (String term : rank.split("\\+")) {
        long c = term.length() > 1 ? term.charAt(0) - '0' : 1;
        String v = term.substring(term.length() - 1);
        terms.add(new Affine.Term(c, v));
        size += c * (java.util.Objects.requireNonNull(extents.get(v)) - 1);
      }
      all.add(new TensorAccess.Rank(new Affine(terms, 0), size));
    }
    return new TensorAccess(name, name, role, all, OptionalInt.empty());
  }
}
