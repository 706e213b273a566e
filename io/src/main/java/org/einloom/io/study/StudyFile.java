package org.einloom.io.study;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.Study;
import org.einloom.io.Shipped;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ArchitectureTemplate;
import org.einloom.io.yaml.StudySpec;
import org.einloom.io.yaml.StudyTable;
import org.einloom.io.yaml.StudyYaml;
import org.einloom.io.yaml.Template;

/**
 * A study with all that its file names.
 *
 * @param study what is asked
 * @param builder makes designs and workloads of its points
 */
public record StudyFile(Study study, PointBuilder builder) {
  /**
   * Reads a study's file, and the files that it names, at or below its folder.
   *
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static StudyFile read(Path file) {
    return read(Source.file(file));
  }

  /** Reads a study's text. */
  public static StudyFile read(Source source) {
    StudySpec spec = StudyYaml.read(source);
    var architecture = ArchitectureTemplate.of(architecture(spec, source));
    List<List<String>> paths =
        spec.settings().stream().map(s -> architecture.path(s.path(), s.at())).toList();
    List<ModelSource> models = spec.models().stream().map(m -> ModelSource.of(m, source)).toList();
    var settings = new Settings(spec.settings(), paths);
    architecture.check(settings.anything());
    var sparsity = spec.models().stream().map(m -> SparsitySource.of(m, source)).toList();
    var builder = new Builder(spec, architecture, settings, models, sparsity);
    var study =
        new Study(
            spec.name(),
            digest(spec, architecture, models, sparsity),
            spec.architecture(),
            spec.models().stream().map(StudySpec.Model::name).toList(),
            spec.space(),
            spec.limits(),
            spec.budgets(),
            spec.objectives(),
            spec.mapping(),
            spec.method());
    return new StudyFile(study, builder);
  }

  private static Source architecture(StudySpec spec, Source study) {
    if (Shipped.isArchitecture(spec.architecture())) {
      return Shipped.resolveArchitectureSource(spec.architecture());
    }
    if (!spec.architecture().matches(".*\\.ya?ml")) {
      var known = List.copyOf(Shipped.architectures().sequencedKeySet());
      throw spec.architectureAt()
          .error(
              Words.quote(spec.architecture()) + " is no shipped architecture and no .yaml file",
              "shipped are " + String.join(", ", known),
              Words.didYouMean(spec.architecture(), known));
    }
    return study.includes().open(spec.architecture(), spec.architectureAt());
  }

  /** Of all that decides what a point costs. */
  private static String digest(
      StudySpec spec,
      ArchitectureTemplate architecture,
      List<ModelSource> models,
      List<Optional<SparsitySource>> sparsity) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      architecture.texts().forEach(t -> add(digest, t));
      for (int i = 0; i < models.size(); i++) {
        StudySpec.Model m = spec.models().get(i);
        byte[] bytes = models.get(i).bytes();
        add(digest, "model " + bytes.length);
        digest.update(bytes);
        add(digest, m.name() + " " + m.products());
        add(digest, m.weight().map(Template::parts).toString());
        add(digest, m.batch().map(Template::parts).toString());
        new TreeMap<>(m.dimensions()).forEach((k, t) -> add(digest, k + t.parts()));
        new TreeMap<>(m.parameters()).forEach((k, t) -> add(digest, k + t.parts()));
      }
      for (int i = 0; i < models.size(); i++) { // nothing of those that are dense, as ever
        if (sparsity.get(i).isPresent()) {
          add(digest, "sparsity " + i + " " + sparsity.get(i).get().text());
          spec.models()
              .get(i)
              .sparse()
              .ifPresent(s -> s.settings().forEach(x -> add(digest, x.path() + x.value().parts())));
        }
      }
      spec.settings().forEach(s -> add(digest, s.path() + s.value().parts()));
      new TreeMap<>(spec.bits()).forEach((k, t) -> add(digest, k + t.parts()));
      spec.tables().stream().map(StudyTable::text).forEach(t -> add(digest, t));
      add(digest, spec.mapping().toString());
      add(digest, spec.space().names().toString());
      add(
          digest,
          spec.limits().stream()
              .map(l -> l.measure().label() + l.least() + l.most())
              .toList()
              .toString());
      add(digest, spec.objectives().toString() + spec.budgets());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
