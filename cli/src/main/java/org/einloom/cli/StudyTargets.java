package org.einloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.io.input.Words;
import org.einloom.io.journal.StudyJournal;
import org.einloom.report.AtomicFile;
import org.einloom.report.StudyDatabase;
import org.einloom.report.StudyExport;
import org.einloom.report.StudyPage;
import org.einloom.report.StudyResults;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what to make of the results of a study. */
final class StudyTargets {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page for a browser: one HTML file that needs no network.")
  private @Nullable String report;

  @Option(
      names = "--csv",
      paramLabel = "FOLDER",
      description =
          "Write the tables study, point, workload, layer and component as comma-separated values"
              + " into this folder.")
  private @Nullable String csv;

  @Option(
      names = "--parquet",
      paramLabel = "FOLDER",
      description = "Write the same tables as Parquet files into this folder.")
  private @Nullable String parquet;

  @Option(
      names = "--duckdb",
      paramLabel = "FILE",
      description =
          "Write the same tables as a DuckDB database; needs 'einloom explore query --install'.")
  private @Nullable String duckdb;

  @Option(
      names = "--pages",
      paramLabel = "FOLDER",
      description =
          "A page of each evaluated point and workload: a run writes them here, and the report"
              + " links to them.")
  private @Nullable String pages;

  /**
   * Before any long work.
   *
   * @param inputs what the command reads
   */
  void check(List<String> inputs) {
    HtmlOutput.check("--report", report);
    for (String folder : folders()) {
      Path path = OutputArguments.path(folder);
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new InvalidSpecException(
            Words.quote(folder) + " is a file; name a folder, which is made if there is none");
      }
    }
    if (duckdb != null) {
      requireDuckDb();
    }
    new Outputs().add("--report", report).add("--duckdb", duckdb).check(inputs);
  }

  private List<String> folders() {
    List<String> folders = new ArrayList<>();
    for (String folder : new @Nullable String[] {csv, parquet, pages}) {
      if (folder != null) {
        folders.add(folder);
      }
    }
    return folders;
  }

  /** Whether anything is to be made. */
  boolean any() {
    return report != null || csv != null || parquet != null || duckdb != null;
  }

  /** The folder for pages of points, if there is to be one. */
  Optional<Path> pages() {
    return Optional.ofNullable(pages).map(OutputArguments::path);
  }

  static void requireDuckDb() {
    if (!StudyDatabase.isThere()) {
      throw new InvalidSpecException(
          "there is no DuckDB: it is a library of its own (75 MB from Maven Central);"
              + " './einloom explore query --install', in a checkout of the sources, builds it in,"
              + " elsewhere its jar can be named in EINLOOM_CLASS_PATH; 'einloom explore export' writes"
              + " CSV and Parquet without");
    }
  }

  /** The results that a file holds, read as far as they are there. */
  static StudyResults results(Path file) {
    var header = StudyJournal.header(file);
    return new StudyResults(
        header.study(), header.digest(), header.version(), taker -> StudyJournal.read(file, taker));
  }

  /** Makes everything that is wanted of the results in a file. */
  void write(Path file) {
    if (!any()) {
      return;
    }
    StudyResults results = results(file);
    if (report != null) {
      Path page = OutputArguments.path(report);
      AtomicFile.write(page, StudyPage.of(results, links(page)));
    }
    if (csv != null) {
      StudyExport.csv(results, OutputArguments.path(csv));
    }
    if (parquet != null) {
      StudyExport.parquet(results, OutputArguments.path(parquet));
    }
    if (duckdb != null) {
      StudyDatabase.write(results, OutputArguments.path(duckdb));
    }
  }

  /** Pages that are there, as seen from the report. */
  private StudyPage.Links links(Path page) {
    Optional<Path> folder = pages();
    if (folder.isEmpty()) {
      return StudyPage.Links.NONE;
    }
    Path from = page.toAbsolutePath().normalize().resolveSibling("");
    return (point, workload) -> {
      Path to = folder.get().resolve(PointPages.name(point, workload)).toAbsolutePath().normalize();
      return Files.isRegularFile(to)
          ? Optional.of(PointPages.address(from.relativize(to)))
          : Optional.empty();
    };
  }
}
