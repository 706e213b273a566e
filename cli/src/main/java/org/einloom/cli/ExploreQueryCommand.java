package org.einloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.einloom.io.input.Words;
import org.einloom.report.StudyDatabase;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom explore query}: questions in SQL. */
@Command(
    name = "query",
    description =
        "Ask the results of a study in SQL, by DuckDB: tables study, point, workload, layer and"
            + " component.",
    mixinStandardHelpOptions = true)
final class ExploreQueryCommand implements Runnable {
  @Parameters(
      paramLabel = "RESULTS",
      description =
          "The results of a study, of which a database is kept beside them (.duckdb), or such a"
              + " database.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String results;

  @Parameters(paramLabel = "SQL", description = "The query.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String sql;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write the answer as comma-separated values instead, numbers in full; '-': to standard"
              + " output.")
  private @Nullable String csv;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    new Outputs().add("--csv", csv).check(List.of(results));
    StudyTargets.requireDuckDb();
    Path file = OutputArguments.path(results);
    StudyDatabase.Answer answer = StudyDatabase.query(database(file), sql);
    PrintWriter out = spec.commandLine().getOut();
    if (csv != null) {
      JsonOutput.put(csv, answer.csv(), out);
    } else {
      answer.lines().forEach(out::println);
    }
  }

  /** The file itself, or the database beside it, made anew if the results have changed since. */
  private static Path database(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidSpecException(
          "there is no file %s; expected the results of a study, as 'einloom explore' writes them"
              .formatted(Words.quote(file.toString())));
    }
    try {
      if (!isText(file)) {
        return file;
      }
      String name = String.valueOf(file.getFileName());
      Path database = file.resolveSibling(name.replaceFirst("\\.jsonl$", "") + ".duckdb");
      // of before they are read: what comes while they are read makes it older
      FileTime changed = Files.getLastModifiedTime(file);
      if (!Files.exists(database) || !Files.getLastModifiedTime(database).equals(changed)) {
        StudyDatabase.write(StudyTargets.results(file), database);
        Files.setLastModifiedTime(database, changed);
      }
      return database;
    } catch (IOException e) {
      throw new InvalidSpecException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isText(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == '{';
    }
  }
}
