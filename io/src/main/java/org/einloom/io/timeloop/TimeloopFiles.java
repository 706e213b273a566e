package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlParser;

/** Reads Timeloop's files, each recognised by its top-level keys, in any order. */
public final class TimeloopFiles {
  private static final String ARCHITECTURE = "architecture";
  private static final String PROBLEM = "problem";
  private static final String MAPPING = "mapping";
  private static final String ERT = "ERT";
  private static final String ART = "ART";

  /** What hardware does about zeros. */
  public static final String SPARSE = "sparse_optimizations";

  /** What is read into records. */
  private static final List<String> READ = List.of(ARCHITECTURE, PROBLEM, MAPPING, ERT, ART);

  /** What Timeloop and Accelergy know besides. */
  private static final List<String> OTHERS =
      List.of(
          "architecture_constraints",
          "arch_constraints",
          "mapspace_constraints",
          "map_constraints",
          "constraints",
          "mapspace",
          "mapper",
          SPARSE,
          "variables",
          "globals",
          "components",
          "compound_components",
          "ERT_summary",
          "ART_summary",
          "flattened_architecture",
          "dumped_by_timeloop_front_end",
          "version");

  private TimeloopFiles() {}

  /**
   * Reads texts in native form.
   *
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static TimeloopSpec readSources(List<Source> sources) {
    List<YamlNode> documents = new ArrayList<>();
    for (Source source : sources) {
      if (source.text().isBlank()) {
        throw Position.of(source.name()).error("the file is empty", expected());
      }
      documents.add(YamlParser.parse(source));
    }
    return read(documents);
  }

  /**
   * Reads parsed documents in native form, each with one or several top-level keys.
   *
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static TimeloopSpec read(List<YamlNode> documents) {
    Map<String, Section> read = new HashMap<>();
    List<Section> sections = new ArrayList<>();
    List<Remark> remarks = new ArrayList<>();
    for (YamlNode document : documents) {
      if (!(document instanceof Mapping mapping)) {
        throw document.at().error("the file holds " + document.kind(), expected());
      }
      for (YamlNode.Entry e : mapping.entries()) {
        sort(new Section(e.key().value(), e.key().at(), e.value()), read, sections);
      }
    }
    boolean sparse = sections.stream().anyMatch(s -> s.key().equals(SPARSE));
    Optional<TimeloopProblem> problem =
        section(read, PROBLEM).map(s -> ProblemReader.read(s.value(), remarks));
    problem
        .flatMap(TimeloopProblem::densities)
        .filter(d -> !sparse)
        .ifPresent(
            d ->
                remarks.add(
                    new Remark(
                        d.at(),
                        "densities change nothing without sparse optimisations; taken as dense")));
    return new TimeloopSpec(
        section(read, ARCHITECTURE).map(s -> ArchitectureReader.read(s.value(), remarks)),
        problem,
        section(read, MAPPING).map(s -> MappingReader.read(s.value())),
        section(read, ERT).map(s -> TableReader.energies(s.value())),
        section(read, ART).map(s -> TableReader.areas(s.value())),
        sections,
        remarks);
  }

  private static Optional<Section> section(Map<String, Section> read, String key) {
    return Optional.ofNullable(read.get(key));
  }

  private static void sort(Section section, Map<String, Section> read, List<Section> sections) {
    String key = section.key();
    if (section.value() instanceof Scalar s && s.isNull()) {
      throw section.at().error("'" + key + "' has no value", expected());
    }
    if (READ.contains(key)) {
      Section first = read.putIfAbsent(key, section);
      if (first != null) {
        throw section.at().error("a second '" + key + "'", "the first is at " + first.at());
      }
    } else if (OTHERS.contains(key)) {
      sections.add(section);
    } else {
      List<String> known = new ArrayList<>(READ);
      known.addAll(OTHERS);
      throw section
          .at()
          .error(
              "unknown key " + Words.quote(key) + " at the top of a Timeloop file",
              expected(),
              Words.didYouMean(key, known));
    }
  }

  private static String expected() {
    return "expected " + String.join(", ", READ) + ", constraints or options of the mapper";
  }
}
