package org.einloom.io.timeloop.against;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.timeloop.stats.TimeloopStats;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Finds what differs, and why: where taking a rule of Timeloop's away gives our figure, that rule
 * is the reason; where adding one gives theirs, Timeloop was run so. What no switch takes away is
 * told by what the mapping has that the rule is about.
 */
public final class Against {
  private static final Map<Switch, String> RULES = rules();

  /** What Timeloop's rules have and these do not: tried one by one, and in pairs. */
  private static final List<Switch> OWN =
      List.of(
          Switch.NO_LINKS,
          Switch.NO_REFETCH,
          Switch.NO_BOXES,
          Switch.SHARED_WORDS,
          Switch.ONE_FILLED,
          Switch.DRAINS_READ,
          Switch.NO_CEILINGS,
          Switch.NO_PADDING,
          Switch.ALL_AREA);

  private static final double ROUNDING = 1e-9;

  private final TimeloopModel model;
  private final Nest nest;
  private final Optional<Switches> accounting;
  private final Map<Switches, Optional<Evaluation>> accounts = new HashMap<>();

  private Against(TimeloopModel model, Optional<Switches> accounting) {
    this.model = model;
    this.nest = model.mapping().orElseThrow().nest();
    this.accounting = accounting;
  }

  private static Map<Switch, String> rules() {
    var rules = new EnumMap<Switch, String>(Switch.class);
    rules.put(Switch.NO_LINKS, "neighbours hand words on to each other");
    rules.put(Switch.NO_REFETCH, "a tile that moves along two axes, or turns, is fetched anew");
    rules.put(Switch.NO_BOXES, "tiles are boxes, with the words between those that are touched");
    rules.put(Switch.SHARED_WORDS, "only tiles that are equal are shared by several children");
    rules.put(
        Switch.ONE_FILLED,
        "each child that adds up a word is filled with its starting value, not one of them");
    rules.put(Switch.DRAINS_READ, "results that leave are not read");
    rules.put(Switch.NO_CEILINGS, "accesses are rounded up to whole blocks");
    rules.put(Switch.NO_PADDING, "loops that end in a smaller turn are padded");
    rules.put(Switch.ALL_AREA, "the area of one compute counts, not that of all");
    return rules;
  }

  /**
   * Compares.
   *
   * @param ours the evaluation of the model's mapping
   * @param accounting by which of Timeloop's rules it is; empty for Einloom's own
   * @throws org.einloom.io.input.InputException if the statistics are of something else
   */
  public static Comparison compare(
      TimeloopModel model, Evaluation ours, Optional<Switches> accounting, TimeloopStats stats) {
    var against = new Against(model, accounting);
    List<Figure> figures =
        Figures.of(model, stats).stream()
            .filter(f -> !Double.isNaN(f.of().applyAsDouble(ours)))
            .toList();
    List<Difference> differences = new ArrayList<>();
    for (Figure f : figures) {
      if (!f.agrees(ours)) {
        differences.add(
            new Difference(
                f.name(), f.of().applyAsDouble(ours), f.printed(), against.why(f, ours)));
      }
    }
    return new Comparison(figures.size(), differences);
  }

  private String why(Figure f, Evaluation ours) {
    Optional<Evaluation> theirs = account(accounting.orElse(Switches.NONE));
    if (theirs.isEmpty()) {
      return "Timeloop's rules are not modelled for this mapping";
    }
    if (accounting.isEmpty() && f.agrees(theirs.get())) {
      return "in Timeloop " + rule(f, ours).orElseGet(() -> byKind(f));
    }
    for (Switch s : Switch.values()) {
      Switches other = toggled(accounting.orElse(Switches.NONE), s);
      if (account(other).filter(f::agrees).isPresent()) {
        return "agrees with --accounting " + other.policyName();
      }
    }
    return "no rules of Timeloop's give it for these files: another version, or other files?";
  }

  private static Switches toggled(Switches switches, Switch s) {
    Set<Switch> on = EnumSet.noneOf(Switch.class);
    on.addAll(switches.on());
    if (!on.remove(s)) {
      on.add(s);
    }
    return new Switches(on);
  }

  private Optional<Evaluation> account(Switches switches) {
    return accounts.computeIfAbsent(
        switches,
        s -> {
          try {
            return Optional.of(model.account(s).evaluation());
          } catch (InvalidSpecException e) {
            return Optional.empty(); // what it does not model explains nothing
          }
        });
  }

  /** The rule, or the fewest together, without which Timeloop's figure is ours. */
  private Optional<String> rule(Figure f, Evaluation ours) {
    double own = f.of().applyAsDouble(ours);
    for (Switch a : OWN) {
      if (isOurs(f, own, EnumSet.of(a))) {
        return Optional.ofNullable(RULES.get(a));
      }
    }
    for (Switch a : OWN) {
      for (Switch b : OWN) {
        if (a.compareTo(b) < 0 && isOurs(f, own, EnumSet.of(a, b))) {
          return Optional.of(RULES.get(a) + ", and " + RULES.get(b));
        }
      }
    }
    Set<Switch> all = EnumSet.copyOf(OWN);
    if (!isOurs(f, own, all)) {
      return Optional.empty();
    }
    for (Switch s : OWN) {
      Set<Switch> fewer = EnumSet.copyOf(all);
      fewer.remove(s);
      if (isOurs(f, own, fewer)) {
        all = fewer;
      }
    }
    return Optional.of(all.stream().map(RULES::get).collect(Collectors.joining(", and ")));
  }

  private boolean isOurs(Figure f, double own, Set<Switch> without) {
    return account(new Switches(without))
        .filter(
            e -> Math.abs(f.of().applyAsDouble(e) - own) <= ROUNDING * Math.max(1, Math.abs(own)))
        .isPresent();
  }

  /** What no switch takes away. */
  private String byKind(Figure f) {
    if (f.kind() == Figure.Kind.ENERGY) {
      boolean result = f.tensor().equals(model.einsum().output().name());
      boolean whole = f.tensor().isEmpty();
      return result || whole
          ? "results that leave are not read, which costs nothing; and as counts differ"
          : "as counts differ";
    }
    if (f.kind() == Figure.Kind.TIME) {
      return "rates are of words and shared otherwise, as is what is padded";
    }
    if (nest.levels().stream().anyMatch(l -> l.skew().isPresent())) {
      return "of children that a skew turns, one is looked at in each place";
    }
    if (!nest.isPerfect()) {
      return "loops that end in a smaller turn are counted as if they did not, here and there";
    }
    if (f.tensor().isEmpty()) {
      return "it is counted otherwise";
    }
    TensorAccess tensor = model.einsum().tensor(f.tensor());
    if (tensor.equals(model.einsum().output())) {
      return "each child that adds up a word is filled with its starting value, not one of them";
    }
    boolean gaps =
        tensor.ranks().stream()
            .flatMap(r -> r.expression().terms().stream())
            .anyMatch(t -> t.coefficient() > 1);
    return gaps
        ? "tiles are boxes, with the words between; and only tiles that are equal are shared"
        : "children that ask for some of the same words, and some others, share none";
  }
}
