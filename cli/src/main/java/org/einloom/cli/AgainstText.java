package org.einloom.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.EnergyTable;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.against.Against;
import org.einloom.io.timeloop.against.Comparison;
import org.einloom.io.timeloop.against.Difference;
import org.einloom.io.timeloop.against.EnergyComparison;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.timeloop.stats.StatsFile;

/** What an evaluation looks like beside what Timeloop, or Accelergy, wrote. */
final class AgainstText {
  private AgainstText() {}

  /**
   * The lines.
   *
   * @param file statistics, or a table of energies
   * @param accounting by which of Timeloop's rules the evaluation is; empty for Einloom's own
   */
  static List<String> lines(
      String file,
      TimeloopSpec spec,
      TimeloopModel model,
      Evaluation evaluation,
      Optional<Switches> accounting) {
    Source source = Source.file(OutputArguments.path(file));
    boolean table =
        source.text().lines().anyMatch(l -> l.startsWith("ERT:") || l.startsWith("\"ERT\":"));
    return table
        ? energies(source, spec)
        : statistics(file, Against.compare(model, evaluation, accounting, StatsFile.read(source)));
  }

  private static List<String> statistics(String file, Comparison c) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "Einloom", "Timeloop", "why"));
    for (Difference d : c.differences()) {
      BigDecimal theirs = d.theirs().value();
      String ours =
          Double.isFinite(d.ours())
              ? BigDecimal.valueOf(d.ours())
                  .setScale(Math.max(0, theirs.scale()), RoundingMode.HALF_UP)
                  .toPlainString()
              : "none";
      rows.add(List.of(d.figure(), ours, theirs.toPlainString(), d.why()));
    }
    int agree = c.compared() - c.differences().size();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "against %s: %s"
            .formatted(
                file,
                c.differences().isEmpty()
                    ? "all " + c.compared() + " figures agree"
                    : agree + " of " + c.compared() + " figures agree; these do not:"));
    if (!c.differences().isEmpty()) {
      lines.addAll(table(rows));
    }
    return lines;
  }

  private static List<String> energies(Source source, TimeloopSpec spec) {
    EnergyTable table =
        TimeloopFiles.readSources(List.of(source))
            .energies()
            .orElseThrow(
                () ->
                    Position.of(source.name())
                        .error("the file has no 'ERT'", "expected a table of energies"));
    List<EnergyComparison> compared = EnergyComparison.of(spec, table);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("pJ", "Einloom", "ERT", "ratio, and what it is here"));
    for (EnergyComparison e : compared) {
      boolean known = e.oursPj().isPresent();
      rows.add(
          List.of(
              e.level() + " " + e.action(),
              known ? four(e.oursPj().getAsDouble()) : "-",
              four(e.theirsPj()),
              (known && e.theirsPj() > 0
                      ? String.format(
                          Locale.ROOT, "%.2f  ", e.oursPj().getAsDouble() / e.theirsPj())
                      : "")
                  + e.how()));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        compared.isEmpty()
            ? "against %s: it has no level of this specification".formatted(source.name())
            : "against %s, by component classes:".formatted(source.name()));
    lines.addAll(compared.isEmpty() ? List.of() : table(rows));
    return lines;
  }

  private static String four(double number) {
    return new BigDecimal(number)
        .round(new java.math.MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The first and last columns flush left, those between right. */
  private static List<String> table(List<List<String>> rows) {
    int[] width = new int[3];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            r ->
                "  "
                    + r.get(0)
                    + " ".repeat(width[0] - r.get(0).length())
                    + "  "
                    + " ".repeat(width[1] - r.get(1).length())
                    + r.get(1)
                    + "  "
                    + " ".repeat(width[2] - r.get(2).length())
                    + r.get(2)
                    + "  "
                    + r.get(3))
        .toList();
  }
}
