package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a study hold what its points are. */
class StudyExportTest {
  private static final int POINTS = 130;
  private static final int LAYERS = 3;

  @TempDir Path folder;

  @Test
  void tablesHaveARowForEachOfWhatTheyAreCalledAfter() throws IOException {
    StudyExport.csv(StudyExample.results(POINTS, LAYERS), folder);
    long evaluated =
        StudyExample.list(POINTS, 0).stream().filter(p -> p.outcome() instanceof Evaluated).count();
    assertThat(lines("study")).hasSize(2);
    assertThat(lines("point")).hasSize(1 + POINTS);
    assertThat(lines("workload")).hasSize((int) (1 + evaluated));
    assertThat(lines("layer")).hasSize((int) (1 + evaluated * LAYERS));
    assertThat(lines("component")).hasSize((int) (1 + evaluated * LAYERS * 4));
    assertThat(lines("point").getFirst())
        .isEqualTo(
            "point,number,status,macs,sram,preset,energy,areaUm2,energyPj,latencyS,energyDelayPjS,powerW,accuracy,proven,onFront,broken,reason,cutBy,boundEnergyPj,boundLatencyS,boundEnergyDelayPjS,boundPowerW");
    assertThat(lines("point").get(13)).contains(",infeasible,32,512,deep,1.0,");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(5); // nothing half written is left
    }
  }

  private List<String> lines(String table) throws IOException {
    return Files.readAllLines(folder.resolve(table + ".csv"));
  }

  @Test
  void everyColumnIsOnThePage() throws IOException {
    String page = Files.readString(Path.of("../docs/explore-results.md"));
    Set<String> own = Set.of("macs", "sram", "preset", "energy", "accuracy");
    for (RowTable<?> table : new StudyTables(StudyExample.results(POINTS, 1)).all()) {
      assertThat(page).contains("**" + table.name() + "**");
      assertThat(table.columns())
          .filteredOn(column -> !own.contains(column))
          .allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
    }
  }

  @Test
  void duckDbAddsUpWhatThePointsAre() throws IOException {
    assumeThat(StudyDatabase.isThere()).as("DuckDB, which comes with -Pduckdb").isTrue();
    Path file = folder.resolve("it's.duckdb");
    StudyDatabase.write(StudyExample.results(POINTS, LAYERS), file);
    assertThat(folder).isDirectoryNotContaining(f -> f.getFileName().toString().startsWith("."));
    var answer =
        StudyDatabase.query(
            file,
            "SELECT status, count(*), max(abs(sum - p.energyPj) / p.energyPj) FROM point p LEFT JOIN"
                + " (SELECT point, sum(energyPj * repeats) AS sum FROM component GROUP BY point) c USING (point)"
                + " GROUP BY status ORDER BY status");
    assertThat(answer.columns().getFirst()).isEqualTo("status");
    assertThat(answer.rows()).hasSize(3);
    assertThat((double) answer.rows().get(1).get(2)).isLessThan(1e-12);
    assertThat(StudyDatabase.query(file, "SELECT digest FROM study").csv())
        .asString()
        .isEqualTo("digest\r\n0123456789abcdef\r\n");
    assertThat(StudyDatabase.query(file, "SELECT NULL AS n, 1/3 AS third, 'a' AS w").lines())
        .containsExactly("n     third  w", "-  0.333333  a");
    String page = Files.readString(Path.of("../docs/explore-results.md"));
    var documented =
        Pattern.compile("query study.results.jsonl \"(SELECT [^.][^\"]+)\"")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(documented).isNotEmpty();
    for (String query : documented) {
      assertThat(StudyDatabase.query(file, query).rows()).as(query).isNotEmpty();
    }
    assertThatThrownBy(() -> StudyDatabase.query(file, "SELECT * FROM points"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("Did you mean \"point\"");
    assertThatThrownBy(() -> StudyDatabase.query(file, "DROP TABLE point"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("read-only");
  }
}
