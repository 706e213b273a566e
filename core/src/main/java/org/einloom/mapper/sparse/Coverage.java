package org.einloom.mapper.sparse;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.format.TensorFormat;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** Which problems are searched. What is not among them is refused, with the reason. */
final class Coverage {
  private static final int MOST_LOOPS = 60;
  private static final int MOST_NODES = 60;

  private Coverage() {}

  static void check(Einsum einsum, Architecture architecture, SparsityChoices choices) {
    for (Sparsity variant : choices.variants()) {
      variant.with(einsum, variant.formats()).check(einsum);
      stored(einsum, choices, variant);
    }
    for (TensorAccess t : einsum.tensors()) {
      ranks(einsum, architecture, choices, t);
    }
    places(einsum, choices);
    int loops = 0;
    for (RankVariable v : einsum.variables()) {
      long rest = v.extent();
      for (long p = 2; p * p <= rest; p++) {
        for (; rest % p == 0; rest /= p) {
          loops++;
        }
      }
      loops += rest > 1 ? 1 : 0;
    }
    if (loops > MOST_LOOPS || architecture.nodes().size() > MOST_NODES) {
      throw refuse(
          einsum,
          "extents have %d prime factors, the design %d nodes; at most %d and %d are searched"
              .formatted(loops, architecture.nodes().size(), MOST_LOOPS, MOST_NODES),
          "use smaller extents");
    }
  }

  /**
   * In a padded Einsum every place of what is not uniform is looked at, and of other variables the
   * first values and the rest; where that is too much, it is for every mapping.
   */
  private static void places(Einsum einsum, SparsityChoices choices) {
    boolean padded =
        einsum.tensors().stream()
            .anyMatch(t -> t.ranks().stream().anyMatch(r -> SparseLegality.padded(einsum, r)));
    List<TensorAccess> shaped =
        einsum.operands().stream()
            .filter(t -> !uniform(choices.densities().get(t.name())))
            .toList();
    double places = 1;
    for (RankVariable v : einsum.variables()) {
      boolean each = shaped.stream().anyMatch(t -> t.indexedBy(v.name()));
      places *= (double) (each ? v.extent() : Math.min(2, v.extent()));
    }
    if (padded && !shaped.isEmpty() && places > SparseAnalysis.MOST_PLACES) {
      throw refuse(
          einsum,
          "it is padded, and the densities of %s are not uniform, so that every mapping has more than %,d places to look at one by one"
              .formatted(
                  shaped.stream()
                      .map(t -> "'" + t.name() + "'")
                      .collect(Collectors.joining(" and ")),
                  SparseAnalysis.MOST_PLACES),
          "give them uniform densities, or pad the tensor");
    }
  }

  private static boolean uniform(@Nullable Density density) {
    return density == null || density instanceof UniformDensity;
  }

  /** Of a result that may be compressed, it is told what is stored. */
  private static void stored(Einsum einsum, SparsityChoices choices, Sparsity variant) {
    choices
        .formats()
        .forEach(
            (held, of) -> {
              boolean result = einsum.tensor(held.tensor()).equals(einsum.output());
              for (TensorFormat f : of) {
                if (result && f.compresses()) {
                  variant.with(einsum, Map.of(held, f)).check(einsum);
                }
              }
            });
  }

  private static void ranks(
      Einsum einsum, Architecture architecture, SparsityChoices choices, TensorAccess t) {
    if (!t.ranksAreDisjoint()) {
      throw refuse(einsum, "ranks of '" + t.name() + "' share variables", "leave it dense");
    }
    List<String> variables = einsum.variables().stream().map(RankVariable::name).toList();
    long[] extents = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    var ranks = new Ranks(t, variables, extents);
    if (ranks.windows && t.equals(einsum.output())) {
      window(einsum, architecture, choices, t);
    }
    Density density = choices.densities().get(t.name());
    boolean uneven = !uniform(density);
    if (ranks.padded) {
      padded(einsum, t, ranks);
    }
    if (ranks.padded && uneven) {
      compressed(einsum, architecture, choices, t);
    }
    if (ranks.strided && (!ranks.windows || uneven)) {
      throw refuse(
          einsum,
          "a rank of '%s' leaves out coordinates".formatted(t.name()),
          "leave these out of the tensor");
    }
    if (ranks.extents(extents) == null) {
      throw refuse(
          einsum,
          "'%s' is touched with gaps, since steps are larger than windows".formatted(t.name()),
          "leave the gaps out of the tensor");
    }
    double shapes = 1;
    for (int v = 0; v < extents.length; v++) {
      shapes *= ranks.indexedBy(v) ? (double) extents[v] : 1;
    }
    if (shapes > 0x1p62) {
      throw refuse(einsum, "'%s' is too large".formatted(t.name()), "use smaller extents");
    }
  }

  /** Of a result whose tiles overlap, what the model counts of no mapping at all. */
  private static void window(
      Einsum einsum, Architecture architecture, SparsityChoices choices, TensorAccess t) {
    String what = "ranks of the result '%s' have several variables, ".formatted(t.name());
    for (Memory m : architecture.memories().subList(1, architecture.memories().size())) {
      if (m.keep().requires(t)) {
        throw refuse(
            einsum,
            what + "and '%s' has to keep it besides the outermost memory".formatted(m.name()),
            "let it bypass '%s', or search without --sparsity".formatted(m.name()));
      }
    }
    boolean padded =
        einsum.tensors().stream()
            .anyMatch(o -> o.ranks().stream().anyMatch(r -> SparseLegality.padded(einsum, r)));
    if (padded
        && choices.variants().stream()
            .allMatch(v -> v.compute().isPresent() || !v.savings().isEmpty())) {
      throw refuse(
          einsum,
          what + "an operand is padded, and something is always left out",
          "pad the tensor, or make what is left out optional");
    }
  }

  private static void padded(Einsum einsum, TensorAccess t, Ranks ranks) {
    for (int r = 0; r < ranks.pads.length; r++) {
      if (ranks.pads[r] && (!ranks.window(r) || t.equals(einsum.output()))) {
        throw refuse(
            einsum,
            "rank '%s' of '%s' is padded, and has one variable or is of the result"
                .formatted(t.ranks().get(r).expression(), t.name()),
            "pad the tensor");
      }
    }
  }

  /**
   * Of a padded operand that is not uniform, it is not told what part of a tile takes where it is
   * compressed, so it is not, unless one memory alone keeps it; some mapping has to be left.
   */
  private static void compressed(
      Einsum einsum, Architecture architecture, SparsityChoices choices, TensorAccess t) {
    List<Memory> memories = architecture.memories();
    List<Memory> needed =
        memories.stream()
            .filter(m -> m.equals(memories.getFirst()) || m.keep().requires(t))
            .toList();
    for (Memory m : needed.size() > 1 ? needed : List.<Memory>of()) {
      if (choices.formats(m.name(), t.name(), t.ranks().size()).stream()
          .allMatch(TensorFormat::compresses)) {
        String other = needed.get(m.equals(needed.getFirst()) ? 1 : 0).name();
        throw refuse(
            einsum,
            "'%s' is padded, its density is not uniform, and it is always compressed at '%s', while '%s' keeps it, too"
                .formatted(t.name(), m.name(), other),
            "let it be uncompressed there, give it a uniform density, or pad the tensor");
      }
    }
  }

  private static InvalidSpecException refuse(Einsum einsum, String what, String instead) {
    return new InvalidSpecException(
        "mappings of '%s' with sparse tensors are not searched: %s; %s"
            .formatted(einsum.name(), what, instead));
  }
}
