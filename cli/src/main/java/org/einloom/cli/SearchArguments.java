package org.einloom.cli;

import java.time.Duration;
import java.util.Optional;
import org.einloom.mapper.MapperOptions;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to search, and for how long. */
final class SearchArguments {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Layers to search at once (default: one per core). The answer is the same.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      description =
          "Time for the search of all layers, in seconds or as in 500ms, 2min. Without it there is"
              + " no limit: each search goes on until its answer is proven, or its problem turns out"
              + " too large for a proof. What is not proven has a bound. Ctrl-C ends the search in the"
              + " same way.")
  private @Nullable String timeLimit;

  @Option(
      names = "--pareto",
      description = "For each layer all mappings that no other beats in both energy and latency.")
  private boolean pareto;

  @Option(
      names = {"--quiet", "-q"},
      description = "Say nothing of how far the search is; only errors go to standard error.")
  private boolean quiet;

  /** Whether progress is not to be shown. */
  boolean quiet() {
    return quiet;
  }

  /** Whether fronts are to be reported. */
  boolean pareto() {
    return pareto;
  }

  /** The time there is; empty without a limit. */
  Optional<Duration> timeLimit() {
    return Optional.ofNullable(timeLimit).map(t -> Durations.parse("--time-limit", t));
  }

  /** How many layers to search at once. */
  int threads() {
    if (threads < 1 || threads > MapperOptions.MOST_THREADS) {
      throw new InvalidSpecException(
          "--threads is %d; expected 1 to %d".formatted(threads, MapperOptions.MOST_THREADS));
    }
    return threads;
  }
}
