package org.einloom.mapper;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.einloom.mapper.MappingResult.Found;

/** Holds a mapper to brute force on random problems. */
final class MapperProperty {
  private record Failure(long seed, long mappings, String problem, Throwable complaint) {}

  private MapperProperty() {}

  /**
   * Checks the problems of so many seeds, the first of which is new at every run.
   *
   * @param how what is checked of each
   * @return how often there was which answer: {@code optimal}, {@code bounded}, {@code none}, ...
   * @throws AssertionError with the seed of the smallest problem that fails, and what is wrong
   */
  static Map<String, Integer> check(
      Supplier<Mapper> mapper, int cases, UnaryOperator<MapperCheck> how) {
    return check(RandomProblems::draw, mapper, cases, how);
  }

  /** The same with problems of another kind. */
  static Map<String, Integer> check(
      LongFunction<Problem> draw,
      Supplier<Mapper> mapper,
      int cases,
      UnaryOperator<MapperCheck> how) {
    long first = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    System.out.printf("held to brute force from seed %d%n", first);
    Map<String, Integer> answers = new ConcurrentHashMap<>();
    Collection<Failure> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(first, first + cases)
        .parallel()
        .forEach(
            seed -> {
              Problem problem = draw.apply(seed);
              MapperCheck check = how.apply(MapperCheck.of(problem));
              try {
                answers.merge(answer(check.check(mapper.get())), 1, Integer::sum);
              } catch (AssertionError | RuntimeException e) {
                failures.add(new Failure(seed, check.truth().mappings(), problem.describe(), e));
              }
            });
    System.out.printf("held to brute force: %s%n", answers);
    failures.stream()
        .min(Comparator.comparingLong(Failure::mappings).thenComparingLong(Failure::seed))
        .ifPresent(f -> fail(cases, failures, f));
    return answers;
  }

  private static String answer(MappingResult result) {
    return result instanceof Found f ? f.optimality().status().label() : "none";
  }

  private static void fail(int cases, Collection<Failure> failures, Failure smallest) {
    throw new AssertionError(
        "%d of %d fail, seeds %s; smallest: replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s%s"
            .formatted(
                failures.size(),
                cases,
                failures.stream().map(Failure::seed).sorted().limit(50).toList(),
                smallest.seed(),
                smallest.problem(),
                smallest.complaint()),
        smallest.complaint());
  }
}
