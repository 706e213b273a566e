package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.density.ActualDensity;
import org.einloom.density.BandedDensity;
import org.einloom.density.BlockDensity;
import org.einloom.density.Density;
import org.einloom.density.PowerLawDensity;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.format.RankFormat;
import org.einloom.format.TensorFormat;
import org.einloom.format.TreeLevel;
import org.einloom.mapper.TinyArchitectures;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.sparsity.SparsityChoices.Rule;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** A small random problem of the sparse mapper, the same for a seed and a family. */
record RandomSparse(
    long seed,
    Einsum einsum,
    Architecture architecture,
    SparsityChoices choices,
    Map<String, SparseNode> nodes,
    Objective objective) {
  /** The expected counts of a mapping by the model that the search goes by. */
  SparseModel.Result count(LoopTree mapping, Sparsity sparsity) {
    return byPlace(einsum, choices)
        ? SparseAnalysis.analyze(einsum, architecture, mapping, sparsity)
        : SparseModel.analyze(einsum, architecture, mapping, sparsity);
  }

  /** Whether it is searched at all; if not, something is always compressed that cannot be. */
  boolean searched() {
    try {
      Coverage.check(einsum, architecture, choices);
      return true;
    } catch (InvalidSpecException e) {
      return false;
    }
  }

  /** Whether the model looks at place by place where it has no closed form. */
  private static boolean byPlace(Einsum einsum, SparsityChoices choices) {
    long uneven =
        einsum.operands().stream()
            .map(t -> choices.densities().get(t.name()))
            .filter(
                d ->
                    d instanceof ActualDensity
                        || d instanceof BandedDensity
                        || d instanceof PowerLawDensity)
            .count();
    return uneven > 1
        || einsum.tensors().stream()
            .anyMatch(t -> t.ranks().stream().anyMatch(r -> SparseLegality.padded(einsum, r)));
  }

  private static final List<String> KINDS =
      List.of(
          "m n k: O[m,n] += A[m,k] * B[k,n]",
          "m n k: O[m,n] += A[m,k] * B[k,n]",
          "m n k: O[n,m] += A[k,m] * B[k,n]",
          "m k: O[m] += A[m,k] * B[k]",
          "k: O[] += A[k] * B[k]",
          "b m k: O[b,m] += A[b,m,k] * B[b,k]",
          "i j: O[i,j] += A[i,j] * B[i,j]",
          "i j: O[i,j] += A[i] * B[j]",
          "m k: O[m] += A[m,k]",
          "i j k: O[i,j] += A[i,k] * B[k,j] * C[i,j]",
          "i k: O[i] += A[i,k] * B[k] * C[i]");

  /** Einsums with operands whose tiles overlap: strides, dilation, several ranks. */
  private static final List<String> WINDOWS =
      List.of(
          "p r: O[p] += I[p+r] * W[r]",
          "p r: O[p] += I[p+r] * W[r]",
          "m p r: O[m,p] += I[p+r] * W[m,r]",
          "c p r: O[p] += I[c,p+r] * W[c,r]",
          "p r: O[p] += I[2*p+r] * W[r]",
          "p r: O[p] += I[p+2*r] * W[r]",
          "p q r: O[p,q] += I[p+r,q] * W[r]",
          "p q r s: O[p,q] += I[p+r,q+s] * W[r,s]",
          "p r: O[p] += I[p+r] * J[p+r]",
          "p q r: O[p] += I[p+q+r] * W[q,r]");

  /** The same with padding; a size of {@code #} is drawn. */
  private static final List<String> PADDED =
      List.of(
          "p r: O[p] += I[p+r-1:#] * W[r]",
          "p r: O[p] += I[p+r-1:#] * W[r]",
          "m p r: O[m,p] += I[p+r-1:#] * W[m,r]",
          "c p r: O[p] += I[c,p+r-1:#] * W[c,r]",
          "p r: O[p] += I[2*p+r-1:#] * W[r]",
          "p r: O[p] += I[p+2*r-2:#] * W[r]",
          "p r: O[p] += I[p-r+1:#] * W[r]",
          "p q r: O[p,q] += I[p+r-1:#,q] * W[r]",
          "p q r s: O[p,q] += I[p+r-1:#,q+s-1:#] * W[r,s]",
          "p q r s: O[p,q] += I[p+r-1:#,q+s] * W[r,s]",
          "p r: O[p] += I[p+r-1:#] * J[p+r]",
          "p r: O[p] += I[p+r-1:#] * J[p+r-1:#]");

  /** Einsums with results whose tiles overlap. */
  private static final List<String> TRANSPOSED =
      List.of(
          "p r: O[p+r] += I[p] * W[r]",
          "p r: O[p+r] += I[p] * W[r]",
          "m p r: O[m,p+r] += I[p] * W[m,r]",
          "c p r: O[p+r] += I[c,p] * W[c,r]",
          "p r: O[2*p+r] += I[p] * W[r]",
          "p r: O[p+2*r] += I[p] * W[r]",
          "p r: O[p-r+5:12] += I[p] * W[r]",
          "p q r: O[p+r,q] += I[p,q] * W[r]",
          "p q r: O[p+q+r] += I[p,q] * W[r]",
          "p q r s: O[p+r,q+s] += I[p,q] * W[r,s]",
          "p r: O[p+r] += I[p]",
          "p r s: O[p+r] += I[p+s] * W[r,s]",
          "p r s: O[p+r] += I[p+s-1:#] * W[r,s]");

  /** What is drawn. */
  enum Family {
    PRODUCTS,
    WINDOWS,
    UNEVEN,
    PADDED,
    WINDOWS_UNEVEN,
    RESULTS,
    TRANSPOSED,
    TRANSPOSED_UNEVEN;

    /** Whether results have ranks of several variables. */
    boolean transposed() {
      return this == TRANSPOSED || this == TRANSPOSED_UNEVEN;
    }

    /** Whether the model looks at every place, so that each choice takes its time. */
    boolean placed() {
      return this == PADDED || this == WINDOWS_UNEVEN;
    }
  }

  static RandomSparse draw(long seed) {
    return draw(seed, Family.PRODUCTS);
  }

  static RandomSparse draw(long seed, Family family) {
    return new Draw(new SplittableRandom(seed), family).draw(seed);
  }

  private static final class Draw {
    final SplittableRandom random;
    final Family family;

    Draw(SplittableRandom random, Family family) {
      this.random = random;
      this.family = family;
    }

    RandomSparse draw(long seed) {
      Einsum einsum = einsum();
      Architecture architecture = architecture(einsum);
      return new RandomSparse(
          seed,
          einsum,
          architecture,
          choices(einsum, architecture),
          nodes(architecture),
          switch (random.nextInt(4)) {
            case 0 -> Objective.ENERGY;
            case 1 -> Objective.LATENCY;
            case 2 -> Objective.weighted("some of both", 1, 1e9 * (1 + random.nextInt(5)));
            default -> Objective.EDP;
          });
    }

    /** Where results are compressed, room is often little where they are. */
    private Architecture architecture(Einsum einsum) {
      Architecture drawn = TinyArchitectures.draw(random, einsum);
      if (family.transposed() && random.nextInt(3) == 0) {
        return slowNetworks(drawn);
      }
      if (family != Family.RESULTS || random.nextInt(3) == 0) {
        return drawn;
      }
      double bits = 0;
      for (TensorAccess t : einsum.tensors()) {
        bits += (double) t.words() * drawn.widths().of(t);
      }
      var m = (Memory) drawn.nodes().getFirst();
      var nodes = new ArrayList<>(drawn.nodes());
      nodes.set(
          0,
          new Memory(
              m.name(),
              OptionalLong.of((long) (bits * any(0.7, 0.8, 0.9, 1.0, 1.1))),
              m.keep(),
              m.actions(),
              m.sharedPort(),
              m.areaUm2(),
              m.leakageUw()));
      return drawn.withNodes(nodes);
    }

    /** Two networks, the inner one slow: it tells which instance does what. */
    private Architecture slowNetworks(Architecture drawn) {
      var nodes = new ArrayList<>(drawn.nodes());
      nodes.removeIf(n -> n instanceof Fanout);
      nodes.add(1 + random.nextInt(nodes.size() - 1), network("F0"));
      nodes.add(nodes.size() - 1, network("F1"));
      return drawn.withNodes(nodes);
    }

    private Fanout network(String name) {
      var transfer =
          new Action("transfer", Figure.of(1, "test"), any(0L, 0L, 8L), any(0.0625, 0.25, 1e300));
      return new Fanout(
          name,
          List.of(new Fanout.Dimension("x", any(2, 2, 3, 4), Set.of())),
          any(Fanout.Multicast.WORDS, Fanout.Multicast.NONE),
          random.nextInt(4) > 0,
          Optional.of(transfer),
          Figure.of(1, "test"),
          Figure.of(0, "test"));
    }

    private Einsum einsum() {
      List<String> kinds =
          switch (family) {
            case WINDOWS -> WINDOWS;
            case TRANSPOSED, TRANSPOSED_UNEVEN -> TRANSPOSED;
            case PADDED, WINDOWS_UNEVEN -> PADDED;
            case PRODUCTS, UNEVEN, RESULTS -> KINDS;
          };
      String[] kind = kinds.get(random.nextInt(kinds.size())).split(": ");
      var extents = new StringBuilder();
      for (String v : kind[0].split(" ")) {
        extents.append(v).append('=').append(any(2, 2, 2, 3, 4, 4, 6)).append(' ');
      }
      String expression = kind[1];
      while (expression.contains("#")) {
        expression = expression.replaceFirst("#", String.valueOf(2 + random.nextInt(7)));
      }
      return Tiny.einsum(expression, extents.toString().trim());
    }

    private SparsityChoices choices(Einsum einsum, Architecture architecture) {
      SequencedMap<String, Density> densities = new LinkedHashMap<>();
      Map<Held, List<TensorFormat>> formats = new HashMap<>();
      for (TensorAccess t : einsum.operands()) {
        List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
        if (random.nextInt(5) > 0) {
          densities.put(t.name(), density(einsum, t, shape));
        }
        for (Memory m : architecture.memories()) {
          List<TensorFormat> of = formats(shape, random.nextInt(3));
          if (!of.isEmpty()) {
            formats.put(new Held(m.name(), t.name()), of);
          }
        }
      }
      if (family == Family.RESULTS || (family != Family.PRODUCTS && random.nextInt(3) == 0)) {
        result(einsum, architecture, densities, formats);
      }
      var rules = new ArrayList<Rule>();
      for (int i = random.nextInt(4); i > 0; i--) {
        rule(einsum, architecture).ifPresent(rules::add);
      }
      var compute =
          new ArrayList<Optional<Kind>>(
              List.of(any(Optional.empty(), Optional.of(Kind.SKIP), Optional.of(Kind.GATE))));
      if (random.nextInt(4) == 0) {
        compute.add(Optional.of(Kind.SKIP));
      }
      return new SparsityChoices(densities, formats, rules, compute);
    }

    private List<TensorFormat> formats(List<Long> shape, int n) {
      var of = new ArrayList<TensorFormat>();
      List<String> names =
          shape.size() == 2
              ? List.of("uncompressed", "bitmask", "coo", "csr", "csc", "csf", "run_length")
              : List.of("uncompressed", "bitmask", "coo", "csf");
      for (int i = n; i > 0; i--) {
        String name = names.get(random.nextInt(names.size()));
        of.add(name.equals("run_length") ? runs() : TensorFormat.named(name, shape.size()));
      }
      return of;
    }

    /** Through the whole tile, and so short that small tiles break them. */
    private static TensorFormat runs() {
      var level = new TreeLevel(new RankFormat.RunLength(OptionalInt.of(1)), List.of(0, 1), 1);
      return new TensorFormat("runs", List.of(level));
    }

    /**
     * The result may be compressed, or has to be, and has a law of its own; further in, where that
     * is never counted, seldom.
     */
    private void result(
        Einsum einsum,
        Architecture architecture,
        Map<String, Density> densities,
        Map<Held, List<TensorFormat>> formats) {
      TensorAccess t = einsum.output();
      List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
      for (Memory m : architecture.memories()) {
        boolean outermost = m.equals(architecture.memories().getFirst());
        if (outermost || random.nextInt(6) == 0) {
          int most = family.placed() ? 1 : 3;
          List<TensorFormat> of = formats(shape, 1 + random.nextInt(most));
          if (random.nextInt(3) == 0) {
            of.add(TensorFormat.uncompressed(shape.size()));
          }
          formats.put(new Held(m.name(), t.name()), of);
          if (of.stream().anyMatch(TensorFormat::compresses)) {
            densities.put(
                t.name(), random.nextInt(3) == 0 ? uneven(shape) : density(einsum, t, shape));
          }
        }
      }
    }

    private Optional<Rule> rule(Einsum einsum, Architecture architecture) {
      TensorAccess t = einsum.tensors().get(random.nextInt(einsum.tensors().size()));
      List<String> leaders =
          einsum.operands().stream()
              .map(TensorAccess::name)
              .filter(o -> !o.equals(t.name()) && random.nextInt(3) > 0)
              .toList();
      if (leaders.isEmpty()) {
        return Optional.empty();
      }
      // at the innermost memories alone, there is more that a search may leave out
      List<Memory> memories = architecture.memories();
      Memory m = random.nextBoolean() ? memories.getLast() : any(memories.toArray(new Memory[0]));
      var saving =
          new Saving(
              random.nextInt(3) == 0 ? Kind.GATE : Kind.SKIP,
              m.name(),
              t.name(),
              leaders,
              random.nextBoolean());
      return Optional.of(new Rule(List.of(saving), random.nextInt(3) == 0));
    }

    /** What is padded is uniform in a family of its own. */
    private Density density(Einsum einsum, TensorAccess t, List<Long> shape) {
      boolean padded = t.ranks().stream().anyMatch(r -> SparseLegality.padded(einsum, r));
      long words = shape.stream().reduce(1L, (a, b) -> a * b);
      return padded && family == Family.PADDED
          ? new UniformDensity(shape, 1 + random.nextLong(words))
          : density(shape);
    }

    private Density density(List<Long> shape) {
      long words = shape.stream().reduce(1L, (a, b) -> a * b);
      boolean uneven =
          family == Family.UNEVEN
              || family == Family.WINDOWS_UNEVEN
              || family == Family.TRANSPOSED_UNEVEN;
      if (uneven && random.nextInt(3) > 0) {
        return uneven(shape);
      }
      switch (random.nextInt(6)) {
        case 0 -> {
          int rank = random.nextInt(shape.size());
          if (shape.get(rank) % 2 == 0) {
            Density structured = new StructuredDensity(shape, rank, 1, 2);
            return structured;
          }
        }
        case 1 -> {
          var block = new ArrayList<Long>();
          shape.forEach(s -> block.add(s % 2 == 0 ? 2L : 1L));
          return BlockDensity.ofShare(shape, block, 0.5);
        }
        default -> {}
      }
      return new UniformDensity(shape, 1 + random.nextLong(words));
    }

    /** Of these, tiles of one shape differ by their place. */
    private Density uneven(List<Long> shape) {
      boolean matrix = shape.size() == 2;
      return switch (random.nextInt(matrix ? 3 : 1)) {
        case 0 -> {
          var some = UniformDensity.ofShare(shape, any(0.25, 0.5, 0.75));
          yield new ActualDensity(some.draw(random), "drawn");
        }
        case 1 ->
            BandedDensity.ofShare(shape, random.nextLong(2), random.nextLong(2), any(0.5, 1.0));
        default -> PowerLawDensity.ofShare(shape, any(0.5, 1.0, 2.0), any(0.25, 0.5));
      };
    }

    private Map<String, SparseNode> nodes(Architecture architecture) {
      var nodes = new HashMap<String, SparseNode>();
      for (Memory m : architecture.memories()) {
        var rule = any(CapacityRule.EXPECTED, CapacityRule.WORST_CASE, CapacityRule.OVERBOOKED);
        OptionalLong metadata =
            random.nextInt(family == Family.RESULTS ? 2 : 4) == 0
                ? OptionalLong.of(random.nextLong(40))
                : OptionalLong.empty();
        nodes.put(m.name(), new SparseNode(actions(SparseNode.MEMORY_ACTIONS), rule, metadata));
      }
      nodes.put(
          architecture.compute().name(),
          new SparseNode(actions(SparseNode.COMPUTE_ACTIONS), CapacityRule.EXPECTED));
      return nodes;
    }

    private SequencedMap<String, Action> actions(List<String> names) {
      var actions = new LinkedHashMap<String, Action>();
      for (String name : names) {
        if (random.nextInt(3) == 0) {
          // gated actions that cost more than whole ones are odd, but allowed
          double pj = any(0.0, 0.1, 0.5, 1.0, 5.0);
          actions.put(
              name, new Action(name, Figure.of(pj, "test"), any(0L, 1L, 8L), any(1.0, 8.0, 1e300)));
        }
      }
      return actions;
    }

    @SafeVarargs
    private <T> T any(T... values) {
      return values[random.nextInt(values.length)];
    }
  }
}
