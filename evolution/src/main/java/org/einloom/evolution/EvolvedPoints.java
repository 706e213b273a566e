package org.einloom.evolution;

import io.jenetics.Alterer;
import io.jenetics.Genotype;
import io.jenetics.IntegerGene;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.UniformCrossover;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.UFTournamentSelector;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.Study;
import org.einloom.explore.engine.PointSource;
import org.einloom.workload.InvalidSpecException;

/**
 * Points of a search by generations. The first is drawn by chance; of what is known at the end of
 * each, the best and least crowded are parents (NSGA-II, see {@link Merit}); children take each
 * parameter from one of two parents, and some change. No point is given twice. The points are a
 * function of the study, the seed and the results, so a study that goes on meets the points that it
 * had, and the number of threads changes nothing.
 *
 * <p>For one run, from one thread.
 */
public final class EvolvedPoints implements PointSource {
  /** Rounds of breeding for one generation; what is missing then is drawn by chance. */
  private static final int ROUNDS = 20;

  /** Combinations that are drawn for one generation, most of them in vain. */
  private static final int MOST_DRAWN = 1_000_000;

  /** Points of the front beyond a population are parents, too, but no more than these. */
  private static final int MOST_PARENTS = 400;

  /**
   * How many parameters of a child change by chance, on average. As no point is given twice, and
   * what crossing does not yield is drawn, few are enough; more found less of the front in trials.
   */
  private static final double CHANGES = 0.25;

  private final Study study;
  private final Genome genome;
  private final long most;
  private final int population;
  private final SplittableRandom random;
  private final NSGA2Selector<IntegerGene, Merit> best = Merit.best();
  private final UFTournamentSelector<IntegerGene, Merit> tournament = Merit.tournament();
  private final Alterer<IntegerGene, Merit> alterer;
  private final Set<List<Integer>> seen = new HashSet<>();
  private final SequencedMap<Point, Genotype<IntegerGene>> asked = new LinkedHashMap<>();
  private ISeq<Phenotype<IntegerGene, Merit>> parents = ISeq.empty();
  private long given;
  private long generation;

  /** A search of the study's space. */
  public EvolvedPoints(Study study, Method.Evolution method) {
    this.study = study;
    this.genome = new Genome(study.space());
    this.most = Math.min(method.points(), study.space().size());
    this.population = method.population();
    this.random = new SplittableRandom(method.seed());
    double changes = CHANGES / study.space().axes().size();
    this.alterer =
        new UniformCrossover<IntegerGene, Merit>(1, 0.5)
            .andThen(new StepMutator(genome.sizes(), changes));
  }

  @Override
  public long most() {
    return most;
  }

  @Override
  public boolean anyOrder() {
    return true;
  }

  /**
   * The next generation.
   *
   * @throws InvalidSpecException if no combination meets the conditions
   */
  @Override
  public List<Point> next(List<PointResult> results) {
    select(results);
    asked.clear();
    int wanted = (int) Math.min(population, most - given);
    if (wanted > 0) {
      RandomRegistry.with(random).run(() -> breed(wanted));
    }
    if (asked.isEmpty() && generation == 0) {
      throw new InvalidSpecException(
          "the search found no point: none of %,d combinations drawn from %,d meets the conditions"
              .formatted(MOST_DRAWN, study.space().size()));
    }
    given += asked.size();
    generation++;
    return List.copyOf(asked.sequencedKeySet());
  }

  /** The parents of the next generation: the best of the last ones and of their children. */
  private void select(List<PointResult> results) {
    Map<Point, PointResult> known = new HashMap<>();
    results.forEach(r -> known.put(r.point(), r));
    List<Phenotype<IntegerGene, Merit>> all = new ArrayList<>(parents.asList());
    asked.forEach(
        (point, genotype) ->
            Optional.ofNullable(known.get(point))
                .ifPresent(r -> all.add(Phenotype.of(genotype, generation, Merit.of(study, r)))));
    if (!all.isEmpty()) {
      var sequence = ISeq.of(all);
      int front = Pareto.front(sequence, (a, b) -> a.fitness().dominance(b.fitness())).size();
      int survivors = Math.min(all.size(), Math.max(population, Math.min(front, MOST_PARENTS)));
      parents = best.select(sequence, survivors, Optimize.MAXIMUM);
    }
  }

  private void breed(int wanted) {
    for (int round = 0; round < ROUNDS && parents.size() > 1 && asked.size() < wanted; round++) {
      var mates = tournament.select(parents, population, Optimize.MAXIMUM);
      alterer
          .alter(mates, generation)
          .population()
          .forEach(child -> take(child.genotype(), wanted));
    }
    for (int i = 0; i < MOST_DRAWN && asked.size() < wanted; i++) {
      take(genome.draw(random), wanted);
    }
  }

  private void take(Genotype<IntegerGene> child, int wanted) {
    if (asked.size() == wanted || seen.contains(Genome.rows(child))) {
      return;
    }
    genome
        .point(child)
        .ifPresent(
            p -> {
              seen.add(Genome.rows(child));
              asked.put(p, child);
            });
  }
}
