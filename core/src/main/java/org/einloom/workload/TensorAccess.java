package org.einloom.workload;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One operand or the result of an Einsum: a tensor and where the iteration space touches it.
 *
 * @param name unique among the accesses of the Einsum. When one tensor is used twice it is two
 *     operands, {@code A} and {@code A#2}
 * @param tensor the tensor's own name; equals {@code name} unless the tensor is used twice
 * @param role what it is to the Einsum
 * @param ranks its ranks, outermost first; none for a scalar
 * @param bits the width of a word where the workload sets it; otherwise the architecture's default
 *     for the role holds
 * @param partialBits of a result, the width of a word that a later reduction still changes, where
 *     the workload sets it; otherwise the architecture's default holds
 */
public record TensorAccess(
    String name,
    String tensor,
    Role role,
    List<Rank> ranks,
    OptionalInt bits,
    OptionalInt partialBits) {
  /**
   * One rank of a tensor.
   *
   * @param expression the coordinate that a point of the iteration space touches
   * @param size the number of coordinates, {@code 0 .. size-1}; a touched coordinate outside is
   *     padding: a zero that no node stores, moves or counts
   */
  public record Rank(Affine expression, long size) {
    public Rank {
      if (size < 1) {
        throw new InvalidSpecException(
            "rank '" + expression + "' has size " + size + "; a size is at least 1");
      }
    }
  }

  public TensorAccess {
    ranks = List.copyOf(ranks);
    check(name, bits);
    check(name, partialBits);
  }

  /** One whose incomplete words have the width that the architecture gives them. */
  public TensorAccess(String name, String tensor, Role role, List<Rank> ranks, OptionalInt bits) {
    this(name, tensor, role, ranks, bits, OptionalInt.empty());
  }

  private static void check(String name, OptionalInt bits) {
    if (bits.isPresent() && (bits.getAsInt() < 1 || bits.getAsInt() > 1024)) {
      throw new InvalidSpecException(
          "tensor '" + name + "' has words of " + bits.getAsInt() + " bits; expected 1 to 1024");
    }
  }

  /** The same with other ranks. */
  public TensorAccess withRanks(List<Rank> others) {
    return new TensorAccess(name, tensor, role, others, bits, partialBits);
  }

  /** The same with other widths. */
  public TensorAccess withBits(OptionalInt complete, OptionalInt partial) {
    return new TensorAccess(name, tensor, role, ranks, complete, partial);
  }

  /** Whether any rank depends on the variable. A tensor is reused across the others. */
  public boolean indexedBy(String variable) {
    for (Rank r : ranks) {
      if (r.expression().uses(variable)) {
        return true;
      }
    }
    return false;
  }

  /** The number of words, padding excluded; overflow is an {@link InvalidSpecException}. */
  public long words() {
    long words = 1;
    for (Rank rank : ranks) {
      words = Checked.multiply(words, rank.size(), "the size of tensor '" + name + "'");
    }
    return words;
  }

  /**
   * Whether every rank variable occurs in at most one rank, so that what the tensor holds is a
   * product of one-dimensional sets whatever the tiling. True of matrix products and convolutions.
   */
  public boolean ranksAreDisjoint() {
    var seen = new HashSet<String>();
    return ranks.stream()
        .flatMap(r -> r.expression().terms().stream())
        .allMatch(t -> seen.add(t.variable()));
  }

  /** As it is written in files: {@code I[n,c,2*p + r]}. */
  @Override
  public String toString() {
    return name
        + ranks.stream()
            .map(r -> r.expression().toString())
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
