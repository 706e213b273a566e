package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a level sends to its children by products over loops, where all turns of loops are
 * the same: the figures of {@link Walk} without its steps.
 *
 * <p>Then a tile only moves: when a loop goes on, by its own motion less those of all loops inside,
 * which begin again. What is fetched depends on that motion and on what the level remembers, of
 * which there are few kinds. So what the loops from one inwards do is found once for each kind of
 * memory that they begin with, and counts as often as the loops outside turn: the first iteration
 * of a loop, and the second as many times as there are others.
 */
final class Products {
  private final Box tile;
  private final Holding.Rule rule;
  private final List<Geometry.Numbered> loops = new ArrayList<>();
  private final List<long[]> jumps = new ArrayList<>();
  private final Map<Memory, Map<Integer, Turn>> turns = new HashMap<>();

  private Products(Geometry g, Switches switches, int level, int tensor) {
    long[] index = new long[g.loops.size()];
    tile = g.boxes(g.end[level], index)[tensor];
    rule =
        level == g.levels() - 1
            ? Holding.Rule.FORGETS
            : Walk.rule(g.nest, switches, level + 1, tensor);
    long[] inside = new long[tile.low().length];
    for (int i = g.firstSpace[level] - 1; i >= 0; i--) {
      if (!g.loops.get(i).isTime()) {
        continue;
      }
      long[] own = g.motion(tensor, i, 1);
      long[] jump = own.clone();
      for (int r = 0; r < jump.length; r++) {
        jump[r] -= inside[r];
        inside[r] += own[r];
      }
      loops.addFirst(g.loops.get(i));
      jumps.addFirst(jump);
    }
  }

  /** Whether a nest can be counted so. */
  static boolean count(Nest nest, Switches switches) {
    return nest.isPerfect()
        && nest.flattened().isEmpty()
        && nest.levels().stream().allMatch(l -> l.skew().isEmpty())
        && !switches.has(Switch.NO_EXTRAPOLATION);
  }

  static Walk.Result of(Geometry g, Switches switches, int level, Fan.Mesh mesh) {
    long[] index = new long[g.loops.size()];
    boolean hasSpace = g.firstSpace[level] < g.end[level];
    Fan fan = Fan.of(g, level, index, mesh, i -> -1L);
    Box[] own = g.boxes(g.firstTime[level], index);
    Box[] together = g.boxes(g.firstSpace[level], index);
    Nest.Level nestLevel = g.nest.levels().get(level);
    List<Traffic> traffic = new ArrayList<>();
    for (int t = 0; t < g.tensors.size(); t++) {
      String name = g.tensors.get(t).name();
      boolean links = !switches.has(Switch.NO_LINKS) && !nestLevel.noLinks().contains(name);
      Fan.Sharing shared = Fan.Sharing.of(nestLevel, name, switches);
      var sum = new Traffic.Sum();
      for (Map.Entry<Step, Double> e : new Products(g, switches, level, t).steps().entrySet()) {
        Step step = e.getKey();
        if (!hasSpace) {
          var alone = new Fan.Sent(step.fetched().words(), 0);
          sum.add(Map.of(new Fan.Signature(1, 1), alone), e.getValue());
          continue;
        }
        Map<Long, Delta> now = fan.deltas(t, step.fetched());
        Delta before = step.before();
        Serving.of(
                fan,
                now,
                links && before != null ? fan.deltas(t, before) : Map.of(),
                shared,
                switches.has(Switch.TOROIDAL_LINKS))
            .addTo(sum, e.getValue());
      }
      traffic.add(sum.over(1, own[t].size(), hasSpace ? together[t].size() : 0));
    }
    double steps = 1;
    for (int i = 0; i < g.firstSpace[level]; i++) {
      steps *= g.loops.get(i).isTime() ? g.loops.get(i).count() : 1;
    }
    return new Walk.Result(traffic, level == g.levels() - 1 ? steps : Double.NaN);
  }

  /**
   * A kind of step.
   *
   * @param fetched by the first child, its tile at the origin
   * @param before what it fetched a step ago, seen from there; null in the first step
   */
  private record Step(Delta fetched, @Nullable Delta before) {}

  /**
   * What a level remembers after a step, its tile at the origin.
   *
   * @param motion how the tile had moved; null where any motion goes on
   * @param fetched in the last step
   */
  private record Memory(@Nullable List<Long> motion, Delta fetched) {}

  /** What loops do: which steps, how often, and what is remembered in the end. */
  private record Turn(Memory end, Map<Step, Double> steps) {}

  private Map<Step, Double> steps() {
    Delta all = Delta.all(tile);
    var steps = new HashMap<Step, Double>();
    steps.put(new Step(all, null), 1.0);
    run(0, new Memory(null, all)).steps().forEach((s, n) -> steps.merge(s, n, Double::sum));
    return steps;
  }

  private Turn run(int loop, Memory begin) {
    if (loop == loops.size()) {
      return new Turn(begin, Map.of());
    }
    Turn known = turns.computeIfAbsent(begin, b -> new HashMap<>()).get(loop);
    if (known != null) {
      return known;
    }
    Turn first = run(loop + 1, begin);
    long[] by = jumps.get(loop);
    long[] back = Arrays.stream(by).map(x -> -x).toArray();
    Memory then = first.end();
    Holding.Step next = new Holding(tile, array(then.motion())).next(tile.moved(by), rule);
    Delta fetched = next.fetched().moved(back);
    Turn second = run(loop + 1, new Memory(list(next.after().motion()), fetched));
    double more = loops.get(loop).count() - 1.0;
    var steps = new HashMap<>(first.steps());
    steps.merge(new Step(fetched, then.fetched().moved(back)), more, Double::sum);
    second.steps().forEach((s, n) -> steps.merge(s, n * more, Double::sum));
    Turn turn = new Turn(second.end(), Map.copyOf(steps));
    turns.computeIfAbsent(begin, b -> new HashMap<>()).put(loop, turn);
    return turn;
  }

  private static long @Nullable [] array(@Nullable List<Long> motion) {
    return motion == null ? null : motion.stream().mapToLong(Long::longValue).toArray();
  }

  private static @Nullable List<Long> list(long @Nullable [] motion) {
    return motion == null ? null : Arrays.stream(motion).boxed().toList();
  }
}
