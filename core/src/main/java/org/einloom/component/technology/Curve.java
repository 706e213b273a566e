package org.einloom.component.technology;

import java.util.function.DoubleUnaryOperator;

/**
 * A line through points, monotone wherever the points are: straight between neighbours, plainly or
 * on logarithmic scales. Beyond its ends it goes on as between the last two.
 */
public final class Curve {
  private final double[] x;
  private final double[] y;
  private final DoubleUnaryOperator from;

  private Curve(double[] x, double[] y, DoubleUnaryOperator to, DoubleUnaryOperator from) {
    if (x.length != y.length || x.length < 2) {
      throw new IllegalArgumentException("a curve needs two points or more");
    }
    this.x = new double[x.length];
    this.y = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      this.x[i] = to.applyAsDouble(x[i]);
      this.y[i] = to.applyAsDouble(y[i]);
      if (i > 0 && x[i] <= x[i - 1]) {
        throw new IllegalArgumentException("the points of a curve ascend");
      }
    }
    this.to = to;
    this.from = from;
  }

  private final DoubleUnaryOperator to;

  /** Straight between points. */
  public static Curve linear(double[] x, double[] y) {
    return new Curve(x, y, DoubleUnaryOperator.identity(), DoubleUnaryOperator.identity());
  }

  /** A power law between points; all numbers are more than 0. */
  public static Curve powers(double[] x, double[] y) {
    return new Curve(x, y, Math::log, Math::exp);
  }

  /** The value there; exactly the point's, but for rounding, at a point. */
  public double at(double where) {
    double at = to.applyAsDouble(where);
    int i = 1;
    while (i < x.length - 1 && at > x[i]) {
      i++;
    }
    double share = (at - x[i - 1]) / (x[i] - x[i - 1]);
    return from.applyAsDouble(y[i - 1] * (1 - share) + y[i] * share);
  }
}
