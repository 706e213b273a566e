package org.einloom.component;

import java.util.List;
import java.util.Optional;

/**
 * The sum of several numbers.
 *
 * @param what it is
 * @param parts at least one
 */
public record Sum(String what, List<Derivation> parts) implements Derivation {
  public Sum {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a sum of nothing: " + what);
    }
  }

  @Override
  public double value() {
    return parts.stream().mapToDouble(Derivation::value).sum();
  }

  /** Zeros count only where there is nothing else. */
  @Override
  public Standing standing() {
    boolean isZero = value() == 0;
    return parts.stream()
        .filter(p -> isZero || p.value() > 0)
        .map(Derivation::standing)
        .reduce(Standing.PUBLISHED, Derivation::worse);
  }

  @Override
  public boolean extrapolated() {
    return parts.stream().anyMatch(p -> p.value() > 0 && p.extrapolated());
  }

  /** Errors of the parts may coincide: the ends of their ranges add up. */
  @Override
  public Optional<Range> range() {
    double low = 0;
    double high = 0;
    for (Derivation p : parts) {
      Optional<Range> range = p.value() == 0 ? Optional.of(Range.EXACT) : p.range();
      if (range.isEmpty()) {
        return Optional.empty();
      }
      low += p.value() * range.get().low();
      high += p.value() * range.get().high();
    }
    double value = value();
    return Optional.of(
        value == 0 ? Range.EXACT : new Range(Math.min(1, low / value), Math.max(1, high / value)));
  }
}
