package org.einloom.io.timeloop.model;

import java.util.OptionalLong;
import org.einloom.evaluation.timeloop.Fan;
import org.einloom.io.timeloop.Level;

/** Where the instances of levels are: on a grid, of which each parent has a part. */
final class Meshes {
  private Meshes() {}

  /** The grid of a level: as far as the file gives it; else in one row. */
  static Fan.Mesh of(Level level) {
    OptionalLong x = level.attributes().whole("meshX", 1);
    OptionalLong y = level.attributes().whole("meshY", 1);
    long n = level.instances();
    if (x.isPresent() && y.isPresent()) {
      if (!product(x.getAsLong(), y.getAsLong(), n)) {
        throw wrong(level, "meshX " + x.getAsLong() + " x meshY " + y.getAsLong());
      }
      return new Fan.Mesh(x.getAsLong(), y.getAsLong());
    }
    if (x.isPresent()) {
      if (n % x.getAsLong() != 0) {
        throw wrong(level, "meshX " + x.getAsLong());
      }
      return new Fan.Mesh(x.getAsLong(), n / x.getAsLong());
    }
    if (y.isPresent()) {
      if (n % y.getAsLong() != 0) {
        throw wrong(level, "meshY " + y.getAsLong());
      }
      return new Fan.Mesh(n / y.getAsLong(), y.getAsLong());
    }
    return new Fan.Mesh(n, 1);
  }

  private static boolean product(long x, long y, long n) {
    return n % x == 0 && n / x == y;
  }

  private static org.einloom.io.input.InputException wrong(Level level, String mesh) {
    return level
        .at()
        .error(
            "%s does not fit the %d instances of '%s'"
                .formatted(mesh, level.instances(), level.name()),
            "expected meshX x meshY to be their number");
  }

  /** How many instances of the inner level each of the outer has, along each axis. */
  static Fan.Mesh between(Level outer, Level inner) {
    Fan.Mesh a = of(outer);
    Fan.Mesh b = of(inner);
    if (b.x() % a.x() != 0 || b.y() % a.y() != 0) {
      throw inner
          .at()
          .error(
              "the %d x %d instances of '%s' cannot be shared out among the %d x %d of '%s'"
                  .formatted(b.x(), b.y(), inner.name(), a.x(), a.y(), outer.name()),
              "expected multiples along X and along Y");
    }
    return new Fan.Mesh(b.x() / a.x(), b.y() / a.y());
  }
}
