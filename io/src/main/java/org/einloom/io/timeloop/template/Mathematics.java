package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Real;

/** Functions of numbers, by the names that Python's {@code math} gives them. */
final class Mathematics {
  private static final Map<String, DoubleUnaryOperator> REAL =
      Map.ofEntries(
          Map.entry("exp", Math::exp),
          Map.entry("expm1", Math::expm1),
          Map.entry("log1p", Math::log1p),
          Map.entry("log10", Math::log10),
          Map.entry("log2", Mathematics::log2),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("fabs", Math::abs),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("degrees", Math::toDegrees),
          Map.entry("radians", Math::toRadians));
  private static final Map<String, DoubleUnaryOperator> WHOLE =
      Map.of(
          "ceil",
          Math::ceil,
          "floor",
          Math::floor,
          "trunc",
          x -> x < 0 ? Math.ceil(x) : Math.floor(x));

  private Mathematics() {}

  static void add(Functions f) {
    REAL.forEach((name, of) -> f.add(name, (a, at) -> real(name, of, a)));
    WHOLE.forEach((name, of) -> f.add(name, (a, at) -> whole(of, a)));
    f.constant("pi", Math.PI);
    f.constant("e", Math.E);
    f.constant("tau", Math.TAU);
    f.constant("inf", Double.POSITIVE_INFINITY);
    f.add("log", (a, at) -> logarithm(a));
    f.add(
        "pow",
        (a, at) -> {
          a.expect(2, 2);
          return Operators.apply("**", a.get(0, "x"), a.get(1, "y"), new Budget(), at);
        });
    f.add(
        "gcd",
        (a, at) -> {
          a.expect(2, 2);
          return new Int(gcd(a.whole(0, "a"), a.whole(1, "b"), at));
        });
    f.add(
        "prod",
        (a, at) -> {
          a.expect(1, 1);
          Value product = new Int(1);
          for (Value v : Conversions.members(a.get(0, "list"), "what 'prod' is given", at)) {
            product = Operators.apply("*", product, v, new Budget(), at);
          }
          return product;
        });
    f.add(
        "isqrt",
        (a, at) -> {
          a.expect(1, 1);
          return new Int(root(a.whole(0, "n"), at));
        });
    f.add(
        "factorial",
        (a, at) -> {
          a.expect(1, 1);
          long n = a.whole(0, "n");
          if (n < 0 || n > 20) {
            throw at.error("the factorial of " + n, "expected a number from 0 to 20");
          }
          long product = 1;
          for (long i = 2; i <= n; i++) {
            product *= i;
          }
          return new Int(product);
        });
    f.add(
        "fmod",
        (a, at) -> {
          a.expect(2, 2);
          return new Real(a.number(0, "x") % a.number(1, "y"));
        });
    f.add(
        "hypot",
        (a, at) -> {
          a.expect(2, 2);
          return new Real(Math.hypot(a.number(0, "x"), a.number(1, "y")));
        });
    f.add(
        "isfinite",
        (a, at) -> {
          a.expect(1, 1);
          return Values.of(Double.isFinite(a.number(0, "x")));
        });
  }

  private static Value real(String name, DoubleUnaryOperator of, Arguments a) {
    a.expect(1, 1);
    double x = a.number(0, "x");
    double y = of.applyAsDouble(x);
    if (Double.isNaN(y) || (Double.isInfinite(y) && Double.isFinite(x))) {
      throw a.at().error("there is no " + name + "(" + Printing.text(a.get(0, "x")) + ")");
    }
    return new Real(y);
  }

  private static Value whole(DoubleUnaryOperator of, Arguments a) {
    a.expect(1, 1);
    return a.get(0, "x") instanceof Int i
        ? i
        : Operators.toWhole(of.applyAsDouble(a.number(0, "x")), a.at());
  }

  private static Value logarithm(Arguments a) {
    a.expect(1, 2, "base");
    double x = a.number(0, "x");
    double base = a.find(1, "base") == null ? Math.E : a.number(1, "base");
    if (!(x > 0) || !(base > 0) || base == 1) {
      throw a.at().error("there is no logarithm of " + Printing.text(a.get(0, "x")));
    }
    return new Real(a.find(1, "base") == null ? Math.log(x) : Math.log(x) / Math.log(base));
  }

  /** Exact at powers of two, which is where widths of addresses are taken from. */
  private static double log2(double a) {
    int exponent = Math.getExponent(a);
    return a > 0 && a == Math.scalb(1.0, exponent) ? exponent : Math.log(a) / Math.log(2);
  }

  private static long gcd(long a, long b, Position at) {
    for (long value : List.of(a, b)) {
      if (value == Long.MIN_VALUE) {
        throw Operators.overflow(at);
      }
    }
    long x = Math.abs(a);
    long y = Math.abs(b);
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  private static long root(long n, Position at) {
    if (n < 0) {
      throw at.error("there is no root of " + n);
    }
    long root = (long) Math.sqrt((double) n);
    while (root > 0 && root > n / root) {
      root--;
    }
    while ((root + 1) <= n / (root + 1)) {
      root++;
    }
    return root;
  }
}
