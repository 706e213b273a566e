package org.einloom.mapper.timeloop;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchLog;
import org.einloom.mapper.SearchMonitor;
import org.einloom.workload.InvalidSpecException;

/** Finds the best mapping of Timeloop's mapspace by Timeloop's accounting, with a proof. */
public final class NestMapper {
  /** For so long it is asked which requirement leaves no mapping. */
  private static final long EXPLAINING_NS = 5_000_000_000L;

  private NestMapper() {}

  /**
   * Searches.
   *
   * @param architecture the memories of the space, in its order, fanouts between them, a compute
   * @return the best mapping and how sure it is that none is better; its figures are those of
   *     {@link Accounting}
   * @throws InvalidSpecException if something is asked for that is not searched
   */
  public static MappingResult map(
      NestSpace space,
      Architecture architecture,
      Machine machine,
      Switches switches,
      Objective objective,
      SearchMonitor monitor) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    check(switches);
    var problem = new Problem(space, architecture, machine, switches, objective);
    problem.checkResults();
    var ports = new Ports(problem);
    var search = new LabelSearch(problem, monitor, l -> objective.value(evaluation(problem, l)));
    new Structures(problem, ports).addTo(search);
    boolean proven = search.run();
    double cpuS = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
    if (search.found == null) {
      return new MappingResult.None(
          proven
              ? conflict(space, architecture, machine, switches, monitor)
              : "the search was ended before it found a mapping",
          proven);
    }
    Nest nest = Nests.of(problem, search.found);
    Evaluation evaluation = account(problem, nest).evaluation();
    double value = objective.value(evaluation);
    return new MappingResult.Found(
        Nests.tree(nest, architecture),
        evaluation,
        new Optimality(
            proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
            objective,
            value,
            OptionalDouble.of(proven ? value : Math.min(value, search.lowerBound)),
            OptionalLong.of(search.evaluated),
            OptionalDouble.of(cpuS)),
        List.of(),
        new SearchLog(
            List.of(
                new SearchLog.Pruned(
                    "another mapping of the same tiles costs no more so far", search.dominated)),
            List.of()));
  }

  private static String conflict(
      NestSpace space,
      Architecture architecture,
      Machine machine,
      Switches switches,
      SearchMonitor monitor) {
    long end = System.nanoTime() + EXPLAINING_NS;
    BooleanSupplier over = () -> monitor.stop() || System.nanoTime() > end;
    return Conflict.reason(
        Requirement.of(space, machine),
        r -> {
          var problem =
              new Problem(r.space(), architecture, r.machine(), switches, Objective.LATENCY);
          var any = new AnyMapping(over);
          var search = new LabelSearch(problem, any, l -> any.found());
          new Structures(problem, new Ports(problem)).addTo(search);
          search.run();
          return search.found != null;
        },
        over);
  }

  /** Ends a search with the first mapping. */
  private static final class AnyMapping implements SearchMonitor {
    private final BooleanSupplier over;
    private boolean found;

    AnyMapping(BooleanSupplier over) {
      this.over = over;
    }

    double found() {
      found = true;
      return 0;
    }

    @Override
    public boolean stop() {
      return found || over.getAsBoolean();
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {}
  }

  private static void check(Switches switches) {
    for (Switch s : List.of(Switch.NO_EXTRAPOLATION, Switch.NO_REFETCH)) {
      if (switches.has(s)) {
        throw new InvalidSpecException(
            "a search by Timeloop's rules with '%s' is not there; leave the switch out, and evaluate what is found with it"
                .formatted(s.label()));
      }
    }
  }

  private static Evaluation evaluation(Problem problem, Label label) {
    return account(problem, Nests.of(problem, label)).evaluation();
  }

  private static Accounting.Account account(Problem problem, Nest nest) {
    return Accounting.of(nest, problem.architecture, problem.machine, problem.switches);
  }
}
