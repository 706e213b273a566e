package org.einloom.mapper.search;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Obstacles;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/** Runs the search that fits a problem, and words its answer. */
public final class Searches {
  private Searches() {}

  /**
   * How a search ended; what it found is in its {@link Incumbents}.
   *
   * @param proven whether nothing is left to search
   * @param lowerBound of the objective, over all that is left
   */
  private record End(boolean proven, double lowerBound, long evaluated, SearchLog log) {}

  /** The answer for one Einsum. */
  public static MappingResult run(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    return run(
        new Problem(einsum, architecture, objective, rising(binding(einsum, options))),
        p -> isCovered(p) ? Searches::fast : Searches::walk);
  }

  /** The same by the walk through every mapping, which is slower, and covers every problem. */
  public static MappingResult walk(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    return run(new Problem(einsum, architecture, objective, rising(options)), p -> Searches::walk);
  }

  private static MapperOptions rising(MapperOptions options) {
    return options.withMonitor(new Rising(options.monitor()));
  }

  /** Without constraints on loops that every mapping satisfies. */
  private static MapperOptions binding(Einsum einsum, MapperOptions options) {
    List<Constraint> binding =
        options.constraints().all().stream()
            .map(c -> c instanceof Constraint.LoopOrder o ? named(einsum, options, o) : c)
            .filter(c -> binds(einsum, options, c))
            .toList();
    return options.withConstraints(new Constraints(binding));
  }

  /** An order of those variables over which there may be loops at the memory. */
  private static Constraint named(Einsum einsum, MapperOptions options, Constraint.LoopOrder o) {
    return new Constraint.LoopOrder(
        o.origin(),
        o.memory(),
        o.variables().stream()
            .filter(v -> iterating(einsum, options, o.memory()).contains(v))
            .toList(),
        o.innermost());
  }

  /** The variables over which there may be loops at a memory. */
  private static List<String> iterating(Einsum einsum, MapperOptions options, String memory) {
    return einsum.variables().stream()
        .filter(v -> v.extent() > 1)
        .map(RankVariable::name)
        .filter(
            v ->
                options.constraints().all().stream()
                    .noneMatch(
                        c ->
                            c instanceof Constraint.TemporalFactor f
                                && f.memory().equals(memory)
                                && f.variable().equals(v)
                                && f.most() == 1))
        .toList();
  }

  private static boolean binds(Einsum einsum, MapperOptions options, Constraint constraint) {
    List<RankVariable> iterated = einsum.variables().stream().filter(v -> v.extent() > 1).toList();
    return switch (constraint) {
      // a single variable is always first, and what is not iterated comes nowhere
      case Constraint.LoopOrder o ->
          !o.variables().isEmpty() && iterating(einsum, options, o.memory()).size() > 1;
      case Constraint.TemporalFactor f ->
          iterated.stream()
                  .anyMatch(
                      v ->
                          v.name().equals(f.variable())
                              && (options.tiling().imperfect(v.name()) || f.most() < v.extent()))
              || f.least() > 1;
      default -> true;
    };
  }

  private static MappingResult run(
      Problem p, Function<Problem, BiFunction<Problem, Incumbents, End>> search) {
    Optional<Constraint> area = p.options.constraints().violatedBy(p.architecture);
    if (area.isPresent()) {
      return new MappingResult.None(
          "the architecture itself breaks the constraint " + area.get().origin(), true);
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Incumbents best = incumbents(p);
    End end = search.apply(p).apply(p, best);
    double cpuS = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
    return best.mapping == null ? none(p, end) : found(p, best, best.mapping, end, cpuS);
  }

  private static Incumbents incumbents(Problem p) {
    double maxEnergy = Double.POSITIVE_INFINITY;
    double maxLatency = Double.POSITIVE_INFINITY;
    for (Constraint c : p.options.constraints().all()) {
      if (c instanceof Constraint.MaxEnergy e) {
        maxEnergy = Math.min(maxEnergy, e.energyPj());
      } else if (c instanceof Constraint.MaxLatency l) {
        maxLatency = Math.min(maxLatency, l.latencyS());
      }
    }
    return new Incumbents(
        p.objective,
        p.options.front(),
        p.options.frontWithin(),
        p.architecture.clockHz(),
        maxEnergy,
        maxLatency);
  }

  /**
   * By bounds, as if they were costs, and held against the model in the end: the busiest instance
   * seldom decides about the time. Where it does, once more without.
   */
  private static End fast(Problem p, Incumbents best) {
    List<ExactSearch> parts = ExactSearch.of(p, best);
    if (best.wantsFront()) {
      return fast(p, best, parts);
    }
    parts.forEach(ExactSearch::trust);
    End end = fast(p, best, parts);
    if (best.mapping == null || parts.stream().noneMatch(ExactSearch::trusted)) {
      return end;
    }
    LoopTree mapping = best.mapping;
    Evaluation e = evaluate(p, mapping);
    if (best.isBest(e.energyPj(), e.latencyCycles())) {
      return end;
    }
    // what was left out costs no less than that bound
    double lowerBound = Math.min(best.value, end.lowerBound);
    best.forget();
    if (!best.prunes(e.energyPj(), e.latencyCycles())) {
      best.offer(e.energyPj(), e.latencyCycles(), mapping);
    }
    End again =
        p.options.monitor().stop()
            ? new End(false, lowerBound, 0, end.log)
            : fast(p, best, ExactSearch.of(p, best));
    return new End(
        again.proven,
        Math.max(lowerBound, again.lowerBound),
        end.evaluated + again.evaluated,
        again.log);
  }

  private static End fast(Problem p, Incumbents best, List<ExactSearch> parts) {
    boolean proven = true;
    boolean compared = false;
    double lowerBound = Double.POSITIVE_INFINITY;
    long evaluated = 0;
    long dominated = 0;
    long pruned = 0;
    long structures = 0;
    List<SearchLog.Alternative> runnersUp = new ArrayList<>();
    together(parts);
    for (ExactSearch search : parts) {
      proven &= search.proven;
      compared |= search.compared();
      lowerBound = Math.min(lowerBound, search.lowerBound);
      evaluated += search.evaluated();
      dominated += search.dominated();
      pruned += search.prunedLabels();
      structures += search.structures - search.structuresSearched;
      runnersUp.addAll(search.runnersUp);
    }
    if (compared && !p.options.monitor().stop()) {
      End walked = walk(p, best);
      return new End(
          walked.proven,
          Math.max(walked.lowerBound, lowerBound),
          walked.evaluated + evaluated,
          walked.log);
    }
    return new End(
        proven,
        lowerBound,
        evaluated,
        new SearchLog(
            List.of(
                new SearchLog.Pruned(
                    "partial mappings: another one at the same point costs no more in any way",
                    dominated),
                new SearchLog.Pruned(
                    "partial mappings: cost at least as much as the best mapping known", pruned),
                new SearchLog.Pruned(
                    "spatial assignments with a placement: bounds above the best mapping known",
                    Math.max(0, structures))),
            runnersUp));
  }

  /** Runs searches that share what is known, what promises most of all first. */
  static void together(List<ExactSearch> parts) {
    parts.forEach(ExactSearch::lineUp);
    while (advance(parts)) {
      // until all are finished, or time is over
    }
    parts.forEach(ExactSearch::end);
  }

  /** Searches where most is promised; whether there is more to do. */
  private static boolean advance(List<ExactSearch> parts) {
    List<ExactSearch> open =
        parts.stream()
            .filter(search -> !search.finished())
            .sorted(Comparator.comparingDouble(ExactSearch::openBound))
            .toList();
    double elsewhere = open.size() > 1 ? open.get(1).openBound() : Double.POSITIVE_INFINITY;
    if (open.isEmpty()) {
      return false;
    }
    ExactSearch next = open.getFirst();
    double beside =
        parts.stream()
            .filter(search -> search != next)
            .mapToDouble(ExactSearch::lineBound)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return next.advance(elsewhere, beside);
  }

  private static End walk(Problem p, Incumbents best) {
    WalkSearch search = new WalkSearch(p, best, WalkSearch.MOST_WORK);
    search.run();
    return new End(
        search.proven,
        search.lowerBound,
        search.evaluated,
        new SearchLog(List.of(new SearchLog.Pruned("bound", search.pruned)), List.of()));
  }

  private static MappingResult none(Problem p, End end) {
    String reason =
        Obstacles.of(p.einsum, p.architecture)
            .orElse(
                end.proven
                    ? "no mapping of '%s' on '%s' fits its memories and satisfies the constraints"
                        .formatted(p.einsum.name(), p.architecture.name())
                    : "no mapping of '%s' on '%s' was found before the search ended"
                        .formatted(p.einsum.name(), p.architecture.name()));
    return new MappingResult.None(reason, end.proven);
  }

  private static MappingResult found(
      Problem p, Incumbents best, LoopTree mapping, End end, double cpuS) {
    Evaluation evaluation = evaluate(p, mapping);
    assertSatisfied(p, mapping);
    double value = p.objective.value(evaluation);
    if (Math.abs(value - best.value) > 1e-9 * Math.abs(value)) {
      throw new IllegalStateException("search says %s, model says %s".formatted(best.value, value));
    }
    List<ParetoPoint> front = new ArrayList<>();
    best.points.sort(
        Comparator.comparingDouble(Incumbents.Point::energyPj)
            .reversed()
            .thenComparingDouble(Incumbents.Point::cycles));
    for (Incumbents.Point point : best.points) {
      front.add(new ParetoPoint(point.mapping(), evaluate(p, point.mapping())));
      assertSatisfied(p, point.mapping());
    }
    return new MappingResult.Found(
        mapping,
        evaluation,
        new Optimality(
            end.proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
            p.objective,
            value,
            OptionalDouble.of(end.proven ? value : Math.min(value, end.lowerBound)),
            OptionalLong.of(end.evaluated),
            OptionalDouble.of(cpuS)),
        front,
        p.options.alternatives() ? end.log.with(TileShapes.around(p, mapping)) : end.log);
  }

  /**
   * What came of costing every tile shape.
   *
   * @param shapes how many there are
   * @param fitting how many of them fit into all memories
   * @param leastValue of the objective, of those that fit
   * @param least the mapping that has it
   */
  public record Swept(long shapes, long fitting, double leastValue, LoopTree least) {}

  /**
   * Costs every tile shape, none left out, that has the storage nodes of a mapping, its spatial
   * loops, and between storage nodes where it has temporal loops one over every variable: its own
   * in their order, those that it lacks outside of them.
   *
   * @param most so many at most
   * @return empty where there are more, where none fits, or where rounds alone do not say what
   *     mappings cost: tiles that overlap, imperfect tiles, constraints on loops
   */
  public static Optional<Swept> everyTileShape(
      Einsum einsum,
      Architecture architecture,
      Objective objective,
      MapperOptions options,
      LoopTree mapping,
      double most) {
    var p = new Problem(einsum, architecture, objective, options);
    return TileShapes.withEveryLoop(p, mapping, most)
        .flatMap(
            sweep -> {
              sweep.run(objective, architecture.clockHz(), new double[0]);
              return sweep.fitting() == 0
                  ? Optional.empty()
                  : Optional.of(
                      new Swept(
                          sweep.evaluated(),
                          sweep.fitting(),
                          sweep.least(),
                          sweep.mapping(sweep.leastAt())));
            });
  }

  private static void assertSatisfied(Problem p, LoopTree mapping) {
    p.options
        .constraints()
        .violatedBy(p.einsum, p.architecture, mapping)
        .ifPresent(
            c -> {
              throw new IllegalStateException(c.origin() + " is broken by " + mapping);
            });
  }

  /** Whether the linear cost of a {@link Structure} is what a mapping costs. */
  static boolean isCovered(Problem p) {
    boolean perfect =
        p.einsum.variables().stream().noneMatch(v -> p.options.tiling().imperfect(v.name()));
    return perfect && p.covered() && ordersAreCovered(p) && outermostHoldsAll(p) && touchesAll(p);
  }

  /**
   * Whether orders of loops, if there are any, are not about variables that may be spread between
   * two temporal loops over them, as those may of which tiles overlap: {@link LoopRules} takes two
   * such loops for one.
   */
  private static boolean ordersAreCovered(Problem p) {
    LoopRules rules = p.rules;
    if (rules == null || !rules.ordered()) {
      return true;
    }
    for (int t = 0; t < p.regular.length; t++) {
      List<RankOverlap.Rank> ranks = p.regular[t] ? List.of() : p.overlap(t).ranks;
      for (RankOverlap.Rank rank : ranks) {
        if (!rank.apart()
            && Arrays.stream(rank.variables()).anyMatch(v -> rules.orders(v) && maySpread(p, v))) {
          return false;
        }
      }
    }
    return p.variables < Long.SIZE;
  }

  private static boolean maySpread(Problem p, int v) {
    for (int f : p.fanouts) {
      if (Spread.all(p, f).stream().anyMatch(s -> s.factor()[v] > 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the outermost memory has room for everything, whether its results are complete or not.
   */
  private static boolean outermostHoldsAll(Problem p) {
    var capacity = p.memory(p.memories[0]).capacityBits();
    double bits = 0;
    for (TensorAccess t : p.tensors) {
      bits +=
          (double) t.words()
              * Math.max(p.architecture.widths().of(t), p.architecture.widths().partialOf(t));
    }
    return capacity.isEmpty() || bits <= (double) capacity.getAsLong();
  }

  /** Whether no tensor is all padding: one of which nothing moves needs no actions. */
  private static boolean touchesAll(Problem p) {
    for (int t = 0; t < p.regular.length; t++) {
      if (!p.regular[t] && p.overlap(t).touched() == 0) {
        return false;
      }
    }
    return true;
  }

  static Evaluation evaluate(Problem p, LoopTree mapping) {
    var counts = DenseModel.analyze(p.einsum, p.architecture, mapping).counts();
    return Evaluator.evaluate(p.einsum, p.architecture, counts, p.options.policy());
  }
}
