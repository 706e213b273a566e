package org.einloom.io.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.io.input.Position;
import org.einloom.workload.Affine;

/**
 * An Einsum as it is written, before shapes and roles are known: {@code O[m,p] += I[p+r] * W[m,r]}.
 *
 * @param output the left side
 * @param operands the factors of the right side, at least one
 * @param variables every rank variable with the place of its first use, in the order written
 */
record Expression(Access output, List<Access> operands, SequencedMap<String, Position> variables) {
  /**
   * A tensor as it is used.
   *
   * @param tensor its name
   * @param ranks its coordinates; empty for a scalar
   * @param at where it stands
   */
  record Access(String tensor, List<Affine> ranks, Position at) {
    public Access {
      ranks = List.copyOf(ranks);
    }
  }

  public Expression {
    operands = List.copyOf(operands);
    variables = new LinkedHashMap<>(variables);
  }
}
