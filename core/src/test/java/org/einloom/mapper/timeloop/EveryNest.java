package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.einloom.evaluation.timeloop.Fan;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.workload.TensorAccess;

/**
 * Every mapping of a space, written down from its definition: factors first, then axes, orders, and
 * what is kept.
 */
final class EveryNest {
  private final NestSpace space;
  private final Machine machine;
  private final Consumer<Nest> to;
  private final long limit;
  private final List<String> dims;
  private final Map<String, Long> extents;
  private long made;

  /** Too many. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private EveryNest(NestSpace space, Machine machine, long limit, Consumer<Nest> to) {
    this.space = space;
    this.machine = machine;
    this.limit = limit;
    this.to = to;
    var all = new java.util.LinkedHashMap<String, Long>();
    space.einsum().variables().forEach(v -> all.put(v.name(), v.extent()));
    extents = all;
    dims = List.copyOf(all.keySet());
  }

  static void of(NestSpace space, Machine machine, long limit, Consumer<Nest> to) {
    var every = new EveryNest(space, machine, limit, to);
    every.level(0, every.extents, new ArrayList<>());
  }

  private void level(int p, Map<String, Long> left, List<Nest.Level> chosen) {
    if (p == space.levels().size()) {
      if (left.values().stream().allMatch(x -> x == 1)) {
        if (++made > limit) {
          throw new TooMany();
        }
        to.accept(new Nest(space.einsum(), chosen, List.of()));
      }
      return;
    }
    NestSpace.Level level = space.levels().get(p);
    Fan.Mesh mesh = machine.levels().get(p).fan();
    boolean last = p + 1 == space.levels().size(); // whose loops in space take all that is left
    for (Set<String> keeps : keeps(p, level)) {
      loops(
          level.time(),
          left,
          false,
          0,
          new ArrayList<>(),
          (time, afterTime) -> {
            if (last && product(afterTime.values()) > mesh.x() * mesh.y()) {
              return;
            }
            for (List<Nest.Loop> ordered : orders(time, level.timeOrder())) {
              loops(
                  level.space(),
                  afterTime,
                  last,
                  0,
                  new ArrayList<>(),
                  (spatial, after) -> {
                    for (List<Nest.Loop> placed : placements(p, spatial)) {
                      List<Nest.Level> with = new ArrayList<>(chosen);
                      with.add(
                          new Nest.Level(
                              level.memory(),
                              keeps,
                              ordered,
                              placed,
                              level.noReuse().inSpace(),
                              level.noReuse().byNeighbours(),
                              level.noReuse().inTime(),
                              level.noReuse().firstRead(),
                              Optional.empty()));
                      level(p + 1, after, with);
                    }
                  });
            }
          });
    }
  }

  private interface Then {
    void accept(List<Nest.Loop> loops, Map<String, Long> left);
  }

  private void loops(
      Map<String, NestSpace.Range> ranges,
      Map<String, Long> left,
      boolean whole,
      int d,
      List<Nest.Loop> chosen,
      Then then) {
    if (d == dims.size()) {
      then.accept(List.copyOf(chosen), left);
      return;
    }
    String name = dims.get(d);
    long of = java.util.Objects.requireNonNull(left.get(name));
    for (long count = whole ? of : 1; count <= of; count++) {
      NestSpace.Range range = ranges.get(name);
      if (of % count == 0 && (range == null || (range.least() <= count && count <= range.most()))) {
        var after = new java.util.LinkedHashMap<>(left);
        after.put(name, of / count);
        if (count > 1) {
          chosen.add(new Nest.Loop(name, count, count, Nest.Axis.TIME));
        }
        loops(ranges, after, whole, d + 1, chosen, then);
        if (count > 1) {
          chosen.removeLast();
        }
      }
    }
  }

  /** Orders, outermost first, of which the innermost are as asked. */
  private static List<List<Nest.Loop>> orders(List<Nest.Loop> loops, List<String> asked) {
    List<List<Nest.Loop>> all = new ArrayList<>();
    permute(new ArrayList<>(loops), new ArrayList<>(), all);
    all.removeIf(
        order -> {
          List<String> names =
              new ArrayList<>(order.stream().map(Nest.Loop::dimension).toList()).reversed();
          List<String> first = asked.stream().filter(names::contains).toList();
          return !names.subList(0, first.size()).equals(first);
        });
    return all;
  }

  private static void permute(
      List<Nest.Loop> rest, List<Nest.Loop> chosen, List<List<Nest.Loop>> to) {
    if (rest.isEmpty()) {
      to.add(List.copyOf(chosen));
    }
    for (Nest.Loop l : List.copyOf(rest)) {
      List<Nest.Loop> others = new ArrayList<>(rest);
      others.remove(l);
      chosen.add(l);
      permute(others, chosen, to);
      chosen.removeLast();
    }
  }

  private List<List<Nest.Loop>> placements(int p, List<Nest.Loop> loops) {
    NestSpace.Level level = space.levels().get(p);
    Fan.Mesh mesh = machine.levels().get(p).fan();
    List<List<Nest.Loop>> all = new ArrayList<>();
    if (product(counts(loops)) > mesh.x() * mesh.y()) {
      return all; // however they are placed
    }
    for (int bits = 0; bits < 1 << loops.size(); bits++) {
      List<Nest.Loop> x = new ArrayList<>();
      List<Nest.Loop> y = new ArrayList<>();
      for (int i = 0; i < loops.size(); i++) {
        Nest.Loop l = loops.get(i);
        boolean alongX = (bits >> i & 1) == 0;
        (alongX ? x : y)
            .add(
                new Nest.Loop(
                    l.dimension(), l.count(), l.last(), alongX ? Nest.Axis.X : Nest.Axis.Y));
      }
      boolean may =
          product(counts(x)) <= mesh.x()
              && product(counts(y)) <= mesh.y()
              && x.stream().allMatch(l -> level.alongX().contains(l.dimension()))
              && y.stream().allMatch(l -> level.alongY().contains(l.dimension()));
      if (may) {
        for (List<Nest.Loop> a : orders(y, level.spaceOrder())) {
          for (List<Nest.Loop> b : orders(x, level.spaceOrder())) {
            List<Nest.Loop> both = new ArrayList<>(a);
            both.addAll(b);
            all.add(both);
          }
        }
      }
    }
    return all;
  }

  private static List<Long> counts(List<Nest.Loop> loops) {
    List<Long> counts = new ArrayList<>();
    for (Nest.Loop l : loops) {
      counts.add(l.count());
    }
    return counts;
  }

  private static long product(Iterable<Long> counts) {
    long product = 1;
    for (long count : counts) {
      product *= count;
    }
    return product;
  }

  private List<Set<String>> keeps(int p, NestSpace.Level level) {
    List<String> names = space.einsum().tensors().stream().map(TensorAccess::name).toList();
    List<Set<String>> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << names.size(); bits++) {
      Set<String> kept = new HashSet<>();
      for (int t = 0; t < names.size(); t++) {
        if ((bits >> t & 1) == 1) {
          kept.add(names.get(t));
        }
      }
      if (kept.containsAll(level.keeps())
          && level.bypasses().stream().noneMatch(kept::contains)
          && (p > 0 || kept.size() == names.size())) {
        all.add(kept);
      }
    }
    return all;
  }
}
