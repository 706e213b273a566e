package org.einloom.cli;

import java.nio.file.Path;
import java.util.List;
import org.einloom.explore.ResultSink;
import org.einloom.explore.Study;
import org.einloom.explore.engine.SearchTime;
import org.einloom.io.journal.JournalHeader;
import org.einloom.io.journal.SolvedFile;
import org.einloom.io.journal.StudyJournal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say where the results of a study are kept, and what is made of them at its end. */
final class StudyKeeping {
  @Option(
      names = "--results",
      paramLabel = "FILE",
      description =
          "Where finished points are kept, one a line, so that a study that was ended continues"
              + " (default: STUDY.results.jsonl in the current folder).")
  private @Nullable String results;

  @Option(names = "--fresh", description = "Throw away the points that are there, and begin anew.")
  private boolean fresh;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StudyTargets targets;

  /**
   * Before any long work.
   *
   * @param study the study's file
   */
  void check(String study) {
    targets.check(List.of(study, file(study).toString()));
  }

  /** Where the points of a study are kept. */
  Path file(String study) {
    if (results != null) {
      return OutputArguments.path(results);
    }
    String name = String.valueOf(OutputArguments.path(study).getFileName());
    return Path.of(name.replaceFirst("\\.(yaml|yml)$", "") + ".results.jsonl");
  }

  /**
   * What was kept of a study.
   *
   * @param points that are finished
   * @param solved what points need that are not
   */
  record Kept(StudyJournal points, SolvedFile solved) implements AutoCloseable {
    @Override
    public void close() {
      solved.close();
      points.close();
    }
  }

  /**
   * What is there; to be closed.
   *
   * @param noCut whether points that cannot be an answer are solved as well
   * @param time of each search
   */
  Kept open(String file, Study study, boolean noCut, SearchTime time) {
    Path path = file(file);
    var header = JournalHeader.of(study, Version.number(), noCut, time.most());
    StudyJournal points = StudyJournal.open(path, header, fresh);
    try {
      return new Kept(points, SolvedFile.beside(path, header, fresh));
    } catch (RuntimeException e) {
      points.close();
      throw e;
    }
  }

  /** Where the engine puts what it finishes. */
  ResultSink sink(StudyJournal journal) {
    return targets.pages().<ResultSink>map(p -> new PointPages(p, journal)).orElse(journal);
  }

  /** Makes what is wanted of them, after the journal was closed. */
  void write(String study) {
    targets.write(file(study));
  }
}
