package org.einloom.mapper.sparse;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Obstacles;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * Finds the best mapping with sparse tensors, the best of the formats and optimisations to choose
 * from along with it, and proves that there is none better: of all mappings of {@code
 * docs/mapspace.md} whose tiles divide and that the model of sparse tensors counts.
 */
public final class SparseMapper {
  private SparseMapper() {}

  /**
   * An answer.
   *
   * @param result what was found, with its formats and optimisations, and how sure it is that
   *     nothing is better
   * @param analysis what the mapping was counted by, if that took its time, to be asked for more
   */
  public record Answer(MappingResult result, Optional<SparseAnalysis> analysis) {
    /** An answer that nobody will ask more of. */
    Answer(MappingResult result) {
      this(result, Optional.empty());
    }

    /** The formats and optimisations that belong to the mapping; empty if there is none. */
    public Optional<Sparsity> chosen() {
      return result instanceof MappingResult.Found f ? f.sparsity() : Optional.empty();
    }
  }

  /**
   * Returns if a problem is among those that are searched.
   *
   * @throws InvalidSpecException if it is not, with the reason
   */
  public static void check(Einsum einsum, Architecture architecture, SparsityChoices choices) {
    Coverage.check(einsum, architecture, choices);
  }

  /**
   * Looks for the least value of an objective.
   *
   * @throws InvalidSpecException if the problem is not among those that are searched
   */
  public static Answer map(
      Einsum einsum,
      Architecture architecture,
      SparsityChoices choices,
      Map<String, SparseNode> nodes,
      Objective objective,
      SearchMonitor monitor) {
    return map(einsum, architecture, choices, nodes, objective, Constraints.NONE, monitor);
  }

  /**
   * Looks for the least value of an objective under constraints.
   *
   * @param constraints about what the architecture has
   * @throws InvalidSpecException if the problem is not among those that are searched
   */
  public static Answer map(
      Einsum einsum,
      Architecture architecture,
      SparsityChoices choices,
      Map<String, SparseNode> nodes,
      Objective objective,
      Constraints constraints,
      SearchMonitor monitor) {
    var options =
        new MapperOptions(Policy.DEFAULT, 1).withConstraints(constraints).withMonitor(monitor);
    return map(einsum, architecture, choices, nodes, objective, options);
  }

  /**
   * Looks for the least value of an objective, or for the whole front of energy and latency, each
   * point of which comes with the formats and optimisations that suit it.
   *
   * @param options of these the constraints, about what the architecture has, the front and the
   *     monitor; tiles divide, and there is one thread
   * @throws InvalidSpecException if the problem is not among those that are searched
   */
  public static Answer map(
      Einsum einsum,
      Architecture architecture,
      SparsityChoices choices,
      Map<String, SparseNode> nodes,
      Objective objective,
      MapperOptions options) {
    Constraints constraints = options.constraints();
    Coverage.check(einsum, architecture, choices);
    Optional<Constraint> area = constraints.violatedBy(architecture);
    if (area.isPresent()) {
      return new Answer(
          new MappingResult.None(
              "'%s' takes more area than %s allows"
                  .formatted(architecture.name(), area.get().origin()),
              true));
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    var problem = new Problem(einsum, architecture, choices, nodes, objective, constraints);
    var search =
        new Search(
            problem, new Known(problem, options.front(), options.frontWithin()), options.monitor());
    search.run();
    double cpuS = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
    Known.Point best = search.known.best();
    if (best == null) {
      return new Answer(none(problem, constraints, search));
    }
    double value = best.value();
    return new Answer(
        new MappingResult.Found(
            best.mapping(),
            best.evaluation(),
            new Optimality(
                search.proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
                objective,
                value,
                OptionalDouble.of(search.proven ? value : Math.min(value, search.lowerBound)),
                OptionalLong.of(search.evaluated),
                OptionalDouble.of(cpuS)),
            search.known.points(),
            search.log(),
            Optional.of(best.sparsity())),
        best.analysis());
  }

  private static MappingResult none(Problem p, Constraints constraints, Search search) {
    String what =
        search.proven
            ? "no mapping of '%s' on '%s' fits its memories"
                + (constraints.all().isEmpty() ? " and" : ", has all that constraints ask, and")
                + " can be counted with sparse tensors"
            : "no mapping of '%s' on '%s' was found before the search ended";
    String reason = what.formatted(p.einsum.name(), p.architecture.name());
    return new MappingResult.None(
        Obstacles.of(p.einsum, p.architecture)
            .filter(o -> o.contains("may not keep"))
            .orElse(reason + compressed(p) + search.uncounted()),
        search.proven);
  }

  /** What a result that is never uncompressed asks for. */
  private static String compressed(Problem p) {
    for (Memory m : p.architecture.memories()) {
      String result = p.einsum.output().name();
      if (p.choices.formats(m.name(), result, p.einsum.output().ranks().size()).stream()
          .allMatch(TensorFormat::compresses)) {
        return m.equals(p.architecture.memories().getFirst())
            ? "; '%s' is compressed at '%s', where each of its words then has to arrive once, complete: let it be uncompressed there, too"
                .formatted(result, m.name())
            : "; '%s' is compressed at '%s', where it is not complete: compress it at '%s' alone"
                .formatted(result, m.name(), p.architecture.memories().getFirst().name());
      }
    }
    return "";
  }
}
