package org.einloom.io.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.component.Value;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.LayerFigures.ComponentFigures;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.WorkloadFigures;
import org.einloom.mapper.Optimality;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points are read as they were written, to the bit. */
class PointJsonTest {
  @TempDir Path folder;

  private static Point point(Object... values) {
    var map = new LinkedHashMap<String, Value>();
    for (int i = 0; i < values.length; i += 2) {
      map.put(
          (String) values[i],
          values[i + 1] instanceof Double d ? Value.of(d) : Value.of((String) values[i + 1]));
    }
    return new Point(map);
  }

  private static SequencedMap<String, Double> numbers(String name, double value) {
    return new LinkedHashMap<>(Map.of(name, value));
  }

  private static LayerFigures layer(double energyPj, OptionalDouble bound) {
    return new LayerFigures(
        "a \"layer\"\n\u03bc",
        3,
        Long.MAX_VALUE,
        energyPj,
        Double.MIN_VALUE,
        7,
        "",
        Optimality.Status.BOUNDED,
        1.0 / 3,
        bound,
        List.of(new ComponentFigures("DRAM", 1, 0.1 + 0.2, 0, 1e-300, 1e15)));
  }

  private static List<PointResult> all() {
    var evaluated =
        new PointResult.Evaluated(
            0.3,
            numbers("latency of w", Double.POSITIVE_INFINITY),
            List.of("area: at most 1 mm2"),
            List.of(
                new WorkloadFigures(
                    "w",
                    2.5,
                    1,
                    1e-5,
                    Math.PI,
                    List.of(
                        layer(1e22, OptionalDouble.of(0)), layer(-0.0, OptionalDouble.empty())))));
    return List.of(
        new PointResult(0, point("macs", 32.0, "preset", "deep"), evaluated),
        new PointResult(
            1,
            point("macs", 0.1, "preset", "32"),
            new PointResult.Cut(1, numbers("edp", 2), "dominated", "00ff")),
        new PointResult(2, point(), new PointResult.Infeasible("no \\ such\tdesign")));
  }

  @Test
  void everyKindOfPointIsReadAsItWasWritten() {
    for (PointResult result : all()) {
      String line = PointJson.write(result);
      assertThat(PointReader.read(line)).isEqualTo(result);
      assertThat(PointReader.id(line)).isEqualTo(result.point().id());
      assertThat(line).doesNotContain("\n");
    }
  }

  @Test
  void whatIsDoneIsFoundByTheNextRun() {
    Path file = folder.resolve("p.jsonl");
    var header = Headers.of("s", "1");
    try (StudyJournal journal = StudyJournal.open(file, header, false)) {
      all().subList(0, 2).forEach(r -> journal.put(r, List.of()));
    }
    try (StudyJournal journal = StudyJournal.open(file, header, false)) {
      assertThat(journal.earlier()).isEqualTo(2);
      journal.put(all().get(2), List.of());
      for (PointResult r : all().subList(0, 2)) {
        assertThat(journal.done(r.point())).contains(r);
      }
      assertThat(journal.done(point("macs", 64.0))).isEmpty();
    }
    List<PointResult> read = new ArrayList<>();
    assertThat(StudyJournal.read(file, read::add)).isEqualTo(header);
    assertThat(read).isEqualTo(all());
  }

  @Test
  void linesOfAnotherVersionAreToldSo() {
    assertThatThrownBy(() -> PointReader.read("{\"id\":\"1\",\"number\":1}"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("has no 'values'");
    assertThatThrownBy(() -> PointReader.read("{\"id\":null}"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("has 'null'");
  }
}
