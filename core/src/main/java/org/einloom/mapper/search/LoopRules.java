package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.constraint.Constraint;
import org.einloom.mapper.Tiling;
import org.einloom.model.LongKey;
import org.jspecify.annotations.Nullable;

/**
 * What constraints on temporal loops make of a mapping that grows from the computes outwards. A
 * loop is at the memory whose storage node is the nearest above it, so whose it is is decided by
 * the first node placed above. Until then it counts for every memory that has constraints, as if it
 * were there; where the next node is placed, what was counted for that memory is so, and what was
 * counted for others is not.
 *
 * <p>A state is all that decides how a mapping may go on: by memory with constraints, the products
 * of factors and what of its orders has been seen, with and without the loops since the last node.
 * States are numbered; equal ones have one number.
 */
final class LoopRules {
  /** In place of a state: there is no such mapping. */
  static final int BROKEN = -1;

  private static final int MOST_STATES = 300_000;

  /** The product of the counts of loops over a variable at a memory. */
  private record Factor(int variable, long least, long most) {}

  /**
   * A memory that has constraints.
   *
   * @param orders their variables, outermost first
   */
  private record Rules(
      String memory, List<Factor> factors, List<Order> orders, int from, int length) {}

  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Order(int[] variables, boolean innermost) {
    int index(int variable) {
      for (int i = 0; i < variables.length; i++) {
        if (variables[i] == variable) {
          return i;
        }
      }
      return -1;
    }
  }

  private final Problem problem;
  private final List<Rules> rules;

  /** By node, which of the rules it has; -1 if none. */
  private final int[] of;

  private final int length;
  private final List<long[]> states = new ArrayList<>();
  private final Map<LongKey, Integer> numbers = new HashMap<>();
  private LongMap<Integer> known = new LongMap<>();
  private final boolean ordered;

  /** What a problem's constraints ask of temporal loops; null if nothing. */
  static @Nullable LoopRules of(Problem problem) {
    var rules = new LoopRules(problem);
    return rules.rules.isEmpty() ? null : rules;
  }

  private LoopRules(Problem problem) {
    this.problem = problem;
    Map<String, List<Constraint>> byMemory = new java.util.LinkedHashMap<>();
    for (Constraint c : problem.options.constraints().all()) {
      if (c instanceof Constraint.TemporalFactor f && problem.number(f.variable()) >= 0) {
        byMemory.computeIfAbsent(f.memory(), m -> new ArrayList<>()).add(c);
      } else if (c instanceof Constraint.LoopOrder o) {
        byMemory.computeIfAbsent(o.memory(), m -> new ArrayList<>()).add(c);
      }
    }
    rules = new ArrayList<>();
    int from = 1;
    for (Map.Entry<String, List<Constraint>> e : byMemory.entrySet()) {
      List<Factor> factors = new ArrayList<>();
      List<Order> orders = new ArrayList<>();
      for (Constraint c : e.getValue()) {
        if (c instanceof Constraint.TemporalFactor f) {
          factors.add(new Factor(problem.number(f.variable()), f.least(), f.most()));
        } else if (c instanceof Constraint.LoopOrder o) {
          int[] variables =
              o.variables().stream().mapToInt(problem::number).filter(v -> v >= 0).toArray();
          orders.add(new Order(variables, o.innermost()));
        }
      }
      int n = factors.size() + 3 * orders.size();
      rules.add(new Rules(e.getKey(), factors, orders, from, n));
      from += 1 + 2 * n; // whether the loops since the last node may be there; without, and with
    }
    length = from;
    of = new int[problem.nodes.size()];
    for (int n = 0; n < of.length; n++) {
      of[n] = -1;
      for (int r = 0; r < rules.size(); r++) {
        of[n] = rules.get(r).memory.equals(problem.nodes.get(n).name()) ? r : of[n];
      }
    }
    ordered = rules.stream().anyMatch(r -> !r.orders.isEmpty());
  }

  /** Whether the order of loops matters between two nodes. */
  boolean ordered() {
    return ordered;
  }

  /** Whether the order of loops over a variable matters. */
  boolean orders(int variable) {
    return rules.stream().anyMatch(r -> r.orders.stream().anyMatch(o -> o.index(variable) >= 0));
  }

  /** Whether a variable is told apart from others. */
  boolean names(int variable) {
    return orders(variable)
        || rules.stream().anyMatch(r -> r.factors.stream().anyMatch(f -> f.variable == variable));
  }

  /**
   * Whether the temporal loops of a variable may have the counts that are asked for.
   *
   * @param iterations what their counts multiply to, or a multiple of that
   */
  boolean allow(int variable, long iterations) {
    double product = 1;
    for (Rules r : rules) {
      long least = 1;
      long most = Long.MAX_VALUE;
      for (Factor f : r.factors) {
        if (f.variable == variable) {
          least = Math.max(least, f.least);
          most = Math.min(most, f.most);
        }
      }
      product *= (double) least;
      if (least > 1 && !Tiling.hasDivisor(iterations, least, most)) {
        return false;
      }
    }
    return product <= (double) iterations;
  }

  /** Where no loop stands yet; {@link #BROKEN} if a memory that keeps nothing had to have loops. */
  int start(Placement placement) {
    long[] state = new long[length];
    state[0] = after(of.length);
    for (Rules r : rules) {
      for (int i = 0; i < r.factors.size(); i++) {
        state[r.from + 1 + i] = 1;
      }
      for (int i = 0; i < r.orders.size(); i++) {
        begin(state, r.from + 1 + r.factors.size() + 3 * i);
      }
      revert(state, r);
      if (!isUsed(r, placement) && !close(state, r)) {
        return BROKEN;
      }
    }
    return number(state);
  }

  private boolean isUsed(Rules r, Placement placement) {
    boolean used = r.memory.equals(problem.nodes.get(problem.memories[0]).name());
    for (int[] chain : placement.chains()) {
      for (int node : chain) {
        used |= problem.nodes.get(node).name().equals(r.memory);
      }
    }
    return used;
  }

  /** One more loop, outside all others. */
  int loop(int state, int variable, long bound) {
    long key = (long) state << 32 | (long) variable << 16 | bound;
    boolean remembered = bound < 1 << 16;
    Integer before = remembered ? known.get(key) : null;
    if (before != null) {
      return before;
    }
    long[] next = states.get(state).clone();
    boolean another = next[0] != variable;
    // the variable where it matters
    next[0] = ordered ? variable : 0;
    for (Rules r : rules) {
      if (next[r.from] != 0) {
        continue;
      }
      boolean may = true;
      int at = r.from + 1 + r.length;
      for (int i = 0; i < r.factors.size(); i++) {
        Factor f = r.factors.get(i);
        if (f.variable == variable) {
          next[at + i] *= bound;
          may &= next[at + i] <= f.most && (f.least < f.most || f.most % next[at + i] == 0);
        }
      }
      for (int i = 0; i < r.orders.size() && another; i++) {
        may &= see(next, at + r.factors.size() + 3 * i, r.orders.get(i), variable);
      }
      if (!may) {
        forget(next, r, 1);
      }
    }
    int number = number(next);
    if (remembered) {
      known.put(key, number);
    }
    return number;
  }

  /** No loop over the variables of an order has been seen. */
  private static void begin(long[] state, int at) {
    state[at] = 0; // those that have been seen
    state[at + 1] = 0; // those that stand in order at the end that counts
    state[at + 2] = 0; // where the inner end counts, whether others stand outside of it
  }

  /**
   * Sees a loop that is over another variable than the one before. With the loops from outermost to
   * innermost, an order holds if those over its variables that are there come first in that order;
   * so all variables seen must be in the sequence of rising numbers at the outer end. Where the
   * inner end counts, that sequence is complete as soon as something breaks it, and from then on
   * only variables of it may come.
   *
   * @return whether the order may still hold
   */
  private static boolean see(long[] state, int at, Order order, int variable) {
    int i = order.index(variable);
    long bit = i < 0 ? 0 : 1L << i;
    if (order.innermost) {
      boolean joins =
          i >= 0
              && state[at + 2] == 0
              && (state[at + 1] == 0 || i < Long.numberOfTrailingZeros(state[at + 1]));
      state[at + 1] |= joins ? bit : 0;
      state[at + 2] |= joins ? 0 : 1;
      return (bit & ~state[at + 1]) == 0;
    }
    state[at] |= bit;
    boolean rises = i >= 0 && i < Long.numberOfTrailingZeros(state[at + 1]);
    state[at + 1] = rises ? state[at + 1] | bit : bit;
    return true;
  }

  /**
   * The next node of some tensor, outside all loops so far.
   *
   * @param last whether its memory has none after it
   */
  int place(int state, int node, boolean last) {
    long[] next = states.get(state).clone();
    Rules owner = of[node] < 0 ? null : rules.get(of[node]);
    if (next[0] < 0 && next[0] > after(node)) {
      return BROKEN;
    }
    if (owner != null && next[0] >= 0) {
      if (next[owner.from] != 0) {
        return BROKEN;
      }
      System.arraycopy(next, owner.from + 1 + owner.length, next, owner.from + 1, owner.length);
    }
    for (Rules r : rules) {
      if (next[r.from] != CLOSED) {
        revert(next, r);
      }
    }
    next[0] = after(node);
    return owner == null || !last || close(next, owner) ? number(next) : BROKEN;
  }

  /**
   * What comes first in a state where no loop stands above the last node. Nodes that are neighbours
   * stand in the order of the architecture: so only nodes may follow whose number is smaller.
   */
  private static long after(int node) {
    return -1L - node;
  }

  private static final long CLOSED = 2;

  /** Whether the loops since the last node, if there are any, may be at the memory of a node. */
  boolean allows(int state, int node) {
    long[] s = states.get(state);
    return of[node] < 0 || s[0] < 0 || s[rules.get(of[node]).from] == 0;
  }

  /** Whether there may be no more loops, once all nodes are placed. */
  boolean ends(int state) {
    int outermost = problem.memories[0];
    if (!allows(state, outermost)) {
      return false;
    }
    if (of[outermost] < 0) {
      return true;
    }
    long[] s = states.get(state);
    Rules r = rules.get(of[outermost]);
    return holds(s, r, r.from + 1 + r.length);
  }

  /** Only loops up to the last node count. */
  private static void revert(long[] state, Rules r) {
    state[r.from] = 0;
    System.arraycopy(state, r.from + 1, state, r.from + 1 + r.length, r.length);
  }

  /** No loop will come to the memory any more; whether what it has is right. */
  private static boolean close(long[] state, Rules r) {
    boolean holds = holds(state, r, r.from + 1);
    Arrays.fill(state, r.from + 1, r.from + 1 + r.length, 0);
    forget(state, r, CLOSED);
    return holds;
  }

  private static void forget(long[] state, Rules r, long why) {
    state[r.from] = why;
    Arrays.fill(state, r.from + 1 + r.length, r.from + 1 + 2 * r.length, 0);
  }

  private static boolean holds(long[] state, Rules r, int at) {
    boolean holds = true;
    for (int i = 0; i < r.factors.size(); i++) {
      Factor f = r.factors.get(i);
      holds &= state[at + i] >= f.least && state[at + i] <= f.most;
    }
    for (int i = 0; i < r.orders.size(); i++) {
      int o = at + r.factors.size() + 3 * i;
      holds &= r.orders.get(i).innermost || state[o] == state[o + 1];
    }
    return holds;
  }

  /** Forgets states, of which none is in use, if there are too many. */
  void forgetMany() {
    if (states.size() > MOST_STATES) {
      states.clear();
      numbers.clear();
      known = new LongMap<>();
    }
  }

  private int number(long[] state) {
    return numbers.computeIfAbsent(
        new LongKey(state),
        k -> {
          states.add(state);
          return states.size() - 1;
        });
  }
}
