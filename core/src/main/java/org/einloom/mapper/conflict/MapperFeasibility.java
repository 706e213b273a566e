package org.einloom.mapper.conflict;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.workload.InvalidSpecException;

/**
 * Asks a mapper, which may stop at the first mapping it finds.
 *
 * @param options but for constraints, tiling, front and monitor, which the questions set
 * @param giveUp whether it has to stop without an answer
 * @param patience how long it may take for one answer
 */
public record MapperFeasibility(
    Mapper mapper, MapperOptions options, BooleanSupplier giveUp, Duration patience)
    implements Feasibility {

  @Override
  public Answer ask(Question question) {
    MapperOptions asked =
        options
            .withConstraints(question.constraints())
            .withTiling(question.tiling())
            .withFront(false)
            .withMonitor(new FirstFound(giveUp, System.nanoTime() + patience.toNanos()));
    try {
      MappingResult result =
          mapper.map(question.einsum(), question.architecture(), objective(question), asked);
      return switch (result) {
        case MappingResult.Found f -> satisfies(question, f) ? Answer.EXISTS : Answer.UNKNOWN;
        case MappingResult.None none -> none.proven() ? Answer.NONE : Answer.UNKNOWN;
      };
    } catch (InvalidSpecException e) {
      return Answer.NONE; // the architecture lacks what any mapping needs
    }
  }

  /** Whether the mapper kept to what it was asked. */
  private static boolean satisfies(Question question, MappingResult.Found found) {
    Constraints asked = question.constraints();
    return asked.violatedBy(question.einsum(), question.architecture(), found.mapping()).isEmpty()
        && asked.violatedBy(found.evaluation()).isEmpty();
  }

  /** What is limited is what a first mapping has to have little of. */
  private static Objective objective(Question question) {
    return question.constraints().all().stream().anyMatch(Constraint.MaxEnergy.class::isInstance)
        ? Objective.ENERGY
        : Objective.LATENCY;
  }

  /** Ends a search as soon as it has found anything. */
  private static final class FirstFound implements SearchMonitor {
    private final BooleanSupplier giveUp;
    private final long endNs;
    private volatile boolean found;

    FirstFound(BooleanSupplier giveUp, long endNs) {
      this.giveUp = giveUp;
      this.endNs = endNs;
    }

    @Override
    public boolean stop() {
      return found || System.nanoTime() - endNs >= 0 || giveUp.getAsBoolean();
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {
      found = found || Double.isFinite(value);
    }
  }
}
