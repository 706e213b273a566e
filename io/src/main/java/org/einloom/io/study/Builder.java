package org.einloom.io.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Design;
import org.einloom.arch.RoleWidths;
import org.einloom.component.Value;
import org.einloom.explore.Dependent;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ArchitectureFile;
import org.einloom.io.yaml.ArchitectureTemplate;
import org.einloom.io.yaml.StudySpec;
import org.einloom.io.yaml.StudyTable;
import org.einloom.io.yaml.Template;
import org.einloom.workload.Workload;

/** Makes candidates of a study's file. */
final class Builder implements PointBuilder {
  private static final int WIDEST_WORD = 1024;

  private final StudySpec spec;
  private final ArchitectureTemplate architecture;
  private final List<List<String>> paths;
  private final List<ModelSource> models;

  /**
   * A builder.
   *
   * @param paths of the settings, in their order
   */
  Builder(
      StudySpec spec,
      ArchitectureTemplate architecture,
      List<List<String>> paths,
      List<ModelSource> models) {
    this.spec = spec;
    this.architecture = architecture;
    this.paths = paths;
    this.models = models;
  }

  @Override
  public Candidate build(Point point) {
    var settings = new ArrayList<ArchitectureTemplate.Setting>();
    for (int i = 0; i < paths.size(); i++) {
      StudySpec.Setting s = spec.settings().get(i);
      settings.add(
          new ArchitectureTemplate.Setting(paths.get(i), s.value().at(point), s.value().at()));
    }
    ArchitectureFile file = architecture.with(settings);
    var widths = new RoleWidths(bits(point));
    Design design = widths.apply(file.design());
    List<Workload> workloads = models.stream().map(m -> widths.apply(m.at(point))).toList();
    Map<String, Double> given = new HashMap<>();
    for (Dependent d : spec.space().dependents()) {
      if (point.value(d.name()).orElseThrow() instanceof Value.Amount a) {
        given.put(d.name(), a.number());
      }
    }
    for (StudyTable table : spec.tables()) {
      given.putAll(table.of(point));
    }
    return new Candidate(
        design, workloads, file.mapspace().constraints(), file.mapspace().tiling().tiling(), given);
  }

  private Map<String, Integer> bits(Point point) {
    Map<String, Integer> bits = new HashMap<>();
    spec.bits().forEach((role, t) -> bits.put(role, width(t, point)));
    return bits;
  }

  private static int width(Template t, Point point) {
    String text = t.at(point).strip().replaceFirst("\\s*b$", "");
    return Optional.of(text)
        .filter(x -> x.matches("\\d{1,4}"))
        .map(Integer::parseInt)
        .filter(n -> n >= 1 && n <= WIDEST_WORD)
        .orElseThrow(
            () ->
                t.at()
                    .error(
                        "the width is " + Words.quote(t.at(point)),
                        "expected a whole number of bits from 1 to " + WIDEST_WORD));
  }
}
