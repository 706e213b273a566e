package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Directive;
import org.einloom.io.timeloop.Directive.Factor;
import org.einloom.io.timeloop.Directive.Loops;
import org.einloom.io.timeloop.Directive.Skew;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopMapping;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopProblem.DataSpace;

/**
 * The directives of a mapping, sorted by level, with every name known and every factor a number.
 *
 * @param levels outermost first
 */
record Directives(List<OfLevel> levels, Position at) {
  /**
   * What the mapping says of one level.
   *
   * @param time its loops in time, innermost first
   * @param space its loops in space, innermost first
   * @param split how many of the latter lie along X
   * @param keeps the tensors it holds
   */
  record OfLevel(
      Level level,
      List<Counted> time,
      List<Counted> space,
      int split,
      Set<String> keeps,
      Set<String> noReuse,
      Set<String> noLinks,
      Set<String> noTemporalReuse,
      Set<String> readsFirst,
      Optional<Skew> skew) {}

  /** A loop with its iterations. */
  record Counted(String dimension, long count, long last) {}

  static Directives of(
      TimeloopMapping mapping, TimeloopArchitecture architecture, TimeloopProblem problem) {
    List<String> names = architecture.storage().stream().map(Level::name).toList();
    Map<String, Loops> time = new HashMap<>();
    Map<String, Loops> space = new HashMap<>();
    Map<String, Skew> skews = new HashMap<>();
    Map<String, Set<String>> keeps = new LinkedHashMap<>();
    Set<String> spaces = new LinkedHashSet<>();
    problem.dataSpaces().stream().map(DataSpace::name).forEach(spaces::add);
    names.forEach(n -> keeps.put(n, new LinkedHashSet<>(spaces)));
    for (Directive d : mapping.directives()) {
      if (!names.contains(d.target())) {
        throw Translation.unknown(d.at(), "target of a directive", d.target(), names);
      }
      switch (d) {
        case Loops l -> {
          checkNames(l, problem, spaces);
          Loops first = (l.spatial() ? space : time).putIfAbsent(l.target(), l);
          if (first != null) {
            throw d.at()
                .error(
                    "a second %s directive for '%s'"
                        .formatted(l.spatial() ? "spatial" : "temporal", l.target()),
                    "the first is in line " + first.at().line());
          }
        }
        case Directive.Bypass b -> {
          check(b.keep(), spaces, "tensor", b.at());
          check(b.bypass(), spaces, "tensor", b.at());
          Set<String> kept = java.util.Objects.requireNonNull(keeps.get(b.target()));
          kept.addAll(b.keep());
          kept.removeAll(b.bypass());
        }
        case Skew s -> skews.put(s.target(), s);
      }
    }
    for (String space1 : spaces) {
      if (keeps.values().stream().noneMatch(k -> k.contains(space1))) {
        throw mapping
            .at()
            .error("no level keeps '" + space1 + "'", "expected at least the outermost to keep it");
      }
    }
    Map<String, Long> remaining = remaining(mapping, problem);
    List<OfLevel> levels = new ArrayList<>();
    for (Level level : architecture.storage()) {
      Optional<Loops> t = Optional.ofNullable(time.get(level.name()));
      Optional<Loops> s = Optional.ofNullable(space.get(level.name()));
      Set<String> noReuse = new LinkedHashSet<>();
      Set<String> noLinks = new LinkedHashSet<>();
      Set<String> noTemporal = new LinkedHashSet<>();
      Set<String> readsFirst = new LinkedHashSet<>();
      for (Optional<Loops> l : List.of(t, s)) {
        l.ifPresent(
            x -> {
              noReuse.addAll(x.noReuse());
              noLinks.addAll(x.noLinkTransfer());
              noTemporal.addAll(x.noTemporalReuse());
              readsFirst.addAll(x.rmwFirstUpdate());
            });
      }
      levels.add(
          new OfLevel(
              level,
              t.map(l -> counted(l, problem, remaining)).orElse(List.of()),
              s.map(l -> counted(l, problem, remaining)).orElse(List.of()),
              s.map(Loops::split).orElse(OptionalInt.empty()).orElse(Integer.MAX_VALUE),
              java.util.Objects.requireNonNull(keeps.get(level.name())),
              noReuse,
              noLinks,
              noTemporal,
              readsFirst,
              Optional.ofNullable(skews.get(level.name()))));
    }
    return new Directives(levels, mapping.at());
  }

  private static void checkNames(Loops l, TimeloopProblem problem, Set<String> spaces) {
    Set<String> dimensions = problem.mappedExtents().keySet();
    check(l.permutation(), dimensions, "dimension", l.at());
    l.factors().forEach((name, f) -> check(List.of(name), dimensions, "dimension", f.at()));
    if (new LinkedHashSet<>(l.permutation()).size() < l.permutation().size()) {
      throw l.at().error("a permutation names a dimension twice", "expected each once");
    }
    for (Set<String> names :
        List.of(l.noReuse(), l.noLinkTransfer(), l.noTemporalReuse(), l.rmwFirstUpdate())) {
      check(names, spaces, "tensor", l.at());
    }
    String result =
        problem.dataSpaces().stream()
            .filter(DataSpace::readWrite)
            .map(DataSpace::name)
            .collect(java.util.stream.Collectors.joining());
    for (String name : l.rmwFirstUpdate()) {
      if (!name.equals(result)) {
        throw l.at()
            .error(
                "'rmw_first_update' names %s, which nothing updates".formatted(Words.quote(name)),
                "expected the result, " + Words.quote(result));
      }
    }
  }

  private static void check(
      Collection<String> names, Collection<String> known, String what, Position at) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw Translation.unknown(at, what, name, known);
      }
    }
  }

  /** What a factor of 0 stands for: what the other factors leave of a dimension. */
  private static Map<String, Long> remaining(TimeloopMapping mapping, TimeloopProblem problem) {
    Map<String, Long> left = new HashMap<>(problem.mappedExtents());
    Map<String, Factor> open = new HashMap<>();
    for (Directive d : mapping.directives()) {
      if (!(d instanceof Loops loops)) {
        continue;
      }
      for (Map.Entry<String, Factor> e : loops.factors().entrySet()) {
        String name = e.getKey();
        Factor f = e.getValue();
        if (f.count() == 0) {
          if (open.put(name, f) != null) {
            throw f.at()
                .error(
                    "a second factor 0 of " + Words.quote(name),
                    "0 means whatever remains, so there can be one");
          }
        } else if (f.last() < 1 || f.last() > f.count()) {
          throw f.at()
              .error(
                  "factor %d,%d of %s".formatted(f.count(), f.last(), Words.quote(name)),
                  "expected the iterations of the last turn to be from 1 to " + f.count());
        }
      }
    }
    open.forEach(
        (name, at) -> {
          long product = 1;
          for (Directive d : mapping.directives()) {
            if (d instanceof Loops loops) {
              Factor f = loops.factors().get(name);
              if (f != null && f.count() > 0) {
                if (f.count() != f.last()) {
                  throw at.at()
                      .error(
                          "0 as a factor of %s, another factor of which is smaller in its last turn"
                              .formatted(Words.quote(name)),
                          "expected a number");
                }
                product = Math.multiplyExact(product, f.count());
              }
            }
          }
          long extent = java.util.Objects.requireNonNull(left.get(name));
          if (extent % product != 0) {
            throw at.at()
                .error(
                    "the other factors of %s come to %d, which does not divide its %d"
                        .formatted(Words.quote(name), product, extent),
                    "so there is no factor for 0 to stand for");
          }
          left.put(name, extent / product);
        });
    return left;
  }

  /** In the order of the permutation, and then that of the problem; the innermost first. */
  private static List<Counted> counted(
      Loops l, TimeloopProblem problem, Map<String, Long> remaining) {
    Set<String> order = new LinkedHashSet<>(l.permutation());
    order.addAll(problem.mappedExtents().keySet());
    List<Counted> loops = new ArrayList<>();
    for (String name : order) {
      Factor f = l.factors().get(name);
      if (f == null) {
        loops.add(new Counted(name, 1, 1));
      } else if (f.count() == 0) {
        long count = java.util.Objects.requireNonNull(remaining.get(name));
        loops.add(new Counted(name, count, count));
      } else {
        loops.add(new Counted(name, f.count(), f.last()));
      }
    }
    return loops;
  }
}
