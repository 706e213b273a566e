package org.einloom.explanation;

import java.util.List;
import java.util.OptionalLong;
import org.einloom.counts.Flows;
import org.einloom.density.UniformDensity;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * The least traffic of a sparse tensor at a memory, expected, in the sense of {@link Compulsory}:
 * what would move if zeros were nowhere stored and every word that is occupied moved once.
 *
 * <ul>
 *   <li>Of the {@code W} words of an operand that are touched, as many are occupied as its density
 *       says. That is exact where any word is as likely occupied as any other, and where every word
 *       is touched equally often, that is, where each rank is one variable; elsewhere nothing is
 *       said.
 *   <li>What the computes ask of an innermost memory is what the mapping makes them ask: as dense.
 *   <li>A result is sparse at its outermost memory alone, if that compresses it. Elsewhere every
 *       word of it arrives once. The {@code U} updates that an innermost memory takes cost {@code U
 *       - W} reads at least, where every word is updated.
 *   <li>Where an optimisation leaves out what a memory sends to another, the least is not known: it
 *       depends on where the zeros of other tensors are.
 * </ul>
 */
final class SparseCompulsory {
  private SparseCompulsory() {}

  /**
   * Words, over all instances, rounded.
   *
   * @param flows of the tensor at this memory, expected
   * @return empty where the least is not known
   */
  static OptionalLong words(
      Einsum einsum, LoopTree mapping, Storage s, Flows flows, Sparsity sparsity) {
    TensorAccess tensor = einsum.tensor(s.tensor());
    OptionalLong touched = Touched.words(einsum, mapping, mapping.nodes().indexOf(s), tensor);
    if (touched.isEmpty()) {
      return touched;
    }
    List<MappingNode> same =
        mapping.nodes().stream()
            .filter(n -> n instanceof Storage o && o.tensor().equals(s.tensor()))
            .toList();
    boolean outermost = same.getFirst().equals(s);
    boolean innermost = same.getLast().equals(s);
    for (MappingNode node : same) {
      if (node.equals(s) && innermost) {
        break; // what computes ask for is known
      }
      if (!sparsity.savings(((Storage) node).memory(), tensor.name()).isEmpty()) {
        return OptionalLong.empty();
      }
      if (node.equals(s)) {
        break;
      }
    }
    return tensor.role() == Role.OUTPUT
        ? result(tensor, s, touched.getAsLong(), flows, outermost, innermost, sparsity)
        : operand(tensor, touched.getAsLong(), flows, outermost, innermost, sparsity);
  }

  private static OptionalLong operand(
      TensorAccess tensor,
      long touched,
      Flows flows,
      boolean outermost,
      boolean innermost,
      Sparsity sparsity) {
    boolean even =
        tensor.ranks().stream()
            .map(TensorAccess.Rank::expression)
            .allMatch(SparseCompulsory::plain);
    if (!even && !(sparsity.density(tensor) instanceof UniformDensity)) {
      return OptionalLong.empty();
    }
    double occupied = (double) touched * sparsity.density(tensor).density();
    double below = innermost ? (double) flows.reads() : occupied;
    return OptionalLong.of(Math.round(below + (outermost ? 0 : occupied)));
  }

  /** Whether it is a variable alone. */
  private static boolean plain(Affine rank) {
    return rank.offset() == 0
        && rank.terms().size() == 1
        && rank.terms().getFirst().coefficient() == 1;
  }

  private static OptionalLong result(
      TensorAccess tensor,
      Storage s,
      long touched,
      Flows flows,
      boolean outermost,
      boolean innermost,
      Sparsity sparsity) {
    double words =
        outermost && sparsity.format(s.memory(), tensor).compresses()
            ? (double) touched * sparsity.density(tensor).density()
            : (double) touched;
    if (!innermost) {
      return OptionalLong.of(Math.round(words + (outermost ? 0 : (double) touched)));
    }
    double updates = (double) flows.updates();
    double reads = Math.max(0, updates - words);
    return OptionalLong.of(Math.round(updates + reads + (outermost ? 0 : (double) touched)));
  }
}
