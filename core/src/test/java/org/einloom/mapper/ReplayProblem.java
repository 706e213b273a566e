package org.einloom.mapper;

import org.einloom.evaluation.Objective;
import org.einloom.mapper.BruteForce.Point;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapping.LoopTree;

/**
 * Shows one random problem, what brute force finds and what a mapper answers:
 *
 * <pre>{@code
 * ./mvnw -q -o -Dquick -pl core test-compile
 * java -cp core/target/quick/classes:core/target/quick/test-classes org.einloom.mapper.ReplayProblem SEED [CLASS]
 * }</pre>
 *
 * where the class is a mapper without arguments; {@code ExactMapper} if left out.
 */
final class ReplayProblem {
  private ReplayProblem() {}

  public static void main(String... args) throws ReflectiveOperationException {
    String mapper = args.length > 1 ? args[1] : "ExactMapper";
    Problem problem = RandomProblems.draw(Long.parseLong(args[0]));
    System.out.println(problem.describe());
    BruteForce truth = BruteForce.solve(problem);
    Objective objective = problem.objective();
    System.out.printf(
        "brute force: %d mappings, %d evaluated, %d on the front%n",
        truth.mappings(), truth.evaluated(), truth.front().size());
    for (Point p : truth.front()) {
      System.out.printf("  %s pJ, %s s%n", p.energyPj(), p.latencyS());
    }
    truth
        .best(objective)
        .ifPresent(
            p -> show("brute force", objective.value(p.energyPj(), p.latencyS()), p.mapping()));
    var asked =
        Class.forName("org.einloom.mapper." + mapper)
            .asSubclass(Mapper.class)
            .getDeclaredConstructor()
            .newInstance();
    MappingResult answer = new MapperCheck(problem, truth, false).map(asked, 1);
    switch (answer) {
      case MappingResult.None none -> System.out.println(mapper + ": " + none);
      case Found f -> {
        show(mapper, f.optimality().value(), f.mapping());
        System.out.println(f.optimality());
        f.front()
            .forEach(
                p ->
                    System.out.printf(
                        "  %s pJ, %s s%n%s",
                        p.evaluation().energyPj(),
                        p.evaluation().latencyS(),
                        Problem.describe(p.mapping())));
      }
    }
    new MapperCheck(problem, truth, false).check(asked);
    System.out.println("no complaints");
  }

  private static void show(String who, double value, LoopTree mapping) {
    System.out.printf("%s: %s%n%s", who, value, Problem.describe(mapping));
  }
}
