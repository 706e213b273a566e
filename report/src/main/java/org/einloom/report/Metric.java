package org.einloom.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * One of the figures by which designs are compared.
 *
 * @param label for people
 * @param key for programs, with its unit
 * @param value of a result; empty where it is not known
 * @param shown for people, with its unit
 * @param difference whether designs differ in it by so much rather than by so many times
 */
record Metric(
    String label,
    String key,
    Function<Contender, OptionalDouble> value,
    DoubleFunction<String> shown,
    boolean difference) {
  private static final double PJ = 1e-12;
  private static final double TERA = 1e12;

  static final List<Metric> ALL =
      List.of(
          new Metric(
              "accuracy",
              "accuracyPercent",
              Contender::accuracyPercent,
              v -> Si.significant(v, 4) + "%",
              true),
          times("latency", "latencyS", c -> c.summary().latency(), v -> Si.of(v, "s")),
          times(
              "throughput",
              "throughputPerS",
              c -> c.summary().rates().throughputPerS(),
              v -> Si.of(v, "/s")),
          times(
              "energy",
              "energyPj",
              c -> OptionalDouble.of(c.summary().energyPj()),
              v -> Si.of(v * PJ, "J")),
          times("power", "powerW", c -> c.summary().rates().powerW(), v -> Si.of(v, "W")),
          times(
              "energy x latency",
              "energyDelayPjS",
              c -> c.summary().rates().energyDelayPjS(),
              v -> Si.of(v * PJ, "Js")),
          times("area", "areaUm2", c -> c.summary().area(), Si::area),
          times(
              "performance", "tops", c -> c.summary().rates().tops(), v -> Si.of(v * TERA, "OPS")),
          times(
              "efficiency",
              "topsPerW",
              c -> c.summary().rates().topsPerW(),
              v -> Si.figure(v, 3) + " TOPS/W"),
          times("utilization", "utilization", c -> c.summary().utilization(), Si::percent),
          times(
              "outermost traffic",
              "outermostBits",
              c -> OptionalDouble.of(c.summary().outermost().bits()),
              v -> Si.of(v / Byte.SIZE, "B")));

  private static Metric times(
      String label,
      String key,
      Function<Contender, OptionalDouble> value,
      DoubleFunction<String> shown) {
    return new Metric(label, key, value, shown, false);
  }

  OptionalDouble of(Contender c) {
    return value.apply(c);
  }

  /** The value as people read it. */
  String cell(Contender c) {
    OptionalDouble v = of(c);
    return v.isPresent() ? shown.apply(v.getAsDouble()) : "-";
  }

  /** How many times the first one's value it is; empty where that says nothing. */
  OptionalDouble ratio(Contender c, Contender first) {
    OptionalDouble v = of(c);
    OptionalDouble base = of(first);
    return difference || v.isEmpty() || base.isEmpty() || base.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(v.getAsDouble() / base.getAsDouble());
  }

  /** The ratio, or the difference, as people read it. */
  String against(Contender c, Contender first) {
    if (difference && of(c).isPresent() && of(first).isPresent()) {
      double more = of(c).getAsDouble() - of(first).getAsDouble();
      // floating point makes 0.30000000000000426 of 76.4 - 76.1
      String rounded = String.format(Locale.ROOT, "%+.2f", more);
      return rounded.replaceFirst("\\.?0+$", "");
    }
    OptionalDouble ratio = ratio(c, first);
    return ratio.isPresent() ? Si.figure(ratio.getAsDouble(), 3) + "x" : "-";
  }
}
