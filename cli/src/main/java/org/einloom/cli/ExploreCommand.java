package org.einloom.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.einloom.explore.engine.Exploration;
import org.einloom.explore.engine.Explorer;
import org.einloom.explore.engine.SearchTime;
import org.einloom.explore.engine.Survey;
import org.einloom.io.study.StudyFile;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.report.ExploreText;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom explore}: which of many designs are worth building. */
@Command(
    name = "explore",
    description = "Map workloads on many designs: which are worth building?",
    subcommands = {ExploreQueryCommand.class, ExploreExportCommand.class},
    mixinStandardHelpOptions = true)
final class ExploreCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "STUDY",
      arity = "0..1", // a subcommand has none
      description = "A study file (see docs/explore.md).")
  private @Nullable String study;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Searches at once (default: one per core). The results are the same.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      description =
          "Time for the search of one layer on one design, in seconds or as in 500ms, 2min. What is"
              + " not proven then has a bound. Without it each search goes on until its answer is"
              + " proven.")
  private @Nullable String timeLimit;

  @Option(
      names = "--dry-run",
      description = "Say what there is to do: points, layers, mapping problems; solve nothing.")
  private boolean dryRun;

  @Option(
      names = "--no-cut",
      description = "Solve also points whose bounds say that they cannot be an answer.")
  private boolean noCut;

  @Option(
      names = {"--quiet", "-q"},
      description = "Say nothing of how far it is; only errors go to standard error.")
  private boolean quiet;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StudyWorkers workers;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StudyKeeping keeping;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (study == null) {
      throw new ParameterException(
          spec.commandLine(), "missing STUDY; expected a study file, or 'query' or 'export'");
    }
    return explore(study);
  }

  @SuppressWarnings("try") // interrupts are watched, not asked
  private int explore(String file) {
    var limit =
        new SearchTime(Optional.ofNullable(timeLimit).map(t -> Durations.parse("--time-limit", t)));
    if (jobs < 1 || jobs > MapperOptions.MOST_THREADS) {
      throw new InvalidSpecException(
          "--jobs is %d; expected 1 to %d".formatted(jobs, MapperOptions.MOST_THREADS));
    }
    workers.check();
    keeping.check(file);
    StudyFile read = StudyFile.read(OutputArguments.path(file));
    Survey survey = StudyPoints.survey(read, dryRun);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      ExploreText.survey(read.study(), survey).forEach(out::println);
      return ExitCode.OK;
    }
    Exploration found;
    try (StudyKeeping.Kept kept = keeping.open(file, read.study(), noCut, limit);
        var progress =
            new ExploreProgress(spec.commandLine().getErr(), style(), limit, System::nanoTime);
        var interrupts = Interrupts.first(progress::interrupt);
        var others = workers.open(read.study(), jobs, limit, progress)) {
      var explorer =
          new Explorer(
              read.study(),
              read.builder(),
              new ExactMapper(),
              keeping.sink(kept.points()),
              progress,
              !noCut);
      found = explorer.run(StudyPoints.of(read.study()), jobs, kept.solved(), others.workers());
    }
    keeping.write(file);
    ExploreText.lines(read.study(), found).forEach(out::println);
    return found.complete() ? ExitCode.OK : Interrupts.EXIT_CODE;
  }

  private Progress.Style style() {
    return quiet
        ? Progress.Style.QUIET
        : Terminal.showsProgressInPlace() ? Progress.Style.IN_PLACE : Progress.Style.LINES;
  }
}
