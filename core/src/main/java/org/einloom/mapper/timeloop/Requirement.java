package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.mapper.timeloop.NestSpace.Level;
import org.einloom.mapper.timeloop.NestSpace.Range;

/**
 * Something that is asked of mappings, or that hardware sets, and the same problem without it.
 *
 * @param says what it is, in words
 */
record Requirement(String says, NestSpace space, Machine machine) {

  /** All that are asked, those of single loops first. */
  static List<Requirement> of(NestSpace space, Machine machine) {
    List<Requirement> all = new ArrayList<>();
    for (int p = 0; p < space.levels().size(); p++) {
      Level l = space.levels().get(p);
      int at = p;
      new TreeMap<>(l.time())
          .forEach(
              (d, r) ->
                  add(all, space, machine, at, range(d, r) + " of the loops in time", timed(l, d)));
      new TreeMap<>(l.space())
          .forEach(
              (d, r) ->
                  add(
                      all,
                      space,
                      machine,
                      at,
                      range(d, r) + " of the loops in space",
                      spaced(l, d)));
      for (String t : new TreeSet<>(l.keeps())) {
        add(
            all,
            space,
            machine,
            p,
            "'keep: " + t + "'",
            kept(l, without(l.keeps(), t), l.bypasses()));
      }
      for (String t : new TreeSet<>(l.bypasses())) {
        add(
            all,
            space,
            machine,
            p,
            "'bypass: " + t + "'",
            kept(l, l.keeps(), without(l.bypasses(), t)));
      }
    }
    for (int p = 0; p < space.levels().size(); p++) {
      Machine.Level m = machine.levels().get(p);
      if (m.capacityWords().isPresent()) {
        List<Machine.Level> levels = new ArrayList<>(machine.levels());
        levels.set(p, unlimited(m));
        String says =
            "the %d words that '%s' holds".formatted(m.capacityWords().getAsLong(), m.memory());
        all.add(new Requirement(says, space, new Machine(levels)));
      }
    }
    if (space.leastParallelism() > 0) {
      String says = "the least parallelism of " + space.leastParallelism();
      all.add(new Requirement(says, new NestSpace(space.einsum(), space.levels(), 0), machine));
    }
    return all;
  }

  private static void add(
      List<Requirement> to, NestSpace space, Machine machine, int p, String says, Level level) {
    List<Level> levels = new ArrayList<>(space.levels());
    levels.set(p, level);
    to.add(
        new Requirement(
            says + " of '" + level.memory() + "'",
            new NestSpace(space.einsum(), levels, space.leastParallelism()),
            machine));
  }

  private static String range(String dimension, Range r) {
    if (r.least() == r.most()) {
      return "'%s=%d'".formatted(dimension, r.least());
    }
    return r.most() == Long.MAX_VALUE
        ? "'%s>=%d'".formatted(dimension, r.least())
        : "'%s<=%d'".formatted(dimension, r.most());
  }

  private static Level timed(Level l, String dimension) {
    Map<String, Range> time = new HashMap<>(l.time());
    time.remove(dimension);
    return with(l, l.keeps(), l.bypasses(), time, l.space());
  }

  private static Level spaced(Level l, String dimension) {
    Map<String, Range> space = new HashMap<>(l.space());
    space.remove(dimension);
    return with(l, l.keeps(), l.bypasses(), l.time(), space);
  }

  private static Level kept(Level l, Set<String> keeps, Set<String> bypasses) {
    return with(l, keeps, bypasses, l.time(), l.space());
  }

  private static Level with(
      Level l,
      Set<String> keeps,
      Set<String> bypasses,
      Map<String, Range> time,
      Map<String, Range> space) {
    return new Level(
        l.memory(),
        keeps,
        bypasses,
        time,
        l.timeOrder(),
        space,
        l.spaceOrder(),
        l.alongX(),
        l.alongY(),
        l.noReuse());
  }

  private static Set<String> without(Set<String> names, String one) {
    Set<String> rest = new HashSet<>(names);
    rest.remove(one);
    return rest;
  }

  private static Machine.Level unlimited(Machine.Level l) {
    return new Machine.Level(
        l.memory(),
        l.fan(),
        l.blockWords(),
        OptionalLong.empty(),
        l.readRate(),
        l.writeRate(),
        l.sharedRate(),
        l.rateScale(),
        l.fillCycles(),
        l.drainCycles(),
        l.hopPj(),
        l.routerPj(),
        l.down(),
        l.up());
  }
}
