package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Computes;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Kind;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.RankAccess;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** From what a mapping does with dense tensors to what it does with sparse ones. */
public final class SparseAnalysis {
  private final SparseNest nest;
  private final Einsum einsum;
  private final SparseSpec spec;
  private final DenseCounts dense;
  private final Set<Correction> corrections;
  private final Map<String, DensityModel> densities = new HashMap<>();

  private SparseAnalysis(
      SparseNest nest,
      Einsum einsum,
      SparseSpec spec,
      DenseCounts dense,
      Set<Correction> corrections) {
    this.corrections = corrections;
    this.nest = nest;
    this.einsum = einsum;
    this.spec = spec;
    this.dense = dense;
  }

  /**
   * Counts.
   *
   * @param corrections approximations that are not made
   * @throws InvalidSpecException if formats do not fit the loops, or something is asked for that
   *     Timeloop does not know
   */
  public static SparseCounts of(
      SparseNest nest,
      Einsum einsum,
      SparseSpec spec,
      DenseCounts dense,
      Set<Correction> corrections) {
    return new SparseAnalysis(nest, einsum, spec, dense, corrections).counts();
  }

  private SparseCounts counts() {
    if (einsum.operands().size() != 2) {
      throw new InvalidSpecException(
          "'%s' has %d operands; Timeloop's sparse model knows computes with two"
              .formatted(einsum.name(), einsum.operands().size()));
    }
    var kept = new LinkedHashMap<String, List<Store>>();
    for (TensorAccess t : einsum.tensors()) {
      Map<String, Long> all = new Molds(nest).of(nest.levels().size() - 1);
      DensityModel density =
          DensityModel.of(
              spec.density(t.name()),
              t.name(),
              Molds.tile(t, all).extents(),
              corrections.contains(Correction.EXACT_BANDS));
      densities.put(t.name(), density);
      kept.put(t.name(), stores(t, density));
    }
    Stores stores = new Stores(kept);
    boolean formats =
        kept.values().stream().flatMap(List::stream).anyMatch(s -> s.format.isPresent());
    for (TensorAccess t : einsum.tensors()) {
      occupancies(t, stores.of(t.name()), formats);
    }
    Savings savings = new Savings(nest, einsum, spec, stores);
    Map<String, OptionalDouble> leftOut = new HashMap<>();
    long left = dense.computes();
    long gated = 0;
    for (TensorAccess t : einsum.tensors()) {
      List<Store> of = stores.of(t.name());
      Optional<Savings.Of> innermost =
          new Propagation(t.name(), of, savings, corrections.contains(Correction.METADATA_FOLLOWS))
              .run();
      if (innermost.isPresent() && einsum.operands().contains(t)) {
        double p = innermost.get().share();
        long less = (long) Math.floor(left * p);
        left -= less;
        leftOut.put(t.name(), OptionalDouble.of(p));
        if (innermost.get().saving() == SparseSpec.Saving.GATED) {
          gated += less;
        }
      }
      expansions(of);
    }
    Computes computes = computes(stores, leftOut, left);
    return new SparseCounts(
        levels(stores),
        corrections.contains(Correction.GATING_TAKES_TIME)
            ? computes.withGated(computes.gated() + gated)
            : computes);
  }

  private void occupancies(TensorAccess tensor, List<Store> of, boolean formats) {
    if (formats) {
      new Formats(nest, tensor, of, corrections.contains(Correction.NO_FIBER_CEILINGS)).match();
    }
    for (int i = 0; i < of.size(); i++) {
      Optional<Store> above = i + 1 < of.size() ? Optional.of(of.get(i + 1)) : Optional.empty();
      String memory = nest.levels().get(of.get(i).level).memory();
      Occupancy.find(of.get(i), above, "'%s' at '%s'".formatted(tensor.name(), memory));
    }
  }

  private List<Store> stores(TensorAccess tensor, DensityModel density) {
    List<Store> of = new ArrayList<>();
    Molds molds = new Molds(nest);
    for (int l = 0; l < nest.levels().size(); l++) {
      DenseCounts.OfTensor d = dense.levels().get(l).get(tensor.name());
      if (d == null) {
        continue;
      }
      SparseSpec.Level level = spec.levels().get(nest.levels().get(l).memory());
      if (level == null) {
        throw new IllegalStateException("nothing is said of " + nest.levels().get(l).memory());
      }
      Store store =
          new Store(
              l,
              einsum.output().equals(tensor),
              d,
              Molds.tile(tensor, molds.of(l)),
              density,
              Optional.ofNullable(level.formats().get(tensor.name())),
              level);
      store.instances = dense.instances().get(l);
      of.add(store);
    }
    return of;
  }

  /** Words that come compressed and are held as they are, and results on their way up. */
  private static void expansions(List<Store> of) {
    for (int i = 0; i + 1 < of.size(); i++) {
      Store here = of.get(i);
      Store above = of.get(i + 1);
      if (!here.isCompressed() && above.isCompressed()) {
        here.decompressions = here.words(Way.FILL, Fate.ACTUAL);
        here.compressions = here.output ? above.words(Way.UPDATE, Fate.ACTUAL) : 0;
      }
    }
  }

  private Computes computes(Stores stores, Map<String, OptionalDouble> leftOut, long left) {
    List<OperandStates.Operand> operands = new ArrayList<>();
    for (TensorAccess t : einsum.operands()) {
      double mean =
          Objects.requireNonNull(densities.get(t.name())).mean(Molds.tile(t, Molds.point()));
      operands.add(
          new OperandStates.Operand(
              t.name(),
              OperandStates.rounded(mean),
              stores.of(t.name()).getFirst().format.isPresent(),
              leftOut.getOrDefault(t.name(), OptionalDouble.empty())));
    }
    return OperandStates.computes(
        operands.get(0), operands.get(1), spec.compute(), dense.computes(), left);
  }

  private List<SequencedMap<String, SparseCounts.OfTensor>> levels(Stores stores) {
    List<SequencedMap<String, SparseCounts.OfTensor>> levels = new ArrayList<>();
    for (int l = 0; l < nest.levels().size(); l++) {
      levels.add(new LinkedHashMap<>());
    }
    stores
        .all()
        .forEach(
            (tensor, of) -> of.forEach(s -> levels.get(s.level).put(tensor, result(tensor, s))));
    return levels;
  }

  private SparseCounts.OfTensor result(String tensor, Store s) {
    Map<Kind, Long> bits = new HashMap<>();
    Map<Kind, List<RankAccess>> metadata = new HashMap<>();
    for (Kind kind : Kind.all()) {
      bits.put(kind, s.bits(kind));
      metadata.put(kind, s.metadata(kind.way(), kind.fate()));
    }
    long held = s.format.isPresent() ? s.density.most(s.tile) : s.dense.words();
    List<RankFormat.Units> units = s.format.isPresent() ? Occupancy.units(s, held) : List.of();
    Way sent = s.output ? Way.UPDATE : Way.READ;
    return new SparseCounts.OfTensor(
        spec.density(tensor).label(),
        s.format.map(SparseSpec.Format::label).orElse("none"),
        s.share(),
        s.instances,
        s.words,
        metadata,
        bits,
        s.dense.words(),
        held,
        units.stream()
            .map(
                u -> new RankAccess((long) Math.ceil(u.metadata()), (long) Math.ceil(u.payloads())))
            .toList(),
        s.bits(units),
        Blocks.share(s),
        s.decompressions,
        s.compressions,
        s.temporalReductions,
        s.words(sent, Fate.ACTUAL)
            + s.words(sent, Fate.GATED)
            + s.words(Way.FILL, Fate.ACTUAL)
            + s.words(Way.FILL, Fate.GATED));
  }
}
