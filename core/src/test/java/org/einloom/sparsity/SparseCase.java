package org.einloom.sparsity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.density.ActualDensity;
import org.einloom.density.BandedDensity;
import org.einloom.density.BlockDensity;
import org.einloom.density.Density;
import org.einloom.density.Pattern;
import org.einloom.density.PowerLawDensity;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.format.TensorFormat;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** A small random Einsum, architecture, mapping, and what is sparse about them. */
public record SparseCase(
    long seed, Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {

  /** The case of that seed, always the same. It is legal. */
  public static SparseCase draw(long seed, boolean tiny, boolean uneven) {
    return new Draw(new SplittableRandom(seed), tiny, uneven, false, false).draw(seed);
  }

  /** The same with results whose tiles overlap. */
  static SparseCase overlappingResults(long seed, boolean uneven) {
    return new Draw(new SplittableRandom(seed), true, uneven, false, true).draw(seed);
  }

  /** The same with inputs that may be padded. */
  public static SparseCase padded(long seed, boolean tiny, boolean uneven) {
    return new Draw(new SplittableRandom(seed), tiny, uneven, true, false).draw(seed);
  }

  private static final class Draw {
    final SplittableRandom random;
    final boolean tiny;
    final boolean uneven;
    final boolean padded;
    final boolean overlapping;

    Draw(
        SplittableRandom random,
        boolean tiny,
        boolean uneven,
        boolean padded,
        boolean overlapping) {
      this.overlapping = overlapping;
      this.padded = padded;
      this.random = random;
      this.tiny = tiny;
      this.uneven = uneven;
    }

    SparseCase draw(long seed) {
      Einsum einsum = einsum();
      Architecture architecture = architecture();
      LoopTree mapping = mapping(einsum, architecture);
      Legality.check(einsum, architecture, mapping);
      return new SparseCase(seed, einsum, architecture, mapping, sparsity(einsum, mapping));
    }

    private Einsum einsum() {
      if (overlapping) {
        return random.nextBoolean()
            ? einsum(Map.of("p", small(), "r", taps()), "O:p+r", "I:p", "W:r")
            : einsum(Map.of("p", small(), "r", taps(), "k", 2L), "O:p+r", "I:p,k", "W:r,k");
      }
      return switch (random.nextInt(9)) {
        case 0 -> einsum(Map.of("m", small(), "k", small()), "O:m", "A:m,k", "B:k");
        case 1 -> einsum(Map.of("m", tiny ? 6L : 12L), "O:m", "A:m", "B:m");
        case 2 -> einsum(Map.of("p", small(), "r", taps()), "O:p", "I:p+r", "W:r");
        case 3 -> einsum(Map.of("p", small(), "r", taps(), "c", 2L), "O:p", "I:c,p+r", "W:c,r");
        case 4 -> einsum(Map.of("m", 2L, "k", 4L), "O:m", "A:m,k", "B:k", "C:k");
        case 5 -> einsum(Map.of("p", small(), "r", taps()), "O:p", "I:2p+r", "W:r");
        default ->
            einsum(
                Map.of("m", small(), "n", tiny ? 2L : small(), "k", small()),
                "O:m,n",
                "A:m,k",
                "B:k,n");
      };
    }

    private long taps() {
      return padded && random.nextBoolean() ? 3 : 2;
    }

    private long small() {
      return tiny
          ? List.of(2L, 2L, 3L, 4L).get(random.nextInt(4))
          : List.of(4L, 6L, 8L).get(random.nextInt(3));
    }

    private Einsum einsum(Map<String, Long> extents, String output, String... operands) {
      var variables = new ArrayList<RankVariable>();
      extents.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> variables.add(new RankVariable(e.getKey(), e.getValue())));
      var accesses = new ArrayList<TensorAccess>();
      for (String o : operands) {
        accesses.add(access(o, accesses.isEmpty() ? Role.INPUT : Role.WEIGHT, extents));
      }
      return new Einsum("e", variables, accesses, access(output, Role.OUTPUT, extents));
    }

    private TensorAccess access(String text, Role role, Map<String, Long> extents) {
      var ranks = new ArrayList<TensorAccess.Rank>();
      for (String rank : text.substring(2).split(",", -1)) {
        var terms = new ArrayList<Affine.Term>();
        long size = 1;
        for (String v : rank.split("\\+", -1)) {
          long c = Character.isDigit(v.charAt(0)) ? v.charAt(0) - '0' : 1;
          String name = c > 1 ? v.substring(1) : v;
          terms.add(new Affine.Term(c, name));
          size += c * (extents.getOrDefault(name, 1L) - 1);
        }
        if (padded && terms.size() > 1 && random.nextBoolean()) { // padded on one side or both
          long before = random.nextInt(2);
          ranks.add(new TensorAccess.Rank(new Affine(terms, -before), size - 1));
        } else {
          ranks.add(new TensorAccess.Rank(new Affine(terms, 0), size));
        }
      }
      String name = text.substring(0, 1);
      return new TensorAccess(name, name, role, ranks, OptionalInt.empty());
    }

    private Architecture architecture() {
      var nodes = new ArrayList<Node>();
      nodes.add(memory("DRAM"));
      for (String level : List.of("Buffer", "Register")) {
        if (random.nextInt(3) == 0) {
          nodes.add(
              new Toll(
                  "To" + level,
                  Set.of(Keep.ALL),
                  Memory.actions(Map.of("read", action("read"))),
                  true,
                  Figure.NONE,
                  Figure.NONE));
        }
        if (random.nextInt(2) == 0) {
          nodes.add(fanout("Over" + level));
        }
        if (random.nextInt(4) > 0) {
          nodes.add(memory(level));
        }
      }
      if (random.nextInt(2) == 0) {
        nodes.add(fanout("Array"));
      }
      nodes.add(new Compute("MAC", action("compute"), Figure.NONE, Figure.NONE));
      return new Architecture("random", 1e9, "", new Widths(16, 16, 16, 16), nodes);
    }

    private static Action action(String name) {
      return new Action(name, Figure.NONE, 0, Double.POSITIVE_INFINITY);
    }

    private static Memory memory(String name) {
      return new Memory(
          name,
          OptionalLong.empty(),
          name.equals("DRAM") ? Keep.MUST_ALL : Keep.MAY_ALL,
          Memory.actions(Map.of("read", action("read"), "write", action("write"))),
          true,
          Figure.NONE,
          Figure.NONE);
    }

    private Fanout fanout(String name) {
      return new Fanout(
          name,
          List.of(new Fanout.Dimension("x", 4, Set.of()), new Fanout.Dimension("y", 4, Set.of())),
          random.nextInt(3) == 0 ? Multicast.NONE : Multicast.WORDS,
          true,
          Optional.empty(),
          Figure.NONE,
          Figure.NONE);
    }

    private LoopTree mapping(Einsum einsum, Architecture architecture) {
      Map<String, Long> left = new HashMap<>();
      einsum.variables().forEach(v -> left.put(v.name(), v.extent()));
      var nodes = new ArrayList<MappingNode>();
      for (Node node : architecture.nodes()) {
        switch (node) {
          case Memory m -> {
            var tensors = new ArrayList<>(einsum.tensors());
            Collections.shuffle(tensors, new Random(random.nextLong()));
            for (TensorAccess t : tensors) {
              if (m.name().equals("DRAM") || random.nextInt(3) > 0) {
                nodes.add(new MappingNode.Storage(m.name(), t.name()));
                if (!m.name().equals("DRAM") && random.nextInt(4) == 0) {
                  temporal(einsum, left, nodes);
                }
              }
            }
            for (int i = random.nextInt(4); i > 0; i--) {
              temporal(einsum, left, nodes);
            }
          }
          case Fanout f -> {
            for (String d : List.of("x", "y")) {
              String v = variable(einsum);
              long tile = smaller(left.getOrDefault(v, 1L));
              if (Math.ceilDiv(left.getOrDefault(v, 1L), tile) <= 4 && random.nextInt(4) > 0) {
                left.put(v, tile);
                nodes.add(new MappingNode.Spatial(f.name(), d, v, tile));
              }
            }
          }
          default -> {}
        }
      }
      while (left.values().stream().anyMatch(x -> x > 1)) {
        temporal(einsum, left, nodes);
      }
      return new LoopTree(nodes);
    }

    private String variable(Einsum einsum) {
      return einsum.variables().get(random.nextInt(einsum.variables().size())).name();
    }

    private void temporal(Einsum einsum, Map<String, Long> left, List<MappingNode> nodes) {
      String v = variable(einsum);
      long tile = smaller(left.getOrDefault(v, 1L));
      if (tile < left.getOrDefault(v, 1L)) {
        left.put(v, tile);
        nodes.add(new MappingNode.Temporal(v, tile));
      }
    }

    /** A divisor that is smaller, if there is one. */
    private long smaller(long of) {
      var divisors = new ArrayList<Long>();
      for (long d = 1; d < of; d++) {
        if (of % d == 0) {
          divisors.add(d);
        }
      }
      return divisors.isEmpty() ? of : divisors.get(random.nextInt(divisors.size()));
    }

    private Sparsity sparsity(Einsum einsum, LoopTree mapping) {
      var densities = new LinkedHashMap<String, Density>();
      int irregular = uneven ? random.nextInt(einsum.operands().size()) : -1;
      for (int i = 0; i < einsum.operands().size(); i++) {
        TensorAccess t = einsum.operands().get(i);
        List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
        if (random.nextInt(6) > 0) {
          densities.put(
              t.name(), density(shape, i == irregular || (uneven && random.nextInt(3) == 0)));
        }
      }
      Map<Held, TensorFormat> formats = new HashMap<>();
      var savings = new ArrayList<Saving>();
      for (MappingNode n : mapping.nodes()) {
        if (!(n instanceof MappingNode.Storage s)) {
          continue;
        }
        TensorAccess t = einsum.tensor(s.tensor());
        boolean result = t.equals(einsum.output());
        if (!result && random.nextInt(2) == 0) {
          List<String> names =
              t.ranks().size() == 2
                  ? List.of("bitmask", "coo", "csr", "csc", "csf")
                  : List.of("bitmask", "coo", "csf");
          formats.put(
              new Held(s.memory(), t.name()),
              TensorFormat.named(names.get(random.nextInt(names.size())), t.ranks().size()));
        }
        List<String> leaders =
            einsum.operands().stream()
                .map(TensorAccess::name)
                .filter(o -> !o.equals(t.name()) && random.nextInt(3) > 0)
                .toList();
        if (!leaders.isEmpty() && random.nextInt(5) < 2) {
          savings.add(
              new Saving(
                  random.nextInt(3) == 0 ? Kind.GATE : Kind.SKIP,
                  s.memory(),
                  t.name(),
                  leaders,
                  random.nextBoolean()));
        }
      }
      if (random.nextInt(5) == 0) {
        TensorAccess t = einsum.output();
        List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
        densities.put(t.name(), density(shape, false));
        String name = List.of("bitmask", "coo", "csf", "run_length").get(random.nextInt(4));
        formats.put(new Held("DRAM", t.name()), TensorFormat.named(name, t.ranks().size()));
      }
      Optional<Kind> compute =
          switch (random.nextInt(3)) {
            case 0 -> Optional.of(Kind.GATE);
            case 1 -> Optional.of(Kind.SKIP);
            default -> Optional.empty();
          };
      return new Sparsity(densities, formats, savings, compute);
    }

    private Density density(List<Long> shape, boolean irregular) {
      long words = shape.stream().reduce(1L, (a, b) -> a * b);
      if (irregular) {
        switch (random.nextInt(3)) {
          case 0 -> {
            if (shape.size() == 2) {
              return BandedDensity.ofShare(shape, random.nextInt(2), random.nextInt(2), 0.7);
            }
          }
          case 1 -> {
            return PowerLawDensity.ofShare(shape, 1, 0.4);
          }
          default -> {}
        }
        var occupied = new BitSet();
        for (int i = 0; i < words; i++) {
          occupied.set(i, random.nextInt(3) == 0);
        }
        return new ActualDensity(new Pattern(shape, occupied), "chance");
      }
      switch (random.nextInt(6)) {
        case 0 -> {
          int rank = random.nextInt(shape.size());
          if (shape.get(rank) % 2 == 0) {
            return new StructuredDensity(shape, rank, 1, 2);
          }
        }
        case 1 -> {
          var block = new ArrayList<Long>();
          shape.forEach(s -> block.add(s % 2 == 0 ? 2L : 1L));
          return BlockDensity.ofShare(shape, block, 0.5);
        }
        default -> {}
      }
      return new UniformDensity(shape, random.nextLong(words + 1));
    }
  }
}
