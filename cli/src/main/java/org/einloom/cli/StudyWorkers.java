package org.einloom.cli;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.einloom.explore.Study;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.SearchTime;
import org.einloom.explore.engine.Workers;
import org.einloom.explore.engine.WorkersProvider;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say who solves the mapping problems of a study. */
final class StudyWorkers {
  private static final String SPARK = "spark";

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description =
          "Solve on a cluster: 'spark' (see docs/explore-spark.md). The results are the same.")
  private @Nullable String on;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "With --on spark: where, as Spark says it: local[2], spark://HOST:7077, ... (default:"
              + " what spark-submit says; otherwise this process).")
  private @Nullable String master;

  /** Before any long work. */
  void check() {
    if (on != null && !on.equals(SPARK)) {
      throw new InvalidSpecException(
          "--on is %s; expected spark%s"
              .formatted(Words.quote(on), Words.didYouMean(on, List.of(SPARK))));
    }
    if (on == null && master != null) {
      throw new InvalidSpecException("--master is for --on spark");
    }
    if (on != null) {
      provider(on);
    }
  }

  private static WorkersProvider provider(String name) {
    return ServiceLoader.load(WorkersProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "there is no Spark: it is a library of its own (150 MB from Maven Central);"
                        + " './einloom explore --on spark --install', in a checkout of the sources,"
                        + " builds it in; on a cluster, spark-submit runs einloom-spark.jar (see"
                        + " docs/explore-spark.md)"));
  }

  /** Those that are not in this process, if any; to be closed. */
  record Others(Optional<Workers> workers) implements AutoCloseable {
    @Override
    public void close() {
      workers.ifPresent(Workers::close);
    }
  }

  /** Makes them ready. */
  Others open(Study study, int threads, SearchTime time, ExploreMonitor monitor) {
    if (on == null) {
      return new Others(Optional.empty());
    }
    var request =
        new WorkersProvider.Request(
            study.name(), Optional.ofNullable(master), threads, time, monitor);
    return new Others(Optional.of(provider(on).open(request)));
  }
}
