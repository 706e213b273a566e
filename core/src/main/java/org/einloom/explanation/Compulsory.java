package org.einloom.explanation;

import java.util.List;
import java.util.OptionalLong;
import org.einloom.counts.Flows;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Einsum;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * The least traffic of a tensor at a memory, given how the work is spread over instances and steps.
 * With {@code W} the words that the computes below each instance touch, summed over the instances
 * ({@link Touched}):
 *
 * <ul>
 *   <li>a word of an operand is filled once (but at its outermost memory) and read once: {@code
 *       2W}, or {@code W};
 *   <li>a word of a result is updated once and drained once (but at its outermost memory): the
 *       same;
 *   <li>the innermost memory of a tensor serves the computes, which ask for a word in every step:
 *       all its reads of an operand are compulsory, and all its updates {@code U} of a result. Of
 *       these every update of a word that is held already costs a read, all others begin a stay
 *       that ends with a drain, so reads and drains are {@code U} more; at the outermost memory,
 *       where no stay ends, {@code U - W}.
 * </ul>
 */
final class Compulsory {
  private Compulsory() {}

  /**
   * Words, over all instances.
   *
   * @param flows of the tensor at this memory
   * @return empty where {@link Touched} knows no number
   */
  static OptionalLong words(Einsum einsum, LoopTree mapping, Storage s, Flows flows) {
    List<MappingNode> same =
        mapping.nodes().stream()
            .filter(n -> n instanceof Storage o && o.tensor().equals(s.tensor()))
            .toList();
    boolean outermost = same.getFirst().equals(s);
    boolean innermost = same.getLast().equals(s);
    TensorAccess tensor = einsum.tensor(s.tensor());
    OptionalLong touched = Touched.words(einsum, mapping, mapping.nodes().indexOf(s), tensor);
    if (touched.isEmpty()) {
      return touched;
    }
    long w = touched.getAsLong();
    boolean result = tensor.role() == Role.OUTPUT;
    try {
      long below = !innermost ? w : result ? flows.updates() : flows.reads();
      long above = outermost ? 0 : w;
      if (innermost && result) {
        above = outermost ? below - w : below;
      }
      return OptionalLong.of(Math.addExact(below, above));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** All of it together; the largest number there is where that is more. */
  static long sum(Flows f) {
    try {
      return Math.addExact(
          Math.addExact(Math.addExact(f.reads(), f.fills()), f.links()),
          Math.addExact(f.updates(), f.drains()));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
