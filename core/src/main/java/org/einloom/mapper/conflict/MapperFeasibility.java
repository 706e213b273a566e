package org.einloom.mapper.conflict;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Obstacles;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.Tiling;
import org.einloom.workload.InvalidSpecException;

/**
 * Asks a mapper, which may stop at the first mapping it finds.
 *
 * @param options but for constraints, tiling, front and monitor, which the questions set
 * @param giveUp whether it has to stop without an answer
 * @param patience how long it may take for one answer
 * @param densely whether the mappings that it looks for are all that the dense model counts
 */
public record MapperFeasibility(
    Mapper mapper,
    MapperOptions options,
    BooleanSupplier giveUp,
    Duration patience,
    boolean densely)
    implements Feasibility {
  /** Asks a mapper of dense tensors. */
  public MapperFeasibility(
      Mapper mapper, MapperOptions options, BooleanSupplier giveUp, Duration patience) {
    this(mapper, options, giveUp, patience, true);
  }

  @Override
  public Answer ask(Question question) {
    try {
      if (Obstacles.of(question.einsum(), question.architecture()).isPresent()) {
        return Answer.NONE;
      }
      if (question.constraints().all().stream().anyMatch(c -> impossible(question, c))) {
        return Answer.NONE; // a search may not see that until it has seen all else
      }
      if (densely && new Witness(question, options.policy()).exists()) {
        return Answer.EXISTS;
      }
      var monitor = new Until(giveUp, System.nanoTime() + patience.toNanos(), true);
      return switch (map(question, objective(question), monitor)) {
        case MappingResult.Found f -> satisfies(question, f) ? Answer.EXISTS : Answer.UNKNOWN;
        case MappingResult.None none -> none.proven() ? Answer.NONE : Answer.UNKNOWN;
      };
    } catch (InvalidSpecException e) {
      return Answer.NONE; // the architecture lacks what any mapping needs
    }
  }

  /** Whether no count of loops whose tiles divide is what a factor has to be. */
  private static boolean impossible(Question question, Constraint constraint) {
    return switch (constraint) {
      case Constraint.TemporalFactor f -> impossible(question, f.variable(), f.least(), f.most());
      case Constraint.SpatialFactor f -> impossible(question, f.variable(), f.least(), f.most());
      default -> false;
    };
  }

  private static boolean impossible(Question question, String variable, long least, long most) {
    if (least <= 1 || question.tiling().imperfect(variable)) {
      return false; // there may be no loop, or the counts of several exceed the extent
    }
    return !Tiling.hasDivisor(question.einsum().extent(variable), least, most);
  }

  /** Takes all the time there is; one value is worth as much as many answers. */
  @Override
  public Optional<Value> least(Question question, Objective objective) {
    var monitor = new Until(giveUp, System.nanoTime() + 5 * patience.toNanos(), false);
    return map(question, objective, monitor) instanceof MappingResult.Found f
            && satisfies(question, f)
        ? Optional.of(
            new Value(
                objective.value(f.evaluation()),
                f.optimality().status() == Optimality.Status.OPTIMAL))
        : Optional.empty();
  }

  private MappingResult map(Question question, Objective objective, SearchMonitor monitor) {
    MapperOptions asked =
        options
            .withConstraints(question.constraints())
            .withTiling(question.tiling())
            .withFront(false)
            .withMonitor(monitor);
    return mapper.map(question.einsum(), question.architecture(), objective, asked);
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

  /** Ends a search in time, and where the first mapping is enough, with that. */
  private static final class Until implements SearchMonitor {
    private final BooleanSupplier giveUp;
    private final long endNs;
    private final boolean firstIsEnough;
    private volatile boolean found;

    Until(BooleanSupplier giveUp, long endNs, boolean firstIsEnough) {
      this.giveUp = giveUp;
      this.endNs = endNs;
      this.firstIsEnough = firstIsEnough;
    }

    @Override
    public boolean stop() {
      return (firstIsEnough && found) || System.nanoTime() - endNs >= 0 || giveUp.getAsBoolean();
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {
      found = found || Double.isFinite(value);
    }
  }
}
