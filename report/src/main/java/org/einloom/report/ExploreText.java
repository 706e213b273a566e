package org.einloom.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.einloom.component.Value;
import org.einloom.explore.Measure;
import org.einloom.explore.Method;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.Study;
import org.einloom.explore.engine.Exploration;
import org.einloom.explore.engine.Survey;

/** A study and what came of it as text. */
public final class ExploreText {
  private static final int MOST_ROWS = 50;
  private static final int LEAST_DIGITS = 3;
  private static final int MOST_DIGITS = 7;

  private ExploreText() {}

  /** What there is to do. */
  public static List<String> survey(Study study, Survey s) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "study %s: %,d points of %,d combinations"
            .formatted(study.name(), s.points(), study.space().size()));
    String of = s.looked() < s.points() ? "of the first %,d, ".formatted(s.looked()) : "";
    if (s.impossible() > 0) {
      lines.add(
          "%s%,d are no designs%s"
              .formatted(of, s.impossible(), s.why().map(why -> "; the first: " + why).orElse("")));
    }
    if (s.beyond() > 0) {
      lines.add("%s%,d are beyond a limit whatever the mapping".formatted(of, s.beyond()));
    }
    lines.add(
        "%s%,d layers to map, %,d different mapping problems"
            .formatted(of, s.layers(), s.problems()));
    return lines;
  }

  /** What came of it. */
  public static List<String> lines(Study study, Exploration e) {
    List<String> lines = new ArrayList<>();
    lines.add("study %s%s".formatted(study.name(), e.complete() ? "" : ", not finished"));
    lines.add(
        "%,d points: %,d evaluated, %,d cut by bounds, %,d infeasible%s"
            .formatted(
                e.points(),
                e.evaluated(),
                e.cut(),
                e.infeasible(),
                e.kept() > 0 ? "; %,d of them before".formatted(e.kept()) : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d layers: %,d different mapping problems, %,d searched, %,d inferred; %.1f CPU s",
            e.work().layers(),
            e.work().problems(),
            e.work().searched(),
            e.work().inferred(),
            e.work().cpuS()));
    lines.add("");
    lines.addAll(front(study, e));
    sampled(study, e).ifPresent(lines::add);
    if (!study.budgets().isEmpty()) {
      lines.add("");
      lines.addAll(budgets(study, e));
    }
    return lines;
  }

  private static List<String> front(Study study, Exploration e) {
    List<String> lines = new ArrayList<>();
    String objectives = String.join(", ", study.objectives().stream().map(g -> g.label()).toList());
    if (e.front().isEmpty()) {
      lines.add(
          e.evaluated() == 0 && !e.complete()
              ? "no point is finished yet"
              : "no point keeps to the limits");
      return lines;
    }
    var first = study.objectives().getFirst();
    List<PointResult> sorted =
        e.front().stream()
            .sorted(Comparator.comparingDouble(r -> first.cost(at(r, first.measure()))))
            .toList();
    lines.add(
        "front of %s: %,d points%s"
            .formatted(
                objectives,
                sorted.size(),
                sorted.size() > MOST_ROWS ? ", of which %d are shown".formatted(MOST_ROWS) : ""));
    List<String> head = new ArrayList<>(study.space().names());
    columns(study).forEach(m -> head.add(m.label()));
    head.add("proven");
    List<List<String>> rows = new ArrayList<>(List.of(head));
    List<PointResult> shown = sorted.stream().limit(MOST_ROWS).toList();
    shown.forEach(r -> rows.add(row(study, r, shown)));
    lines.addAll(table(rows));
    return lines;
  }

  /** What is not known where not all combinations were looked at. */
  private static Optional<String> sampled(Study study, Exploration e) {
    long all = study.space().size();
    String how =
        switch (study.method()) {
          case Method.Factorial f -> "";
          case Method.Random r -> r.points() >= all ? "" : "drawn by chance";
          case Method.Evolution v -> v.points() >= all ? "" : "found by a search in generations";
        };
    return how.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not proven: %,d points of %,d combinations, %s; others may be better"
                .formatted(e.points(), all, how));
  }

  private static List<String> budgets(Study study, Exploration e) {
    List<String> head = new ArrayList<>(List.of("budget", "best"));
    head.addAll(study.space().names());
    columns(study).forEach(m -> head.add(m.label()));
    head.add("proven");
    List<List<String>> rows = new ArrayList<>(List.of(head));
    List<String> none = new ArrayList<>();
    List<PointResult> found = e.best().values().stream().flatMap(Optional::stream).toList();
    study
        .budgets()
        .forEach(
            b -> {
              Optional<PointResult> best = e.best().getOrDefault(b.name(), Optional.empty());
              if (best.isEmpty()) {
                none.add(
                    "no point %sis within budget %s: %s"
                        .formatted(
                            e.complete() ? "" : "so far ",
                            b.name(),
                            String.join(", ", b.limits().stream().map(l -> l.origin()).toList())));
                return;
              }
              List<String> row = new ArrayList<>(List.of(b.name(), b.best().label()));
              row.addAll(row(study, best.get(), found));
              rows.add(row);
            });
    List<String> lines = new ArrayList<>();
    if (rows.size() > 1) {
      lines.addAll(table(rows));
    }
    lines.addAll(none);
    return lines;
  }

  /** The measures that are not there as parameters. */
  private static List<Measure> columns(Study study) {
    List<String> names = study.space().names();
    return study.measures().stream()
        .filter(m -> !(m.isGiven() && names.contains(m.label())))
        .toList();
  }

  /**
   * A row.
   *
   * @param all of the table: figures have as many digits as tell them apart
   */
  private static List<String> row(Study study, PointResult r, List<PointResult> all) {
    List<String> row = new ArrayList<>();
    for (String name : study.space().names()) {
      row.add(r.point().value(name).map(ExploreText::brief).orElse(""));
    }
    columns(study).forEach(m -> row.add(shown(m, at(r, m), digits(m, all))));
    row.add(r.outcome() instanceof Evaluated e && e.proven() ? "yes" : "no");
    return row;
  }

  /** Without the rounding errors of what was calculated: 0.48, not 0.48000000000000004. */
  private static String brief(Value value) {
    String all = value.toString();
    return value instanceof Value.Amount a && all.length() > MOST_DIGITS + 2
        ? Si.significant(a.number(), MOST_DIGITS)
        : all;
  }

  private static double at(PointResult r, Measure m) {
    return r.outcome() instanceof Evaluated e
        ? Optional.ofNullable(e.measures().get(m.label())).orElse(Double.NaN)
        : Double.NaN;
  }

  private static int digits(Measure m, List<PointResult> all) {
    double[] values = all.stream().mapToDouble(r -> at(r, m)).distinct().toArray();
    int digits = LEAST_DIGITS;
    while (digits < MOST_DIGITS && !apart(m, values, digits)) {
      digits++;
    }
    return digits;
  }

  /** Whether values that differ by more than rounding look different. */
  private static boolean apart(Measure m, double[] values, int digits) {
    return Arrays.stream(values).mapToObj(v -> shown(m, v, digits)).distinct().count()
        == Arrays.stream(values).mapToObj(v -> shown(m, v, MOST_DIGITS)).distinct().count();
  }

  /** A value with its unit. */
  static String shown(Measure m, double value, int digits) {
    return switch (m.name()) {
      case Measure.ENERGY -> Si.of(value * 1e-12, "J", digits);
      case Measure.LATENCY -> Si.of(value, "s", digits);
      case Measure.EDP -> Si.of(value * 1e-12, "Js", digits);
      case Measure.POWER -> Si.of(value, "W", digits);
      case Measure.AREA -> Si.figure(value * 1e-6, Math.max(4, digits)) + " mm2";
      default -> brief(Value.of(value));
    };
  }

  /** Columns as wide as they must be. */
  private static List<String> table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    rows.forEach(
        r -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], r.get(i).length());
          }
        });
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append("  ").append(" ".repeat(widths[i] - row.get(i).length()));
        line.append(row.get(i));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
