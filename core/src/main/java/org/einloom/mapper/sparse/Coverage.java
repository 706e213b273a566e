package org.einloom.mapper.sparse;

import org.einloom.arch.Architecture;
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
      variant.check(einsum);
    }
    choices
        .formats()
        .forEach(
            (held, of) -> {
              if (einsum.tensor(held.tensor()).equals(einsum.output())
                  && of.stream().anyMatch(f -> f.compresses())) {
                throw refuse(einsum, "the result is compressed", "leave its format out");
              }
            });
    for (TensorAccess t : einsum.tensors()) {
      ranks(einsum, t);
    }
    choices
        .densities()
        .forEach(
            (tensor, law) -> {
              if (!Problem.even(law)) {
                throw refuse(
                    einsum,
                    "the density of '%s', %s, is not the same for all its tiles of a shape"
                        .formatted(tensor, law.label()),
                    "use uniform, structured or block densities whose groups and blocks divide, or"
                        + " are divided by, all tiles");
              }
            });
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

  private static void ranks(Einsum einsum, TensorAccess t) {
    if (!t.ranksAreDisjoint()) {
      throw refuse(einsum, "ranks of '" + t.name() + "' share variables", "leave it dense");
    }
    for (TensorAccess.Rank r : t.ranks()) {
      var terms = r.expression().terms();
      boolean variable =
          terms.size() == 1
              && terms.getFirst().coefficient() == 1
              && r.expression().offset() == 0
              && einsum.extent(terms.getFirst().variable()) == r.size();
      boolean one = terms.isEmpty() && r.size() == 1 && r.expression().offset() == 0;
      if (!variable && !one) {
        throw refuse(
            einsum,
            "rank '%s' of '%s' is not a single variable".formatted(r.expression(), t.name()),
            "evaluate mappings of your own with einloom evaluate --sparsity, or search without"
                + " --sparsity");
      }
    }
  }

  private static InvalidSpecException refuse(Einsum einsum, String what, String instead) {
    return new InvalidSpecException(
        "mappings of '%s' with sparse tensors are not searched: %s; %s"
            .formatted(einsum.name(), what, instead));
  }
}
