package org.einloom.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.Alternatives;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.conflict.Question;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;

/**
 * Searches the distinct layers of a workload, several at once; each search has one thread, so that
 * the answer does not depend on their number.
 */
final class NetworkSearch {
  /** Of the time of a layer's own search, for its front: little, as most of it is excluded. */
  static final double FRONT_WEIGHT = 0.25;

  private static final long LARGEST_FACTOR = 10_000;

  private final Mapper mapper;
  private final CostArguments.Task task;
  private final MapperOptions options;
  private final Budget budget;
  private final Progress progress;

  /**
   * @param options but for the monitor
   * @param budget the time there is
   */
  NetworkSearch(
      Mapper mapper,
      CostArguments.Task task,
      MapperOptions options,
      Budget budget,
      Progress progress) {
    this.mapper = mapper;
    this.task = task;
    this.options = options;
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * What was found for each layer, in their order.
   *
   * @throws InvalidSpecException for the first layer without a mapping
   */
  List<LayerResult> run(int threads) {
    List<Selection.Entry> entries = task.selection().entries();
    return inParallel(threads, entries, e -> map(e, options, e.layer().name()).orElseThrow());
  }

  /**
   * The same for the least energy-delay product of the network: first each layer's own best, then
   * of its front what may be better for the network.
   */
  List<LayerResult> runForNetworkEdp(int threads) {
    List<Selection.Entry> entries = task.selection().entries();
    List<LayerResult> own = run(threads);
    double[] limits = NetworkResult.edpLimits(own);
    boolean bounded = Arrays.stream(limits).noneMatch(Double::isInfinite);
    if (!bounded || budget.interrupted()) {
      return own; // a mapper without bounds has no fronts either
    }
    return inParallel(
        threads,
        entries,
        e -> {
          int i = entries.indexOf(e);
          MapperOptions front = options.withFrontWithin(limits[i]);
          return map(e, front, e.layer().name() + ", front")
              .map(f -> together(own.get(i), f))
              .orElse(own.get(i));
        });
  }

  /** What two searches of a layer know; the second for its front. */
  private LayerResult together(LayerResult own, LayerResult front) {
    Optimality a = own.optimality();
    Optimality b = front.optimality();
    LayerResult better = b.value() < a.value() ? front : own;
    return new LayerResult(
        own.layer(),
        own.repeats(),
        better.mapping(),
        better.evaluation(),
        new Optimality(
            b.status(),
            a.objective(),
            better.optimality().value(),
            OptionalDouble.of(
                Math.min(
                    better.optimality().value(),
                    Math.max(a.lowerBound().orElse(0), b.lowerBound().orElse(0)))),
            OptionalLong.of(a.evaluated().orElse(0) + b.evaluated().orElse(0)),
            OptionalDouble.of(a.cpuS().orElse(0) + b.cpuS().orElse(0))),
        front.front(),
        own.log(),
        better.sparsity());
  }

  private List<LayerResult> inParallel(
      int threads, List<Selection.Entry> entries, Function<Selection.Entry, LayerResult> search) {
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, entries.size()));
    try {
      Map<Selection.Entry, Future<LayerResult>> results = new HashMap<>();
      for (Selection.Entry e : order(entries)) {
        results.put(e, workers.submit(() -> search.apply(e)));
      }
      List<LayerResult> layers = new ArrayList<>();
      for (Selection.Entry e : entries) {
        layers.add(get(Objects.requireNonNull(results.get(e))));
      }
      return layers;
    } finally {
      workers.shutdownNow();
    }
  }

  /** With a time limit those first that will leave something of their share to the others. */
  private List<Selection.Entry> order(List<Selection.Entry> entries) {
    return budget.limited()
        ? entries.stream()
            .sorted(Comparator.comparingDouble(e -> tilings(e.layer().einsum())))
            .toList()
        : entries;
  }

  /** A measure of how many ways there are to cut the extents, on a logarithmic scale. */
  private static double tilings(Einsum einsum) {
    double sum = 0;
    for (RankVariable v : einsum.variables()) {
      long divisors = 1;
      long rest = v.extent();
      for (long p = 2; p * p <= rest && p < LARGEST_FACTOR; p++) {
        int power = 0;
        for (; rest % p == 0; rest /= p) {
          power++;
        }
        divisors *= power + 1;
      }
      sum += Math.log((double) (rest > 1 ? 2 * divisors : divisors));
    }
    return sum;
  }

  private static LayerResult get(Future<LayerResult> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Searches one layer.
   *
   * @return empty where a front was wanted of a layer that has a mapping, and none was found in
   *     time
   */
  private Optional<LayerResult> map(Selection.Entry entry, MapperOptions how, String shownAs) {
    boolean again = Double.isFinite(how.frontWithin());
    Progress.Layer shown = progress.begin(shownAs);
    var monitor = new Monitor(shown, budget.begin(again ? FRONT_WEIGHT : 1), again);
    Einsum einsum = entry.layer().einsum();
    List<Architecture> paths = task.measured().design(entry).offering(einsum);
    List<MappingResult> answers = new ArrayList<>();
    for (Architecture path : paths) {
      Constraints asked = options.constraints().on(path);
      MappingResult answer =
          mapper.map(
              einsum, path, task.objective(), how.withConstraints(asked).withMonitor(monitor));
      answers.add(Satisfied.orNone(answer, einsum, path, asked));
    }
    return switch (Alternatives.best(answers)) {
      case MappingResult.Found f -> {
        shown.end(f.optimality());
        yield Optional.of(
            new LayerResult(
                entry.layer(),
                entry.repeats(),
                f.mapping(),
                f.evaluation(),
                f.optimality(),
                f.front(),
                f.log(),
                f.sparsity()));
      }
      case MappingResult.None _ -> {
        if (again) {
          yield Optional.empty();
        }
        throw new InvalidSpecException(
            Emptiness.message(
                answers,
                paths.stream().map(p -> emptiness(entry.layer().name(), einsum, p)).toList(),
                monitor.stopped));
      }
    };
  }

  private Emptiness emptiness(String layer, Einsum einsum, Architecture path) {
    var question = new Question(einsum, path, options.constraints().on(path), options.tiling());
    return new Emptiness(layer, question, mapper, options, budget::interrupted);
  }

  /** Shows how far a search is, and ends it when its time is over. */
  private final class Monitor implements SearchMonitor {
    private final Progress.Layer shown;
    private final Budget.Slice slice;
    private boolean found;
    private boolean stopped;

    /** With something to show already, or not. */
    Monitor(Progress.Layer shown, Budget.Slice slice, boolean found) {
      this.shown = shown;
      this.slice = slice;
      this.found = found;
    }

    @Override
    public boolean stop() {
      stopped = stopped || Thread.currentThread().isInterrupted() || slice.over(found);
      return stopped;
    }

    @Override
    public void report(double value, double lowerBound, long evaluated) {
      found = found || Double.isFinite(value);
      shown.update(task.objective(), value, lowerBound);
    }
  }
}
