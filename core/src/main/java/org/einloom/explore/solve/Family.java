package org.einloom.explore.solve;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.InvalidSpecException;

/**
 * Problems of one Einsum that differ in sizes, costs and rates alone, and what is known of them.
 *
 * <p>What is known of some bounds the others from below ({@link Relaxation}), and their mappings,
 * where they fit, bound them from above. Where both bounds meet there is nothing to search: the
 * mapping is the best. Where an architecture has no fanout, and so every mapping keeps all computes
 * busy that it can, the least energy is asked for first: as a rule the mapping that has it takes no
 * more time than the bound of the time, and then it is the best for every objective, and at all
 * rates.
 *
 * <p>Not for several threads at once. The answers depend on the problems and the order in which
 * they come, and on nothing else as long as no search is ended from outside.
 */
public final class Family {
  /** Of each kind; the oldest is forgotten first. */
  private static final int MOST_KNOWN = 64;

  /** Values this close are equal but for rounding. */
  private static final double SAME = 1e-12;

  private final Mapper mapper;
  private final Deque<Known> energies;
  private final Deque<Known> answers;

  /** The energy that the solution at hand asked for first. */
  private Optional<Known> asked = Optional.empty();

  /**
   * What is known of one problem.
   *
   * @param lowerBound of its objective; of energies without leakage
   */
  public record Known(Architecture architecture, double lowerBound, Optional<LoopTree> mapping) {}

  /**
   * All that a family knows, the oldest first: enough to go on elsewhere.
   *
   * @param energies least energies without leakage
   * @param answers of problems
   */
  public record Knowledge(List<Known> energies, List<Known> answers) {
    /** Nothing yet. */
    public static final Knowledge NONE = new Knowledge(List.of(), List.of());

    public Knowledge {
      energies = List.copyOf(energies);
      answers = List.copyOf(answers);
    }
  }

  /**
   * What solving one problem has come to.
   *
   * @param energy what was learned besides, if a least energy was asked for
   */
  public record Step(Solution solution, Optional<Known> energy) {}

  /** One of which nothing is known. */
  public Family(Mapper mapper) {
    this(mapper, Knowledge.NONE);
  }

  /** One that knows this. */
  public Family(Mapper mapper, Knowledge knowledge) {
    this.mapper = mapper;
    this.energies = new ArrayDeque<>(knowledge.energies());
    this.answers = new ArrayDeque<>(knowledge.answers());
  }

  /** What it knows now. */
  public Knowledge knowledge() {
    return new Knowledge(List.copyOf(energies), List.copyOf(answers));
  }

  /** What two problems have in common that are of one family. */
  public static MappingProblem key(MappingProblem p) {
    return p.with(Skeleton.of(p.architecture()), p.objective());
  }

  /** The easiest problems first, which say most of the others. */
  public static final Comparator<MappingProblem> EASIEST_FIRST =
      Comparator.comparingDouble((MappingProblem p) -> -ease(p.architecture()));

  private static double ease(Architecture a) {
    double ease = 0;
    for (Node n : a.nodes()) {
      ease +=
          switch (n) {
            case Memory m ->
                Math.log((double) m.capacityBits().orElse(1L << 60)) + rates(m.actions().values());
            case Toll t -> rates(t.actions().values());
            case Fanout f -> Math.log((double) f.children());
            case Compute c -> rates(List.of(c.compute()));
          };
    }
    return ease;
  }

  private static double rates(Iterable<Action> actions) {
    double sum = 0;
    for (Action a : actions) {
      sum += Double.isInfinite(a.perCycle()) ? 0 : 1e-3 * Math.log(a.perCycle());
      sum -= 1e-3 * a.energyPj().value();
    }
    return sum;
  }

  /** Takes a problem as solved, as if it had been here. */
  public void learn(MappingProblem p, Step step) {
    step.energy().ifPresent(known -> remember(energies, known));
    keep(p, step.solution());
  }

  /** The best mapping of a problem of this family. */
  public Step solve(MappingProblem p, SearchMonitor monitor) {
    asked = Optional.empty();
    Solution solution = solution(p, monitor);
    return new Step(solution, asked);
  }

  private Solution solution(MappingProblem p, SearchMonitor monitor) {
    if (p.sparse().isPresent()) {
      return SparseProblems.solve(p, p.sparse().get(), monitor);
    }
    var best = new Best(p, Floor.of(p.einsum(), p.architecture()));
    boolean comparable = p.constraints().all().isEmpty() && unequivocal(p.objective());
    if (comparable) {
      best.learn(answers, energies);
      if (best.met()) {
        return keep(p, best.inferred(0));
      }
    }
    double cpuS = 0;
    if (comparable && energyFirst(p) && !best.energyKnown) {
      cpuS = learnEnergy(p, best, monitor);
      if (best.met()) {
        return keep(p, best.inferred(cpuS));
      }
    }
    MappingResult result = search(p, monitor);
    return keep(p, best.after(result, cpuS));
  }

  /** A search for the least energy without what leaks, at the problem's own rates. */
  private double learnEnergy(MappingProblem p, Best best, SearchMonitor monitor) {
    MappingProblem energy = p.with(Skeleton.withoutLeakage(p.architecture()), Objective.ENERGY);
    MappingResult result = search(energy, monitor);
    return switch (result) {
      case MappingResult.None n -> 0; // the search for the objective says the same, and why
      case MappingResult.Found f -> {
        double bound = f.optimality().lowerBound().orElse(0);
        asked = Optional.of(new Known(p.architecture(), bound, Optional.of(f.mapping())));
        asked.ifPresent(known -> remember(energies, known));
        best.energyAtLeast(bound);
        best.consider(f.mapping());
        yield f.optimality().cpuS().orElse(0);
      }
    };
  }

  private MappingResult search(MappingProblem p, SearchMonitor monitor) {
    var options =
        new MapperOptions(Policy.DEFAULT, 1)
            .withTiling(p.tiling())
            .withConstraints(p.constraints())
            .withMonitor(monitor);
    return mapper.map(p.einsum(), p.architecture(), p.objective(), options);
  }

  /**
   * Whether the best mappings agree in energy and time but by chance. Of those of least energy
   * alone some take longer than others, and a search may find another one than what is known.
   */
  private static boolean unequivocal(Objective o) {
    return switch (o.kind()) {
      case EDP -> true;
      case WEIGHTED -> o.energyWeight() > 0 && o.latencyWeight() > 0;
      case ENERGY, LATENCY -> false;
    };
  }

  private static boolean energyFirst(MappingProblem p) {
    return p.architecture().fanouts().isEmpty();
  }

  private Solution keep(MappingProblem p, Solution s) {
    if (p.sparse().isPresent()) {
      return s; // says nothing of others
    }
    boolean answered = s.mapping().isPresent() || s.proven();
    if (p.constraints().all().isEmpty() && unequivocal(p.objective()) && answered) {
      remember(answers, new Known(p.architecture(), s.lowerBound(), s.mapping()));
    }
    return s;
  }

  private static void remember(Deque<Known> known, Known one) {
    known.addLast(one);
    if (known.size() > MOST_KNOWN) {
      known.removeFirst();
    }
  }

  /** What is known of the problem at hand. */
  private static final class Best {
    private final MappingProblem problem;
    private final double leakagePjPerS;
    private final double latencyS;
    private double dynamicPj;
    private double valueAtLeast;
    private double value = Double.POSITIVE_INFINITY;
    private Optional<LoopTree> mapping = Optional.empty();

    /** Whether the least energy without leakage is known exactly. */
    private boolean energyKnown;

    Best(MappingProblem problem, Floor floor) {
      this.problem = problem;
      this.dynamicPj = floor.dynamicPj();
      this.latencyS = floor.latencyS();
      this.leakagePjPerS = 1e6 * floor.leakageUw();
    }

    void learn(Iterable<Known> answers, Iterable<Known> energies) {
      for (Known k : answers) {
        if (Relaxation.holds(k.architecture(), problem.architecture())) {
          valueAtLeast = Math.max(valueAtLeast, k.lowerBound());
        }
        k.mapping().ifPresent(this::consider);
      }
      for (Known k : energies) {
        if (Relaxation.holdsForDynamicEnergy(k.architecture(), problem.architecture())) {
          energyAtLeast(k.lowerBound());
          Optional<Evaluation> there = k.mapping().flatMap(this::consider);
          energyKnown |= there.isPresent() && dynamicPj(there.get()) <= k.lowerBound() * (1 + SAME);
        }
      }
    }

    private double dynamicPj(Evaluation e) {
      return e.energyPj() - leakagePjPerS * e.latencyS();
    }

    void energyAtLeast(double pJ) {
      dynamicPj = Math.max(dynamicPj, pJ * (1 - Floor.ROUNDING));
    }

    /** Takes the mapping if it fits and is better; what it costs if it fits. */
    Optional<Evaluation> consider(LoopTree candidate) {
      try {
        Evaluation e = problem.evaluate(candidate);
        double there = problem.objective().value(e);
        if (there < value) {
          value = there;
          mapping = Optional.of(candidate);
        }
        return Optional.of(e);
      } catch (InvalidSpecException e) {
        return Optional.empty(); // does not fit
      }
    }

    double lowerBound() {
      double floor = problem.objective().value(dynamicPj + leakagePjPerS * latencyS, latencyS);
      return Math.max(valueAtLeast, floor);
    }

    /** Whether the best mapping known is the best there is. */
    boolean met() {
      return mapping.isPresent() && value <= lowerBound() * (1 + 3 * SAME);
    }

    Solution inferred(double cpuS) {
      return new Solution(
          mapping, Optimality.Status.OPTIMAL, value, value, Solution.Source.INFERRED, cpuS);
    }

    /** With what a search found. */
    Solution after(MappingResult result, double cpuS) {
      return switch (result) {
        case MappingResult.None n -> {
          if (n.proven() && mapping.isPresent()) {
            throw new IllegalStateException("there is no mapping, says the search; here is one");
          }
          yield mapping.isPresent()
              ? bounded(lowerBound(), cpuS)
              : Solution.none(n.proven(), lowerBound(), cpuS);
        }
        case MappingResult.Found f -> {
          Optimality o = f.optimality();
          double spent = cpuS + o.cpuS().orElse(0);
          boolean optimal = o.status() == Optimality.Status.OPTIMAL;
          if (optimal || o.value() <= value) {
            double bound = optimal ? o.value() : Math.max(o.lowerBound().orElse(0), lowerBound());
            yield new Solution(
                Optional.of(f.mapping()),
                optimal || o.value() <= bound * (1 + SAME)
                    ? Optimality.Status.OPTIMAL
                    : Optimality.Status.BOUNDED,
                o.value(),
                Math.min(o.value(), bound),
                Solution.Source.SEARCHED,
                spent);
          }
          yield bounded(Math.max(o.lowerBound().orElse(0), lowerBound()), spent);
        }
      };
    }

    /** A search that ended early has not found as good a mapping as was known. */
    private Solution bounded(double lowerBound, double cpuS) {
      boolean met = value <= lowerBound * (1 + SAME);
      return new Solution(
          mapping,
          met ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
          value,
          Math.min(value, lowerBound),
          Solution.Source.SEARCHED,
          cpuS);
    }
  }
}
