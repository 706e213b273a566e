package org.einloom.mapper.conflict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.einloom.arch.Fanout;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraint.LoopOrder;
import org.einloom.constraint.Constraint.MaxArea;
import org.einloom.constraint.Constraint.MaxEnergy;
import org.einloom.constraint.Constraint.MaxLatency;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.conflict.Feasibility.Value;
import org.einloom.workload.RankVariable;

/**
 * How much weaker a demand has to be.
 *
 * @param exists whether there is a mapping, for sure
 * @param feasibility may know the least cost without further questions
 * @param demand the one that is too strong
 * @param without a question without it, which has a mapping
 */
record DemandRemedies(
    Predicate<Question> exists, Feasibility feasibility, Constraint demand, Question without) {
  private static final List<Map.Entry<String, Integer>> ENERGY_PJ =
      List.of(
          Map.entry("J", 12),
          Map.entry("mJ", 9),
          Map.entry("uJ", 6),
          Map.entry("nJ", 3),
          Map.entry("pJ", 0),
          Map.entry("fJ", -3),
          Map.entry("aJ", -6));
  private static final List<Map.Entry<String, Integer>> TIME_S =
      List.of(
          Map.entry("s", 0),
          Map.entry("ms", -3),
          Map.entry("us", -6),
          Map.entry("ns", -9),
          Map.entry("ps", -12));
  private static final List<Map.Entry<String, Integer>> AREA_UM2 =
      List.of(Map.entry("m2", 12), Map.entry("mm2", 6), Map.entry("um2", 0), Map.entry("nm2", -6));

  /** Less than any limit that makes sense, in the units above. */
  private static final double TINY = 1e-18;

  /** No loops over an extent that can be searched iterate more often. */
  private static final long LARGEST_FACTOR = 1L << 40;

  /** As many decades above a limit are tried. */
  private static final long DECADES = 60;

  String text() {
    String origin = demand.origin();
    return switch (demand) {
      case Constraint.Kept c -> drop();
      case Constraint.Bypassed c -> drop();
      case TemporalFactor f ->
          factor(
              f.least(),
              f.most(),
              variable(f.variable()) + " at " + f.memory(),
              (a, b) -> new TemporalFactor(origin, f.memory(), f.variable(), a, b));
      case SpatialFactor f ->
          factor(
              f.least(),
              f.most(),
              variable(f.variable()) + " on " + dimension(f),
              (a, b) -> new SpatialFactor(origin, f.fanout(), f.dimension(), f.variable(), a, b));
      case LoopOrder o -> order(o);
      case SpatialVariables v -> variables(v);
      case MinUtilization u -> utilization(u);
      case MaxEnergy m ->
          limit(m.energyPj(), least(Objective.ENERGY), ENERGY_PJ, x -> new MaxEnergy(origin, x));
      case MaxLatency m ->
          limit(m.latencyS(), least(Objective.LATENCY), TIME_S, x -> new MaxLatency(origin, x));
      case MaxArea m -> limit(m.areaUm2(), area(), AREA_UM2, x -> new MaxArea(origin, x));
    };
  }

  private String variable(String name) {
    return "the factor of %s (of extent %d)".formatted(name, without.einsum().extent(name));
  }

  private String dimension(SpatialFactor factor) {
    Fanout fanout = (Fanout) without.architecture().node(factor.fanout());
    return fanout.dimensions().stream()
        .filter(d -> d.name().equals(factor.dimension()))
        .map(d -> "%s.%s (of size %d)".formatted(fanout.name(), d.name(), d.size()))
        .findFirst()
        .orElseThrow();
  }

  private boolean allows(Constraint weaker) {
    return exists.test(without.with(weaker));
  }

  private String drop() {
    return "drop " + what();
  }

  /** What was written, without the place. */
  private String what() {
    int place = demand.origin().indexOf(": ");
    return place < 0 ? demand.origin() : demand.origin().substring(place + 2);
  }

  @FunctionalInterface
  private interface Range {
    Constraint of(long least, long most);
  }

  /** Any factor is at most the upper or at least the lower bound, so one of them will do. */
  private String factor(long least, long most, String what, Range range) {
    List<String> ways = new ArrayList<>();
    if (least > 1 && allows(range.of(1, most))) {
      Steps.last(least, 1, x -> allows(range.of(x, most)))
          .ifPresent(x -> way("go down to ", x, least, most, range, ways));
    }
    if (most < LARGEST_FACTOR && allows(range.of(least, LARGEST_FACTOR))) {
      Steps.first(most, LARGEST_FACTOR, x -> allows(range.of(least, x)))
          .ifPresent(x -> way("go up to ", x, least, most, range, ways));
    }
    if (ways.isEmpty()) {
      return drop();
    }
    return "let " + what + (least == most ? " be " : " ") + String.join(" or ", ways);
  }

  /** Where a number was asked for, another one has to do by itself. */
  private void way(String how, long factor, long least, long most, Range range, List<String> ways) {
    if (least < most) {
      ways.add(how + factor);
    } else if (allows(range.of(factor, factor))) {
      ways.add(String.valueOf(factor));
    }
  }

  /** The first of an order ask less than all of it. */
  private String order(LoopOrder order) {
    List<String> variables = order.variables();
    for (int n = variables.size() - 1; n > 0; n--) {
      List<String> fewer =
          order.innermost()
              ? variables.subList(variables.size() - n, variables.size())
              : variables.subList(0, n);
      if (allows(new LoopOrder(order.origin(), order.memory(), fewer, order.innermost()))) {
        return "shorten " + what() + " to " + fewer;
      }
    }
    return drop();
  }

  private String variables(SpatialVariables spread) {
    String place = spread.fanout() + "." + spread.dimension();
    List<String> helpful =
        without.einsum().variables().stream()
            .map(RankVariable::name)
            .filter(v -> !spread.variables().contains(v))
            .filter(
                v ->
                    allows(
                        new SpatialVariables(
                            spread.origin(),
                            spread.fanout(),
                            spread.dimension(),
                            Edits.plus(spread.variables(), Set.of(v)))))
            .toList();
    return helpful.isEmpty()
        ? drop()
        : "let " + String.join(" or ", helpful) + " be spread on " + place + ", too";
  }

  private String utilization(MinUtilization asked) {
    long children = ((Fanout) without.architecture().node(asked.fanout())).children();
    long enough = (long) Math.ceil(asked.share() * children);
    OptionalLong used =
        Steps.last(
            enough,
            1,
            u -> allows(new MinUtilization(asked.origin(), asked.fanout(), share(u, children))));
    if (used.isEmpty()) {
      return drop();
    }
    BigDecimal percent =
        BigDecimal.valueOf(used.getAsLong())
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(children), new MathContext(4, RoundingMode.FLOOR));
    return "lower %s to %s %% (%d of %d)"
        .formatted(
            what(), percent.stripTrailingZeros().toPlainString(), used.getAsLong(), children);
  }

  private static double share(long used, long children) {
    return (double) used / children;
  }

  private Optional<Value> least(Objective objective) {
    return feasibility.least(without, objective);
  }

  private Optional<Value> area() {
    return Optional.of(new Value(without.architecture().areaUm2(), true));
  }

  private String limit(
      double limit,
      Optional<Value> known,
      List<Map.Entry<String, Integer>> units,
      DoubleFunction<Constraint> demand) {
    if (known.isPresent()) {
      BigDecimal enough = FourDigits.atLeast(Math.max(known.get().value(), TINY));
      String text = "raise " + what() + " to " + FourDigits.text(enough, units);
      return known.get().least() ? text : text + " (less may do)";
    }
    long tooLittle = FourDigits.atMost(Math.max(limit, TINY));
    OptionalLong enough =
        Steps.first(
            tooLittle,
            tooLittle + DECADES * 9_000,
            n -> allows(demand.apply(FourDigits.value(n).doubleValue())));
    return enough.isPresent()
        ? "raise %s to %s"
            .formatted(what(), FourDigits.text(FourDigits.value(enough.getAsLong()), units))
        : drop();
  }
}
