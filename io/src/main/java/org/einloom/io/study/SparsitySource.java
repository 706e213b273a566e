package org.einloom.io.study;

import java.util.Optional;
import org.einloom.arch.Design;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder.LayerSparsity;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.SparsityFile;
import org.einloom.io.yaml.SparsityTemplate;
import org.einloom.io.yaml.StudySpec;
import org.einloom.sparsity.SparseLayer;
import org.einloom.workload.Workload;

/** What is sparse about a workload of a study: reads its file for the values of a point. */
final class SparsitySource {
  private final SparsityTemplate template;
  private final Settings settings;

  private SparsitySource(SparsityTemplate template, Settings settings) {
    this.template = template;
    this.settings = settings;
  }

  /**
   * Of a workload, if it names a file of sparsity.
   *
   * @param study whose folder files are looked for in
   */
  static Optional<SparsitySource> of(StudySpec.Model model, Source study) {
    return model.sparse().map(s -> of(s, study));
  }

  private static SparsitySource of(StudySpec.Sparse s, Source study) {
    var template = SparsityTemplate.of(study.includes().open(s.file(), s.at()));
    var paths = s.settings().stream().map(x -> template.path(x.path(), x.at())).toList();
    var settings = new Settings(s.settings(), paths);
    template.check(settings.anything());
    return new SparsitySource(template, settings);
  }

  /** The text of its file. */
  String text() {
    return template.text();
  }

  /** What is sparse at a point. */
  LayerSparsity at(Point point, Workload workload, Design design) {
    SparsityFile file = template.with(settings.at(point), workload, design);
    return layers -> new SparseLayer(file.choices(layers), file.nodes());
  }
}
