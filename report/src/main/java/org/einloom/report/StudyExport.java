package org.einloom.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Writes the tables of a study as files, a table each, row by row as points are read. */
public final class StudyExport {
  /** Rows of Parquet that are held at once. */
  private static final int GROUP = 20_000;

  /** Where the rows of a table go. */
  private interface Target {
    void row(List<@Nullable Object> row) throws IOException;

    void end() throws IOException;
  }

  /** Begins a file of a table. */
  @FunctionalInterface
  private interface Maker {
    Target make(RowTable<?> table, OutputStream out) throws IOException;
  }

  private StudyExport() {}

  /**
   * Comma-separated values, {@code point.csv} and others.
   *
   * @param folder made if there is none
   * @throws InvalidSpecException if they cannot be written
   */
  public static void csv(StudyResults results, Path folder) {
    write(results, folder, ".csv", StudyExport::csv);
  }

  /** Parquet files, {@code point.parquet} and others; the same otherwise. */
  public static void parquet(StudyResults results, Path folder) {
    String writer = "einloom version " + results.version();
    write(results, folder, ".parquet", (table, out) -> parquet(table, out, writer));
  }

  private static void write(StudyResults results, Path folder, String ending, Maker maker) {
    var tables = new StudyTables(results);
    Map<String, Target> targets = new LinkedHashMap<>();
    Map<Path, Path> files = new LinkedHashMap<>();
    try {
      Files.createDirectories(folder);
      for (RowTable<?> table : tables.all()) {
        Path file = folder.resolve(table.name() + ending);
        Path fresh = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
        fresh.toFile().deleteOnExit();
        files.put(fresh, file);
        targets.put(
            table.name(),
            maker.make(table, new BufferedOutputStream(Files.newOutputStream(fresh))));
      }
      tables.rows(
          (table, row) -> {
            try {
              targets.getOrDefault(table, NONE).row(row);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      for (Target target : targets.values()) {
        target.end();
      }
      for (Map.Entry<Path, Path> file : files.entrySet()) {
        AtomicFile.move(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new InvalidSpecException("cannot write to " + folder + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new InvalidSpecException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static final Target NONE =
      new Target() {
        @Override
        public void row(List<@Nullable Object> row) {
          throw new IllegalStateException("a row of no table");
        }

        @Override
        public void end() {}
      };

  private static Target csv(RowTable<?> table, OutputStream out) throws IOException {
    out.write(Csv.bytes(List.of(table.columns())));
    return new Target() {
      @Override
      public void row(List<@Nullable Object> row) throws IOException {
        out.write(
            Csv.bytes(
                List.of(
                    row.stream()
                        .map(v -> v == null ? "" : v.toString())
                        .collect(Collectors.toList()))));
      }

      @Override
      public void end() throws IOException {
        out.close();
      }
    };
  }

  private static Target parquet(RowTable<?> table, OutputStream out, String writer)
      throws IOException {
    List<ParquetColumn> columns = table.parquet();
    var file = new ParquetFile(out, columns, writer);
    return new Target() {
      @Override
      public void row(List<@Nullable Object> row) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(row.get(i));
        }
        if (columns.getFirst().size() == GROUP) {
          file.group();
        }
      }

      @Override
      public void end() throws IOException {
        file.group();
        file.close();
      }
    };
  }
}
