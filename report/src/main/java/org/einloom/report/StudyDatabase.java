package org.einloom.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a study as a DuckDB database, made by way of Parquet files. DuckDB is asked by
 * JDBC alone, and need not be there.
 */
public final class StudyDatabase {
  private static final String DRIVER = "org.duckdb.DuckDBDriver";

  private StudyDatabase() {}

  /** Whether DuckDB is on the class path. */
  public static boolean isThere() {
    return DriverManager.drivers().anyMatch(d -> d.getClass().getName().equals(DRIVER));
  }

  /**
   * Makes a database, in the place of one that may be there.
   *
   * @throws InvalidSpecException if it cannot be written
   */
  public static void write(StudyResults results, Path file) {
    AtomicFile.checkWritable(file);
    Path folder =
        file.toAbsolutePath()
            .resolveSibling("." + file.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    Path fresh = folder.resolve("study.duckdb");
    try {
      try {
        StudyExport.parquet(results, folder);
        fill(results, folder, fresh);
        AtomicFile.move(fresh, file);
      } finally {
        delete(folder);
      }
    } catch (IOException | SQLException e) {
      throw new InvalidSpecException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void fill(StudyResults results, Path folder, Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = connection.createStatement()) {
      for (RowTable<?> table : new StudyTables(results).all()) {
        String parquet = folder.resolve(table.name() + ".parquet").toString();
        statement.execute(
            "CREATE TABLE %s AS SELECT * FROM read_parquet('%s')"
                .formatted(table.name(), parquet.replace("'", "''")));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /**
   * What a query answers.
   *
   * @param columns their names
   * @param rows their values, null where there is none
   */
  public record Answer(List<String> columns, List<List<@Nullable Object>> rows) {
    /** As comma-separated values, numbers in full. */
    public byte[] csv() {
      List<List<String>> all = new ArrayList<>();
      all.add(columns);
      rows.forEach(r -> all.add(r.stream().map(v -> v == null ? "" : v.toString()).toList()));
      return Csv.bytes(all);
    }

    /** As a table for people, numbers with six digits. */
    public List<String> lines() {
      List<Integer> words = new ArrayList<>();
      for (int i = 1; i < columns.size(); i++) {
        int column = i;
        if (rows.stream().map(r -> r.get(column)).noneMatch(Number.class::isInstance)) {
          words.add(i);
        }
      }
      var table = new TextTable(columns, words.toArray(Integer[]::new));
      rows.forEach(r -> table.row(r.stream().map(Answer::shown).toList()));
      return table.lines();
    }

    private static String shown(@Nullable Object value) {
      return switch (value) {
        case null -> "-";
        case Double d when Double.isFinite(d) -> Si.significant(d, 6);
        default -> value.toString().replaceAll("\\R", " ");
      };
    }
  }

  /**
   * Asks a database.
   *
   * @param sql a query
   * @throws InvalidSpecException if it is none, or the file cannot be read
   */
  public static Answer query(Path file, String sql) {
    var readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return new Answer(List.of("rows"), List.of(List.of(statement.getUpdateCount())));
      }
      try (ResultSet result = statement.getResultSet()) {
        ResultSetMetaData about = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
          columns.add(about.getColumnLabel(i));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
        return new Answer(columns, rows);
      }
    } catch (SQLException e) {
      throw new InvalidSpecException("DuckDB: " + e.getMessage(), e);
    }
  }
}
