package org.einloom.mapper.sparse;

import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.format.TensorFormat;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

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
      ranks(einsum, choices, t);
    }
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

  private static void ranks(Einsum einsum, SparsityChoices choices, TensorAccess t) {
    if (!t.ranksAreDisjoint()) {
      throw refuse(einsum, "ranks of '" + t.name() + "' share variables", "leave it dense");
    }
    List<String> variables = einsum.variables().stream().map(RankVariable::name).toList();
    long[] extents = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    var ranks = new Ranks(t, variables, extents);
    if (ranks.windows && t.equals(einsum.output())) {
      throw refuse(
          einsum,
          "ranks of the result '%s' have several variables".formatted(t.name()),
          "evaluate mappings of your own with einloom evaluate --sparsity, or search without"
              + " --sparsity");
    }
    Density density = choices.densities().get(t.name());
    boolean uneven = density != null && !(density instanceof UniformDensity);
    if (ranks.padded) {
      padded(einsum, t, ranks, uneven);
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

  private static void padded(Einsum einsum, TensorAccess t, Ranks ranks, boolean uneven) {
    for (int r = 0; r < ranks.pads.length; r++) {
      if (ranks.pads[r] && (!ranks.window(r) || t.equals(einsum.output()))) {
        throw refuse(
            einsum,
            "rank '%s' of '%s' is padded, and has one variable or is of the result"
                .formatted(t.ranks().get(r).expression(), t.name()),
            "pad the tensor");
      }
    }
    if (uneven) {
      throw refuse(
          einsum,
          "'%s' is padded, and its density is not uniform".formatted(t.name()),
          "give it a uniform density, or pad the tensor");
    }
  }

  private static InvalidSpecException refuse(Einsum einsum, String what, String instead) {
    return new InvalidSpecException(
        "mappings of '%s' with sparse tensors are not searched: %s; %s"
            .formatted(einsum.name(), what, instead));
  }
}
