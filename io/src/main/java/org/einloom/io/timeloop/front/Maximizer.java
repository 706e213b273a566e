package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Factors.Factor;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Value;

/**
 * Writes out {@code maximize_dims}: of each group of dimensions, the factors that use as much of a
 * capacity as they can. Factors are taken prime by prime, so that they divide what is left of a
 * dimension; the last of a dimension larger than the capacity may leave a shorter turn.
 */
final class Maximizer {
  private static final int MOST_TRIES = 200_000;

  /** What is left of every dimension when all factors that are given are taken out. */
  private final Map<String, Long> left = new LinkedHashMap<>();

  private int tries;

  /** Counts what the factors given already take. */
  Maximizer(Map<String, Value> sizes, List<String> dimensions, List<Loops> all) {
    for (String d : dimensions) {
      if (sizes.get(d) instanceof Value.Int size) {
        left.put(d, size.value());
      }
    }
    for (Loops loops : all) {
      for (Factor f : loops.factors) {
        Long rest = left.get(f.dimension());
        if (rest != null && f.sign().equals("=")) {
          long count = f.value() == 0 ? rest : f.value();
          left.put(f.dimension(), Math.ceilDiv(rest, Math.max(1, count)));
        }
      }
    }
  }

  /** Adds the factors for one node. */
  void maximize(Loops loops, long capacity) {
    Tree tree = loops.rules.find("maximize_dims");
    if (tree == null) {
      return;
    }
    for (List<Leaf> group : groups(tree, loops.rules.what())) {
      long rest = capacity;
      for (Factor f : loops.factors) {
        if (!f.sign().equals("<=") && f.value() > 0) {
          rest /= f.value();
        }
      }
      Map<String, Long> sizes = new LinkedHashMap<>();
      for (Leaf d : group) {
        sizes.put(d.value(), size(d, loops));
      }
      tries = 0;
      Map<String, Long> best = best(sizes, rest, tree.at()).factors();
      for (String d : sizes.keySet()) {
        long count = best.getOrDefault(d, 1L);
        loops.add(d, count, tree.at());
        left.merge(d, count, Math::ceilDiv);
      }
    }
  }

  private long size(Leaf dimension, Loops loops) {
    String name = dimension.value();
    if (loops.factors.stream().anyMatch(f -> f.dimension().equals(name))) {
      throw dimension
          .at()
          .error("'maximize_dims' names " + Words.quote(name) + ", which has a factor already");
    }
    Long size = left.get(name);
    if (size == null) {
      throw dimension
          .at()
          .error(
              "'maximize_dims' names " + Words.quote(name) + ", which is no dimension",
              "expected " + Words.list(left.keySet()));
    }
    return size;
  }

  private static List<List<Leaf>> groups(Tree tree, String what) {
    List<Tree> items = Keys.row(tree, "'maximize_dims'");
    boolean flat = items.stream().noneMatch(Row.class::isInstance);
    if (flat) {
      return items.isEmpty() ? List.of() : List.of(Expressions.words(tree, "'maximize_dims'"));
    }
    List<List<Leaf>> groups = new ArrayList<>();
    for (Tree item : items) {
      if (!(item instanceof Row)) {
        throw item.at()
            .error(
                "'maximize_dims' of " + what + " mixes dimensions and lists",
                "expected lists of dimensions");
      }
      groups.add(Expressions.words(item, "'maximize_dims'"));
    }
    return groups;
  }

  /** Factors by dimension, and how much of the capacity they use on average. */
  private record Choice(Map<String, Long> factors, double use) {}

  private Choice best(Map<String, Long> sizes, long capacity, Position at) {
    if (++tries > MOST_TRIES) {
      throw at.error("'maximize_dims' has too many ways to choose from", "name fewer dimensions");
    }
    Choice best = new Choice(Map.of(), 1);
    if (capacity <= 1) {
      return best;
    }
    for (Map.Entry<String, Long> e : sizes.entrySet()) {
      long size = e.getValue();
      if (size > capacity) {
        long turns = Math.ceilDiv(size, capacity);
        long count = Math.ceilDiv(size, turns);
        long last = size % count;
        double use = (double) (count * (turns - 1) + last) / turns;
        if (use > best.use()) {
          best = new Choice(Map.of(e.getKey(), count), use);
        }
      }
      for (long prime : primes(size)) {
        if (prime > capacity) {
          continue;
        }
        Map<String, Long> rest = new LinkedHashMap<>(sizes);
        rest.put(e.getKey(), size / prime);
        Choice more = best(rest, capacity / prime, at);
        if (more.use() * prime > best.use()) {
          Map<String, Long> factors = new LinkedHashMap<>(more.factors());
          factors.merge(e.getKey(), prime, (x, y) -> x * y);
          best = new Choice(factors, more.use() * prime);
        }
      }
    }
    return best;
  }

  private static List<Long> primes(long value) {
    List<Long> primes = new ArrayList<>();
    long rest = value;
    for (long p = 2; p <= 1 << 20 && p * p <= rest; p++) {
      if (rest % p == 0) {
        primes.add(p);
        while (rest % p == 0) {
          rest /= p;
        }
      }
    }
    if (rest > 1) {
      primes.add(rest);
    }
    return primes;
  }
}
