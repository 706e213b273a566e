package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;

/**
 * Draws random sensible candidates and improves the best of them step by step. Finds good mappings
 * fast and proves nothing. The random numbers are the same in every run, so the answer is too,
 * whatever the number of threads.
 */
public final class HeuristicMapper implements Mapper {
  private static final long RANDOM = 0x45494e4c4f4f4dL; // EINLOOM

  private static final Score NOT_FITTING =
      new Score(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private final Effort full;

  /** A mapper that takes about a second of CPU time for a layer. */
  public HeuristicMapper() {
    this(new Effort(300, 8, 800));
  }

  /** A mapper that takes a tenth of that, for something to begin with. */
  public static HeuristicMapper quick() {
    return new HeuristicMapper(new Effort(60, 2, 100));
  }

  HeuristicMapper(Effort effort) {
    this.full = effort;
  }

  /**
   * How hard to search.
   *
   * @param seeds random candidates to draw
   * @param climbs how many of them to improve, the best first
   * @param climbBudget candidates that one of them may meet on its way
   */
  record Effort(int seeds, int climbs, int climbBudget) {
    /** As much as leaves no more points than this to walk through. */
    private static final long MOST_POINTS = 20_000_000;

    /** Less for an Einsum whose analysis may walk through its points. */
    Effort on(Einsum einsum, Architecture architecture) {
      long candidates = seeds + (long) climbs * climbBudget;
      long affordable =
          Math.max(24, MOST_POINTS / Math.max(1, DenseModel.mayStep(einsum, architecture)));
      if (affordable >= candidates) {
        return this;
      }
      int some = (int) affordable;
      return new Effort(some / 2, 2, some / 4);
    }
  }

  @Override
  public MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    Effort effort = full.on(einsum, architecture);
    Space space = new Space(einsum, architecture);
    Optional<String> obstacle = Obstacles.of(space);
    if (obstacle.isPresent()) {
      return new MappingResult.None(obstacle.get(), true);
    }
    Judge judge = new Judge(einsum, architecture, objective, options.policy());
    try (var workers = new Workers(options.threads())) {
      List<Start> starts = starts(space, judge, workers, effort.seeds());
      if (starts.getFirst().score().equals(NOT_FITTING)) {
        // even the smallest tiles are wrong: says why
        judge.evaluate(Candidate.smallestTiles(space).mapping());
      }
      IntFunction<Climb.End> climb =
          i -> Climb.from(starts.get(i).candidate(), judge, effort.climbBudget(), random(-1 - i));
      List<Climb.End> ends = workers.run(Math.min(effort.climbs(), starts.size()), climb);
      Climb.End best =
          ends.stream()
              .min(
                  Comparator.comparing(
                      Climb.End::score, Comparator.nullsLast(Comparator.naturalOrder())))
              .orElseThrow();
      long evaluated = starts.size() + ends.stream().mapToLong(Climb.End::evaluated).sum();
      return found(judge, best.mapping(), evaluated, workers.cpuS());
    }
  }

  /**
   * A candidate to start from.
   *
   * @param score how good it is; the worst possible for one that turns out not to fit
   */
  private record Start(Candidate candidate, Score score) {}

  /** Seeds, best first; the smallest tiles are among them, so one at least is a mapping. */
  private List<Start> starts(Space space, Judge judge, Workers workers, int seeds) {
    List<Start> starts =
        new ArrayList<>(
            workers.run(
                seeds,
                i -> {
                  Candidate c =
                      i == 0 ? Candidate.smallestTiles(space) : Seeds.draw(space, random(i));
                  return new Start(c, judge.score(c.mapping()).orElse(NOT_FITTING));
                }));
    starts.sort(Comparator.comparing(Start::score)); // stable: equals stay in the order drawn
    return starts;
  }

  private static MappingResult found(Judge judge, LoopTree mapping, long evaluated, double cpuS) {
    Legality.check(judge.einsum(), judge.architecture(), mapping);
    Evaluation evaluation = judge.evaluate(mapping);
    Objective objective = judge.objective();
    return new MappingResult.Found(
        mapping,
        evaluation,
        Optimality.unproven(objective, objective.value(evaluation), evaluated, cpuS),
        List.of(),
        SearchLog.EMPTY);
  }

  private static SplittableRandom random(int stream) {
    return new SplittableRandom(RANDOM + stream * 0x9E3779B97F4A7C15L);
  }
}
