package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.density.BandedDensity;
import org.einloom.density.Density;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.sparse.RankLoops;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.format.TensorFormat;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** What Timeloop's files say of sparse tensors, by Einloom's own rules. */
final class OwnSparsity {
  /** Groups of {@code fixed_structured} have at most so many words. */
  private static final long LARGEST_GROUP = 1024;

  private final Einsum einsum;
  private final Architecture architecture;
  private final Nest nest;
  private final SparseNest loops;
  private final SparseSpec spec;
  private final Position at;
  private final List<Remark> remarks = new ArrayList<>();

  private OwnSparsity(
      Einsum einsum,
      Architecture architecture,
      Nest nest,
      SparseNest loops,
      SparseSpec spec,
      Position at) {
    this.at = at;
    this.einsum = einsum;
    this.architecture = architecture;
    this.nest = nest;
    this.loops = loops;
    this.spec = spec;
  }

  /**
   * The translation.
   *
   * @param at where the sparse optimisations stand
   * @throws InvalidSpecException naming what has no counterpart
   */
  static TimeloopModel.OwnSparse of(
      Einsum einsum,
      Architecture architecture,
      Nest nest,
      SparseNest loops,
      SparseSpec spec,
      Position at) {
    return new OwnSparsity(einsum, architecture, nest, loops, spec, at).translate();
  }

  private TimeloopModel.OwnSparse translate() {
    if (!nest.flattened().isEmpty()) {
      throw new InvalidSpecException(
          "'%s' stands for several dimensions; flattened dimensions beside sparse tensors are not modelled: use the dimensions themselves"
              .formatted(nest.flattened().getFirst().name()));
    }
    Map<Held, TensorFormat> formats = formats();
    var sparsity = new Sparsity(densities(), formats, savings(), compute(formats));
    List<Node> nodes = new ArrayList<>();
    Map<String, SparseNode> costs = new LinkedHashMap<>();
    for (Node node : architecture.nodes()) {
      switch (node) {
        case Memory m -> {
          nodes.add(withMetadata(m));
          costs.put(m.name(), node(m, formats));
        }
        case Compute c -> {
          nodes.add(c);
          costs.put(c.name(), node(c));
        }
        default -> nodes.add(node);
      }
    }
    return new TimeloopModel.OwnSparse(architecture.withNodes(nodes), sparsity, costs, remarks);
  }

  private void remark(String text) {
    remarks.add(new Remark(at, text));
  }

  private SparseSpec.Level level(String memory) {
    SparseSpec.Level level = spec.levels().get(memory);
    if (level == null) {
      throw new IllegalStateException("nothing is said of " + memory);
    }
    return level;
  }

  private SequencedMap<String, Density> densities() {
    var densities = new LinkedHashMap<String, Density>();
    for (TensorAccess t : einsum.tensors()) {
      var given = spec.densities().get(t.name());
      if (given == null) {
        continue;
      }
      if (t.equals(einsum.output())) {
        remark(
            "the density of '%s', a result, means nothing to Einloom's own rules, by which it is kept in full"
                .formatted(t.name()));
      } else {
        densities.put(t.name(), density(t, given));
      }
    }
    return densities;
  }

  private Density density(TensorAccess t, org.einloom.evaluation.timeloop.sparse.Density given) {
    List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
    long words = shape.stream().reduce(1L, Math::multiplyExact);
    return switch (given) {
      // as Timeloop rounds
      case org.einloom.evaluation.timeloop.sparse.Density.Hypergeometric h ->
          new UniformDensity(shape, (long) Math.ceil(h.density() * words));
      case org.einloom.evaluation.timeloop.sparse.Density.Banded b ->
          BandedDensity.ofShare(shape, b.halfWidth(), b.halfWidth(), 1);
      case org.einloom.evaluation.timeloop.sparse.Density.FixedStructured f ->
          f.density() == 0 || f.density() == 1
              ? new UniformDensity(shape, f.density() == 0 ? 0 : words)
              : structured(t, shape, f.density());
    };
  }

  /** The smallest groups that have this share, along the last rank that has a whole number. */
  private Density structured(TensorAccess t, List<Long> shape, double share) {
    for (long group = 2; group <= LARGEST_GROUP; group++) {
      long occupied = Math.round(share * group);
      if (Math.abs(occupied - share * group) > 1e-9 * group) {
        continue;
      }
      for (int rank = shape.size() - 1; rank >= 0; rank--) {
        if (shape.get(rank) % group == 0) {
          remark(
              "fixed_structured %s of '%s' is %d of each %d words along its rank %s"
                  .formatted(share, t.name(), occupied, group, t.ranks().get(rank).expression()));
          return new StructuredDensity(shape, rank, occupied, group);
        }
      }
    }
    throw new InvalidSpecException(
        "fixed_structured %s of '%s', of shape %s, is no whole number of words of each group that divides a rank; expected such a share for Einloom's own rules, or --accounting timeloop"
            .formatted(share, t.name(), shape));
  }

  private Map<Held, TensorFormat> formats() {
    var formats = new HashMap<Held, TensorFormat>();
    for (TensorAccess t : einsum.tensors()) {
      for (RankLoops.Ranks ranks : RankLoops.of(loops, t, keeping(t.name()), spec)) {
        if (t.equals(einsum.output())) {
          throw new InvalidSpecException(
              "'%s' at '%s' has a representation_format; results that are compressed are not modelled by Einloom's own rules: leave it out, or use --accounting timeloop"
                  .formatted(t.name(), ranks.memory()));
        }
        formats.put(new Held(ranks.memory(), t.name()), OwnFormats.of(t, ranks));
      }
    }
    return formats;
  }

  /** The memories that keep a tensor, outermost first. */
  private List<String> keeping(String tensor) {
    return nest.levels().stream()
        .filter(l -> l.keeps().contains(tensor))
        .map(Nest.Level::memory)
        .toList();
  }

  private List<Saving> savings() {
    Set<Saving> plain = new LinkedHashSet<>();
    spec.levels()
        .forEach(
            (memory, level) -> {
              for (SparseSpec.Optimization o : level.optimizations()) {
                if (o.options().size() > 1) {
                  throw new InvalidSpecException(
                      "'%s' has an action_optimization with %d options, of which Timeloop takes the best; expected one, for Einloom's own rules"
                          .formatted(memory, o.options().size()));
                }
                SparseSpec.Option option = o.options().getFirst();
                if (option.conditions().contains(einsum.output().name())) {
                  throw new InvalidSpecException(
                      "what '%s' does about '%s' depends on '%s', the result, which is kept in full by Einloom's own rules; expected operands in 'condition_on'"
                          .formatted(memory, option.target(), einsum.output().name()));
                }
                plain.add(
                    new Saving(
                        o.saving() == SparseSpec.Saving.GATED ? Kind.GATE : Kind.SKIP,
                        source(memory, option.target()),
                        option.target(),
                        option.conditions(),
                        false));
              }
            });
    return plain.stream().map(s -> mutual(s, plain)).toList();
  }

  /** Where leaders follow in turn, each looks at its own metadata to find out. */
  private static Saving mutual(Saving s, Set<Saving> all) {
    boolean mutual =
        s.leaders().stream()
            .allMatch(
                leader ->
                    all.stream()
                        .anyMatch(
                            o ->
                                o.memory().equals(s.memory())
                                    && o.kind() == s.kind()
                                    && o.tensor().equals(leader)
                                    && o.leaders().contains(s.tensor())));
    return new Saving(s.kind(), s.memory(), s.tensor(), s.leaders(), mutual);
  }

  /** The memory itself, or the next one outside that keeps the tensor. */
  private String source(String memory, String tensor) {
    Optional<String> found = Optional.empty();
    for (String m : keeping(tensor)) {
      if (architecture.indexOf(m) <= architecture.indexOf(memory)) {
        found = Optional.of(m);
      }
    }
    return found.orElseThrow(
        () ->
            new InvalidSpecException(
                "no level from '%s' outwards keeps '%s', whose reads are to be left out there"
                    .formatted(memory, tensor)));
  }

  private Optional<Kind> compute(Map<Held, TensorFormat> formats) {
    SparseSpec.Compute c = spec.compute();
    if (!c.skips()) {
      return c.gates() ? Optional.of(Kind.GATE) : Optional.empty();
    }
    for (TensorAccess t : einsum.operands()) {
      boolean zeros = spec.densities().containsKey(t.name());
      var innermost = new Held(keeping(t.name()).getLast(), t.name());
      if (zeros && !formats.containsKey(innermost)) {
        throw new InvalidSpecException(
            "'%s' skips computes, but not for zeros of '%s', which '%s' holds as they are%s; for Einloom's own rules give it a representation_format there, or use --accounting timeloop"
                .formatted(
                    architecture.compute().name(),
                    t.name(),
                    innermost.memory(),
                    c.gates() ? " (these it gates)" : ""));
      }
    }
    return Optional.of(Kind.SKIP);
  }

  /** Words and metadata share what both stores have. */
  private Memory withMetadata(Memory m) {
    OptionalLong metadata = level(m.name()).storage().capacityBits();
    return m.capacityBits().isEmpty() || metadata.isEmpty()
        ? m
        : new Memory(
            m.name(),
            OptionalLong.of(Math.addExact(m.capacityBits().getAsLong(), metadata.getAsLong())),
            m.keep(),
            m.actions(),
            m.sharedPort(),
            m.areaUm2(),
            m.leakageUw());
  }

  private SparseNode node(Memory m, Map<Held, TensorFormat> formats) {
    SparseSpec.Level level = level(m.name());
    var actions = new LinkedHashMap<String, Action>();
    put(actions, "gated_read", level.energiesPj().get("gated_read"), 0);
    put(actions, "gated_write", level.energiesPj().get("gated_fill"), 0);
    put(actions, "gated_update", level.energiesPj().get("gated_update"), 0);
    put(actions, "skipped_read", level.energiesPj().get("skipped_read"), 0);
    put(actions, "skipped_write", level.energiesPj().get("skipped_fill"), 0);
    put(actions, "skipped_update", level.energiesPj().get("skipped_update"), 0);
    long width = level.storage().widthBits();
    put(actions, "metadata_read", level.energiesPj().get("random_metadata_read"), width);
    put(actions, "metadata_write", level.energiesPj().get("random_metadata_fill"), width);
    decompress(m, formats).ifPresent(e -> put(actions, "decompress", e, 0));
    return new SparseNode(
        actions, level.overbooked() ? CapacityRule.OVERBOOKED : CapacityRule.EXPECTED);
  }

  /** What it costs where words arrive that lie compressed here: by Timeloop's files, there. */
  private Optional<Figure> decompress(Memory m, Map<Held, TensorFormat> formats) {
    Set<Figure> energies = new LinkedHashSet<>();
    for (TensorAccess t : einsum.operands()) {
      TensorFormat format = formats.get(new Held(m.name(), t.name()));
      if (format == null || !format.compresses()) {
        continue;
      }
      List<String> kept = keeping(t.name());
      int child = kept.indexOf(m.name()) + 1;
      if (child == kept.size()) {
        energies.add(Figure.NONE); // computes take words as they come
      } else if (!formats.containsKey(new Held(kept.get(child), t.name()))) {
        energies.add(
            level(kept.get(child)).energiesPj().getOrDefault("decompression_count", Figure.NONE));
      }
    }
    if (energies.size() > 1) {
      throw new InvalidSpecException(
          "what '%s' holds compressed is decompressed at several levels, at different costs; expected one, for Einloom's own rules"
              .formatted(m.name()));
    }
    return energies.stream().findFirst().filter(e -> !e.equals(Figure.NONE));
  }

  private SparseNode node(Compute c) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : SparseNode.COMPUTE_ACTIONS) {
      put(actions, name, spec.compute().energiesPj().get(name), 0);
    }
    // what no energy table has costs a whole compute
    SparseNode.COMPUTE_ACTIONS.forEach(
        name ->
            actions.putIfAbsent(
                name, new Action(name, c.compute().energyPj(), 0, Double.POSITIVE_INFINITY)));
    return new SparseNode(actions, CapacityRule.EXPECTED);
  }

  private static void put(
      Map<String, Action> actions, String name, @Nullable Figure energy, long width) {
    if (energy != null) {
      actions.put(name, new Action(name, energy, width, Double.POSITIVE_INFINITY));
    }
  }
}
