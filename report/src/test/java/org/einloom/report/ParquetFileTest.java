package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.einloom.network.NetworkResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That others read what is written is shown by DuckDB, which is on the class path with {@code
 * -Pduckdb} alone; that it is still what DuckDB read, by its bytes.
 */
class ParquetFileTest {
  private static final int ROWS = 10;

  @TempDir Path folder;

  @Test
  void aSmallFileByteByByte() {
    var column = new ParquetColumn("n", ParquetColumn.Type.INT64, false);
    column.add(258L);
    assertThat(HexFormat.of().formatHex(ParquetFile.bytes(List.of(column), "w")))
        .isEqualTo(
            "50415231" // PAR1
                + "1500" // 1: data page
                + "1510" // 2: 8 bytes
                + "1510" // 3: 8 bytes, too
                + "2c" // 5: its header
                + "1502" // 1: 1 value
                + "1500" // 2: plain
                + "1506" // 3: levels in runs
                + "1506" // 4: levels in runs
                + "00"
                + "00"
                + "0201000000000000" // 258
                + "1502" // 1: version 1
                + "192c" // 2: schema of 2 elements
                + "48"
                + "06"
                + "736368656d61" // 4: schema
                + "1502" // 5: 1 child
                + "00"
                + "1504" // 1: INT64
                + "2500" // 3: required
                + "18"
                + "01"
                + "6e" // 4: n
                + "00"
                + "1602" // 3: 1 row
                + "191c" // 4: 1 group of rows
                + "191c" // 1: 1 column
                + "2608" // 2: at 4
                + "1c" // 3: what it is
                + "1504" // 1: INT64
                + "1925"
                + "0006" // 2: plain, levels in runs
                + "1918"
                + "01"
                + "6e" // 3: n
                + "1500" // 4: not compressed
                + "1602" // 5: 1 value
                + "1632" // 6: 25 bytes
                + "1632" // 7: 25 bytes
                + "2608" // 9: at 4
                + "00"
                + "00"
                + "1632" // 2: 25 bytes
                + "1602" // 3: 1 row
                + "00"
                + "28"
                + "01"
                + "77" // 6: written by w
                + "00"
                + "3f000000" // 63 bytes of footer
                + "50415231");
  }

  @Test
  void columnsHaveOneLengthAndValuesWhereTheyMust() {
    var a = new ParquetColumn("a", ParquetColumn.Type.INT64, false);
    a.add(1L);
    var b = new ParquetColumn("b", ParquetColumn.Type.INT64, true);
    assertThatThrownBy(() -> ParquetFile.bytes(List.of(a, b), "w"))
        .hasMessage("0 values for 1 rows");
    assertThatThrownBy(() -> a.add(null)).hasMessage("no value for column a");
  }

  @Test
  void anotherReaderReadsEveryTypeAndWhatIsNotThere() throws SQLException {
    requireDuckDb();
    List<ParquetColumn> columns = new ArrayList<>();
    for (ParquetColumn.Type type : ParquetColumn.Type.values()) {
      columns.add(new ParquetColumn(type + "1", type, false));
      columns.add(new ParquetColumn(type + "0", type, true));
    }
    for (int i = 0; i < 20; i++) { // more than a short list
      columns.add(new ParquetColumn("more" + i, ParquetColumn.Type.INT64, false));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<Object> values = new ArrayList<>();
      for (ParquetColumn c : columns) {
        Object value = c.optional() && row % 4 > 1 ? null : value(c.type(), row);
        c.add(value);
        values.add(value);
      }
      rows.add(values);
    }
    assertThat(read("SELECT * FROM '%s'", ParquetFile.bytes(columns, "test"))).isEqualTo(rows);
  }

  @Test
  void anotherReaderReadsGroupAfterGroup() throws SQLException, IOException {
    requireDuckDb();
    var number = new ParquetColumn("n", ParquetColumn.Type.INT64, false);
    var text = new ParquetColumn("t", ParquetColumn.Type.TEXT, true);
    var bytes = new ByteArrayOutputStream();
    try (var file = new ParquetFile(bytes, List.of(number, text), "test")) {
      for (int row = 0; row < 1000; row++) {
        number.add((long) row);
        text.add(row % 3 == 0 ? null : "t" + row);
        if (row % 300 == 299) {
          file.group();
        }
      }
      file.group();
    }
    List<List<Object>> rows = read("SELECT * FROM '%s'", bytes.toByteArray());
    assertThat(rows).hasSize(1000);
    assertThat(rows.get(900)).containsExactly(900L, null);
    assertThat(rows.get(901)).containsExactly(901L, "t901");
  }

  @Test
  void anotherReaderAddsUpTheEnergyOfAResult() throws SQLException {
    requireDuckDb();
    NetworkResult result = Example.given();
    byte[] file = ResultParquet.write(result, "1");
    List<Object> sums =
        read(
                "SELECT sum(energyPj * repeats), count(DISTINCT layer), count(tensor) > 0,"
                    + " max(utilization) FROM '%s'",
                file)
            .getFirst();
    assertThat((double) sums.get(0)).isEqualTo(result.energyPj());
    assertThat(sums.get(1)).isEqualTo((long) result.layers().size());
    assertThat(sums.get(2)).isEqualTo(true);
    assertThat((double) sums.get(3))
        .isEqualTo(
            result.layers().stream()
                .mapToDouble(l -> l.evaluation().utilization().orElse(0))
                .max()
                .orElseThrow());
    long lines = new String(ResultCsv.write(result), StandardCharsets.UTF_8).lines().count();
    assertThat(read("SELECT count(*) FROM '%s'", file).getFirst()).containsExactly(lines - 1);
  }

  private static Object value(ParquetColumn.Type type, int row) {
    return switch (type) {
      case BOOLEAN -> row % 3 == 0;
      case INT64 -> row == 0 ? Long.MIN_VALUE : (long) row;
      case DOUBLE -> row == 0 ? 1e300 : row / 8.0;
      case TEXT -> row == 0 ? "" : "\u03bcJ, '" + row;
    };
  }

  private static void requireDuckDb() {
    assumeThat(DriverManager.drivers().map(Driver::getClass).map(Class::getName))
        .as("DuckDB, which comes with -Pduckdb")
        .contains("org.duckdb.DuckDBDriver");
  }

  private List<List<Object>> read(String query, byte[] content) throws SQLException {
    Path file = folder.resolve("table.parquet");
    AtomicFile.write(file, content);
    List<List<Object>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.formatted(file))) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
