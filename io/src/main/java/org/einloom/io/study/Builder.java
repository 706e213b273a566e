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
import org.einloom.explore.PointBuilder.LayerSparsity;
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
  private final Settings settings;
  private final List<ModelSource> models;
  private final List<Optional<SparsitySource>> sparsity;

  /**
   * A builder.
   *
   * @param settings of the architecture
   * @param sparsity by model
   */
  Builder(
      StudySpec spec,
      ArchitectureTemplate architecture,
      Settings settings,
      List<ModelSource> models,
      List<Optional<SparsitySource>> sparsity) {
    this.spec = spec;
    this.architecture = architecture;
    this.settings = settings;
    this.models = models;
    this.sparsity = sparsity;
  }

  @Override
  public Candidate build(Point point) {
    ArchitectureFile file = architecture.with(settings.at(point));
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
    List<Optional<LayerSparsity>> sparse = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      Workload workload = workloads.get(i);
      sparse.add(sparsity.get(i).map(s -> s.at(point, workload, design)));
    }
    return new Candidate(
        design,
        workloads,
        file.mapspace().constraints(),
        file.mapspace().tiling().tiling(),
        given,
        sparse,
        models.stream().map(m -> m.weight(point)).toList());
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
