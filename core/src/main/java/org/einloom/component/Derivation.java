package org.einloom.component;

import java.util.List;
import java.util.Optional;

/**
 * A number and how it came about: a tree with given numbers at its leaves. The value is computed
 * from the tree, so that what is shown multiplies out.
 */
public sealed interface Derivation permits Given, Product, Sum {
  /** The number, in the unit of whoever holds the derivation. */
  double value();

  /** The worst standing of all numbers in it, zeros apart. */
  Standing standing();

  /** Whether some number lies outside what its source covers. */
  boolean extrapolated();

  /** How far off it may be; empty where that is not known for some number in it. */
  Optional<Range> range();

  /** This times a factor. */
  default Derivation times(Factor factor) {
    return new Product(this, factor);
  }

  /** This times a factor that is exact arithmetic: a number of bits, of parts. */
  default Derivation times(double factor, String what) {
    return factor == 1 ? this : times(Factor.exact(factor, what));
  }

  /** The sum of several. */
  static Derivation sum(String what, Derivation... parts) {
    return sum(what, List.of(parts));
  }

  /** The sum of several. */
  static Derivation sum(String what, List<Derivation> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Sum(what, parts);
  }

  /** Nothing, and why. */
  static Derivation zero(String what) {
    return new Given(0, what, "", Standing.MODELLED, false, Optional.of(Range.EXACT));
  }

  /** What costs something, but is taken as 0. */
  static Derivation leftOut(String what) {
    return new Given(0, what, "not modelled", Standing.ASSUMED, false, Optional.empty());
  }

  /** Whether this is 0 because it was left out, not because there is nothing. */
  default boolean isLeftOut() {
    return value() == 0 && standing().isAssumption();
  }

  /** The worse of two standings. */
  static Standing worse(Standing a, Standing b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(Standing s) {
    return switch (s) {
      case PUBLISHED -> 0;
      case MODELLED -> 1;
      case GIVEN -> 2;
      case REMEMBERED -> 3;
      case ASSUMED -> 4;
    };
  }
}
