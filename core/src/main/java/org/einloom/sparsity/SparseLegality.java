package org.einloom.sparsity;

import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** Which mappings can be counted with sparse tensors. What is not among them is refused. */
public final class SparseLegality {
  private SparseLegality() {}

  /**
   * Returns if the mapping, which is legal, can be counted.
   *
   * @throws InvalidSpecException if tiles do not divide, tiles of a tensor overlap each other, a
   *     tensor's ranks share variables, or networks do what is not modelled for sparse tensors
   */
  public static void check(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    sparsity.check(einsum);
    checkTiles(einsum, mapping);
    for (TensorAccess t : einsum.tensors()) {
      check(einsum, t, mapping, sparsity);
    }
    result(einsum, mapping, sparsity);
    for (MappingNode n : mapping.nodes()) {
      if (n instanceof MappingNode.Spatial s) {
        // what one fanout spreads, those further out merge, too
        for (Fanout f : architecture.fanouts()) {
          if (architecture.indexOf(f.name()) <= architecture.indexOf(s.fanout())
              && f.multicast() == Multicast.TILES) {
            throw refuse(
                einsum, "fanout '%s' merges tiles".formatted(f.name()), "use words or none");
          }
        }
        check(einsum, (Fanout) architecture.node(s.fanout()), s);
      }
    }
  }

  /**
   * Returns if places are alike, so that closed forms hold: no tensor is padded.
   *
   * @throws InvalidSpecException if not
   */
  public static void checkRegular(Einsum einsum) {
    for (TensorAccess t : einsum.tensors()) {
      for (TensorAccess.Rank r : t.ranks()) {
        if (padded(einsum, r)) {
          throw refuse(
              einsum,
              "rank '%s' of '%s' is padded".formatted(r.expression(), t.name()),
              "pad the tensor");
        }
      }
    }
  }

  /** Where tiles do not divide instances idle at times, and those of a network lose step. */
  private static void checkTiles(Einsum einsum, LoopTree mapping) {
    for (Nest.Bound b : Nest.of(einsum, mapping).loops()) {
      if (b.outer() % b.loop().tile() != 0) {
        throw refuse(
            einsum,
            "the loop over '%s' has tile %d, which does not divide the %d above it"
                .formatted(b.loop().variable(), b.loop().tile(), b.outer()),
            "use tiles that divide");
      }
    }
  }

  /** Whether some points touch what is outside of a rank. */
  public static boolean padded(Einsum einsum, TensorAccess.Rank r) {
    long low = r.expression().offset();
    long high = low;
    for (var term : r.expression().terms()) {
      long reach = Math.multiplyExact(term.coefficient(), einsum.extent(term.variable()) - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    return low < 0 || high >= r.size();
  }

  private static void check(Einsum einsum, TensorAccess t, LoopTree mapping, Sparsity sparsity) {
    if (!t.ranksAreDisjoint()) {
      throw refuse(einsum, "ranks of '" + t.name() + "' share variables", "leave it dense");
    }
    boolean windows = t.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
    for (TensorAccess.Rank r : t.ranks()) {
      if (r.expression().terms().size() == 1
          && r.expression().terms().getFirst().coefficient() != 1) {
        throw refuse(
            einsum,
            "rank '%s' of '%s' leaves gaps".formatted(r.expression(), t.name()),
            "use a rank that is one variable");
      }
    }
    if (windows) {
      overlaps(einsum, t, mapping, sparsity);
    }
  }

  /** Of a result, what arrives at its outermost memory can be known, and nothing before. */
  private static void result(Einsum einsum, LoopTree mapping, Sparsity sparsity) {
    TensorAccess t = einsum.output();
    for (String memory : memories(mapping, t).stream().skip(1).toList()) {
      if (sparsity.format(memory, t).compresses()) {
        throw refuse(
            einsum,
            "'%s' is compressed at '%s', where it is not complete".formatted(t.name(), memory),
            "compress it at the outermost memory alone");
      }
    }
  }

  private static List<String> memories(LoopTree mapping, TensorAccess t) {
    return mapping.nodes().stream()
        .filter(n -> n instanceof MappingNode.Storage s && s.tensor().equals(t.name()))
        .map(n -> ((MappingNode.Storage) n).memory())
        .toList();
  }

  /** Words that stay where the tile moves on were fetched for it, if at all, with another. */
  private static void overlaps(Einsum einsum, TensorAccess t, LoopTree mapping, Sparsity sparsity) {
    List<String> kept = memories(mapping, t);
    for (int k = 0; k + 1 < kept.size(); k++) {
      if (!sparsity.savings(kept.get(k), t.name()).isEmpty()) {
        throw refuse(
            einsum,
            "tiles of '%s' overlap, and some of what '%s' sends of it to '%s' is left out"
                .formatted(t.name(), kept.get(k), kept.get(k + 1)),
            "leave it out of the optimisations there");
      }
      if (t.equals(einsum.output())) {
        throw refuse(
            einsum,
            "tiles of '%s' overlap, and it is kept in more than one memory".formatted(t.name()),
            "keep it in one");
      }
      Density density = sparsity.density(t);
      if (sparsity.format(kept.get(k + 1), t).compresses()
          && !(density instanceof UniformDensity)) {
        throw refuse(
            einsum,
            "tiles of '%s' overlap at '%s', and take more or less there by where they are"
                .formatted(t.name(), kept.get(k + 1)),
            "use a uniform density, or leave it uncompressed there");
      }
    }
  }

  private static void check(Einsum einsum, Fanout fanout, MappingNode.Spatial s) {
    if (fanout.links().isPresent()) {
      throw refuse(
          einsum,
          "neighbours on fanout '%s' hand words on".formatted(fanout.name()),
          "leave 'neighbours' out");
    }
    if (!fanout.reduce() && !einsum.output().indexedBy(s.variable())) {
      throw refuse(
          einsum,
          "fanout '%s' spreads '%s', over which results are summed, and does not reduce"
              .formatted(fanout.name(), s.variable()),
          "reduce there");
    }
  }

  /**
   * What to throw for a result that is compressed where words of it arrive more than once.
   *
   * @param memory where it is compressed
   */
  public static InvalidSpecException incomplete(Einsum einsum, String memory) {
    return refuse(
        einsum,
        "'%s' is compressed at '%s', and words of it arrive there more than once"
            .formatted(einsum.output().name(), memory),
        "sum it up inside, or leave it uncompressed");
  }

  /** What to throw for a mapping that cannot be counted. */
  public static InvalidSpecException refuse(Einsum einsum, String what, String instead) {
    return new InvalidSpecException(
        "'%s' cannot be counted with sparse tensors under this mapping: %s, which is not modelled; %s"
            .formatted(einsum.name(), what, instead));
  }
}
