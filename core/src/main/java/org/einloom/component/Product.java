package org.einloom.component;

import java.util.Optional;

/**
 * A number times a factor.
 *
 * @param of the number
 * @param factor what it is multiplied by
 */
public record Product(Derivation of, Factor factor) implements Derivation {
  @Override
  public double value() {
    return of.value() * factor.value();
  }

  @Override
  public Standing standing() {
    return Derivation.worse(of.standing(), factor.standing());
  }

  @Override
  public boolean extrapolated() {
    return of.extrapolated() || factor.extrapolated();
  }

  @Override
  public Optional<Range> range() {
    return of.range().flatMap(r -> factor.range().map(r::times));
  }
}
