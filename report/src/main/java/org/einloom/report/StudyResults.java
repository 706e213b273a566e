package org.einloom.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.einloom.component.Value;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.StudyBrief;
import org.einloom.explore.WorkloadFigures;

/**
 * The results of a study, for reports and tables: every point without its layers, which are read
 * again where they are needed.
 */
public final class StudyResults {
  /**
   * A point.
   *
   * @param result without layers
   * @param proven whether nothing is better for any layer
   * @param parts how many figures of components its layers have
   */
  record Entry(PointResult result, boolean proven, int parts) {
    /** Whether it may be an answer: it was mapped and keeps to the limits. */
    boolean kept() {
      return result.outcome() instanceof Evaluated e && e.broken().isEmpty();
    }

    String id() {
      return result.point().id();
    }
  }

  /** How the values of a parameter are written. */
  enum Kind {
    WHOLE,
    NUMBER,
    WORD
  }

  private static final double LARGEST_WHOLE = 1L << 53;

  private final StudyBrief brief;
  private final String digest;
  private final String version;
  private final FinishedPoints source;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Kind> parameters = new LinkedHashMap<>();
  private final Set<String> given = new LinkedHashSet<>();
  private final Set<String> front = new HashSet<>();

  /**
   * Reads all points once.
   *
   * @param digest what tells this study from others
   * @param version of Einloom, which made the results
   */
  public StudyResults(StudyBrief brief, String digest, String version, FinishedPoints source) {
    this.brief = brief;
    this.digest = digest;
    this.version = version;
    this.source = source;
    source.read(this::add);
    StudyFront.of(entries, brief.objectives()).forEach(e -> front.add(e.id()));
  }

  private void add(PointResult result) {
    result
        .point()
        .values()
        .forEach((name, value) -> parameters.merge(name, kind(value), StudyResults::wider));
    boolean proven = false;
    int parts = 0;
    PointResult light = result;
    if (result.outcome() instanceof Evaluated e) {
      proven = e.proven();
      parts =
          e.workloads().stream()
              .flatMap(w -> w.layers().stream())
              .mapToInt(l -> l.components().size())
              .sum();
      e.measures().keySet().stream().filter(StudyResults::isGiven).forEach(given::add);
      light =
          new PointResult(
              result.number(),
              result.point(),
              new Evaluated(
                  e.areaUm2(),
                  e.measures(),
                  e.broken(),
                  e.workloads().stream().map(StudyResults::withoutLayers).toList()));
    }
    entries.add(new Entry(light, proven, parts));
  }

  private static boolean isGiven(String label) {
    return !label.contains(" of ") && Measure.of(label).isGiven();
  }

  private static WorkloadFigures withoutLayers(WorkloadFigures w) {
    return new WorkloadFigures(
        w.name(), w.weight(), w.macs(), w.energyPj(), w.latencyS(), List.of());
  }

  private static Kind kind(Value value) {
    return switch (value) {
      case Value.Word w -> Kind.WORD;
      case Value.Amount a ->
          Math.rint(a.number()) == a.number() && Math.abs(a.number()) <= LARGEST_WHOLE
              ? Kind.WHOLE
              : Kind.NUMBER;
    };
  }

  private static Kind wider(Kind a, Kind b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  StudyBrief brief() {
    return brief;
  }

  String digest() {
    return digest;
  }

  String version() {
    return version;
  }

  /** In the order in which they were finished. */
  List<Entry> entries() {
    return entries;
  }

  /** Of all points, in the order of the study. */
  Map<String, Kind> parameters() {
    return parameters;
  }

  /** Columns of the user's tables that points are judged by. */
  Set<String> given() {
    return given;
  }

  boolean onFront(String id) {
    return front.contains(id);
  }

  /** The same points again, with everything, though others may have come since. */
  void whole(Consumer<PointResult> point) {
    int[] left = {entries.size()};
    source.read(
        result -> {
          if (left[0]-- > 0) {
            point.accept(result);
          }
        });
  }
}
