package org.einloom.workload;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An affine expression of rank variables, {@code sum(coefficient * variable) + offset}. A negative
 * offset is how padding on the low side is written ({@code 2*p + r - 3}).
 *
 * @param terms one term per variable that occurs, in the order written; coefficients are not zero
 * @param offset the constant
 */
public record Affine(List<Term> terms, long offset) {
  /**
   * One product of a coefficient and a rank variable.
   *
   * @param coefficient the factor; not zero
   * @param variable the rank variable's name
   */
  public record Term(long coefficient, String variable) {
    public Term {
      if (coefficient == 0) {
        throw new InvalidSpecException(
            "the coefficient of '" + variable + "' is 0; leave the variable out instead");
      }
    }
  }

  public Affine {
    terms = List.copyOf(terms);
    var seen = new HashSet<String>();
    for (Term term : terms) {
      if (!seen.add(term.variable())) {
        throw new InvalidSpecException(
            "rank variable '"
                + term.variable()
                + "' occurs twice in one rank expression; add the"
                + " coefficients up");
      }
    }
  }

  /** The expression that is just one variable. */
  public static Affine of(String variable) {
    return new Affine(List.of(new Term(1, variable)), 0);
  }

  /** Whether the variable occurs in this expression. */
  public boolean uses(String variable) {
    for (Term t : terms) {
      if (t.variable().equals(variable)) {
        return true;
      }
    }
    return false;
  }

  /** As it is written in files: {@code 2*p + r - 3}. */
  @Override
  public String toString() {
    String sum =
        terms.stream()
            .map(
                t ->
                    t.coefficient() == 1
                        ? t.variable()
                        : t.coefficient() == -1
                            ? "-" + t.variable()
                            : t.coefficient() + "*" + t.variable())
            .collect(Collectors.joining(" + "))
            .replace("+ -", "- ");
    if (sum.isEmpty()) {
      return Long.toString(offset);
    }
    return offset == 0 ? sum : offset > 0 ? sum + " + " + offset : sum + " - " + -offset;
  }
}
