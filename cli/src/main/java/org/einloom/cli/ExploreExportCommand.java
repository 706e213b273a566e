package org.einloom.cli;

import java.util.List;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code einloom explore export}: the results of a study as other files. */
@Command(
    name = "export",
    description =
        "Make a report, CSV, Parquet or a DuckDB database of the results of a study, also of one"
            + " that is running.",
    mixinStandardHelpOptions = true)
final class ExploreExportCommand implements Runnable {
  @Parameters(
      paramLabel = "RESULTS",
      description = "The results of a study, as 'einloom explore' writes them.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String results;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StudyTargets targets;

  @Override
  public void run() {
    if (!targets.any()) {
      throw new InvalidSpecException(
          "nothing is to be written; expected --report, --csv, --parquet or --duckdb");
    }
    targets.check(List.of(results));
    targets.write(OutputArguments.path(results));
  }
}
