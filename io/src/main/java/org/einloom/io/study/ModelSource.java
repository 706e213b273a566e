package org.einloom.io.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.einloom.explore.Point;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.OnnxReader;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.StudySpec;
import org.einloom.io.yaml.Template;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.workload.Workload;

/** A workload of a study: reads it for the values of a point, each of its variants once. */
final class ModelSource {
  /** Variants that are kept; more are read again. */
  private static final int MOST_KEPT = 256;

  private final StudySpec.Model model;
  private final Optional<Source> yaml;
  private final Optional<Path> onnx;
  private final Map<Map<String, String>, Workload> read = new ConcurrentHashMap<>();

  private ModelSource(StudySpec.Model model, Optional<Source> yaml, Optional<Path> onnx) {
    this.model = model;
    this.yaml = yaml;
    this.onnx = onnx;
  }

  /**
   * Finds what a model's name means.
   *
   * @param study whose folder files are looked for in
   */
  static ModelSource of(StudySpec.Model model, Source study) {
    if (Zoo.names().contains(model.model())) {
      return checked(new ModelSource(model, Optional.empty(), Optional.empty()));
    }
    String name = model.model().toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return checked(new ModelSource(model, Optional.empty(), Optional.of(onnx(model, study))));
    }
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      throw model
          .at()
          .error(
              "%s is no network of the zoo and no .yaml or .onnx file"
                  .formatted(Words.quote(model.model())),
              "the zoo has " + String.join(", ", Zoo.names()),
              Words.didYouMean(model.model(), Zoo.names()));
    }
    Source source = study.includes().open(model.model(), model.at());
    return checked(new ModelSource(model, Optional.of(source), Optional.empty()));
  }

  private static Path onnx(StudySpec.Model model, Source study) {
    Path relative = Path.of(model.model());
    Path folder = Path.of(study.id()).toAbsolutePath().getParent();
    boolean below = !relative.isAbsolute() && !model.model().contains("..");
    if (!below || folder == null) {
      throw model
          .at()
          .error(
              Words.quote(model.model()) + " is not a relative path",
              "expected a file at or below the folder of the study");
    }
    Path file = folder.resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw model.at().error(Words.quote(model.model()) + " does not exist");
    }
    return file;
  }

  private static ModelSource checked(ModelSource m) {
    Position at = m.model.at();
    if (m.yaml.isPresent()) {
      if (m.model.batch().isPresent() || !m.model.dimensions().isEmpty() || m.model.products()) {
        throw at.error(
            "'batch', 'dimensions' and 'operators' are for ONNX models",
            "expected 'parameters' for a YAML file");
      }
      List<String> known = WorkloadYaml.parameters(m.yaml.get());
      for (Map.Entry<String, Template> e : m.model.parameters().entrySet()) {
        if (!known.contains(e.getKey())) {
          throw e.getValue()
              .at()
              .error(
                  "%s has no parameter %s".formatted(m.model.model(), Words.quote(e.getKey())),
                  known.isEmpty()
                      ? "it has none; give it a key 'parameters'"
                      : "it has " + String.join(", ", known),
                  Words.didYouMean(e.getKey(), known));
        }
      }
    } else if (!m.model.parameters().isEmpty()) {
      throw at.error(
          "'parameters' is for YAML files", "expected 'batch' or 'dimensions' for an ONNX model");
    }
    return m;
  }

  /** What it is made of, for telling studies apart. */
  byte[] bytes() {
    try {
      if (onnx.isPresent()) {
        return Files.readAllBytes(onnx.get());
      }
      if (yaml.isPresent()) {
        return yaml.get().text().getBytes(StandardCharsets.UTF_8);
      }
      try (var in = Zoo.open(model.model())) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The workload at a point. */
  Workload at(Point point) {
    Map<String, String> key = new HashMap<>();
    model.batch().ifPresent(t -> key.put("batch", t.at(point)));
    model.dimensions().forEach((name, t) -> key.put("dimension " + name, t.at(point)));
    model.parameters().forEach((name, t) -> key.put("parameter " + name, t.at(point)));
    Workload known = read.get(key);
    if (known != null) {
      return known;
    }
    Workload workload = open(point);
    if (read.size() < MOST_KEPT) {
      read.put(Map.copyOf(key), workload);
    }
    return workload;
  }

  /** How often it runs at a point, relative to the others. */
  double weight(Point point) {
    if (model.weight().isEmpty()) {
      return 1;
    }
    Template t = model.weight().get();
    double weight = number(t, point);
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw t.at().error("the weight is " + Words.quote(t.at(point)), "expected a number above 0");
    }
    return weight;
  }

  private Workload open(Point point) {
    if (yaml.isPresent()) {
      Map<String, Double> values = new HashMap<>();
      model.parameters().forEach((name, t) -> values.put(name, number(t, point)));
      return WorkloadYaml.read(yaml.get(), values);
    }
    Map<String, Long> dimensions = new HashMap<>();
    model.dimensions().forEach((name, t) -> dimensions.put(name, whole(t, point)));
    var options =
        new OnnxOptions(
                model
                    .batch()
                    .map(t -> OptionalLong.of(whole(t, point)))
                    .orElse(OptionalLong.empty()))
            .withDimensions(dimensions)
            .withCoverage(model.products() ? Coverage.PRODUCTS : Coverage.ALL);
    return model
        .at()
        .locate(
            () ->
                onnx.map(file -> OnnxReader.read(file, options))
                    .orElseGet(() -> Zoo.read(model.model(), options)));
  }

  private static double number(Template t, Point point) {
    String text = t.at(point).strip();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw t.at().error("the value is " + Words.quote(text), "expected a number");
    }
  }

  private static long whole(Template t, Point point) {
    double value = number(t, point);
    if (!(value >= 1) || value != Math.rint(value) || value > 1e15) {
      throw t.at()
          .error(
              "the value is " + Words.quote(t.at(point)), "expected a whole number of at least 1");
    }
    return (long) value;
  }
}
