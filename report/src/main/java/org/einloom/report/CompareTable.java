package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.einloom.mapper.Optimality.Status;
import org.einloom.network.ResultSummary;

/** Designs side by side: a line per figure, a column per design, each held against the first. */
public final class CompareTable {
  private CompareTable() {}

  /**
   * All lines.
   *
   * @param contenders at least one
   * @param width columns of the terminal; designs that do not fit are in tables below, which begin
   *     with the first design again
   */
  public static List<String> lines(List<Contender> contenders, int width) {
    List<String> lines = new ArrayList<>(warnings(contenders));
    int from = 1;
    do {
      int to = contenders.size();
      while (to > from + 1 && table(contenders, from, to).width() > width) {
        to--;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(table(contenders, from, to).lines());
      from = to;
    } while (from < contenders.size());
    return Wrap.lines(lines, width);
  }

  /** What stands in the way of comparing, a line each. */
  public static List<String> warnings(List<Contender> contenders) {
    return Differences.warnings(contenders).stream().map(w -> "warning: " + w).toList();
  }

  /** The first design and some of the others. */
  private static TextTable table(List<Contender> contenders, int from, int to) {
    Contender first = contenders.getFirst();
    List<Contender> others = contenders.subList(Math.min(from, to), to);
    List<String> headers = new ArrayList<>(List.of("", first.summary().architecture()));
    for (Contender c : others) {
      headers.add(c.summary().architecture());
      headers.add("");
    }
    var table = new TextTable(headers);
    text(table, "file", first, others, c -> fileName(c, contenders));
    text(table, "workload", first, others, c -> c.summary().workload());
    text(table, "MACs", first, others, c -> Si.count(c.summary().macs()));
    text(table, "objective", first, others, c -> c.summary().objective());
    text(table, "optimality", first, others, c -> optimality(c.summary()));
    for (Metric m : Metric.ALL) {
      if (m.difference() && contenders.stream().allMatch(c -> m.of(c).isEmpty())) {
        continue; // nobody asked for it
      }
      List<String> cells = new ArrayList<>(List.of(m.label(), m.cell(first)));
      for (Contender c : others) {
        cells.add(m.cell(c));
        cells.add(m.against(c, first));
      }
      table.row(cells);
    }
    text(table, "  to and from", first, others, c -> c.summary().outermost().memory());
    text(
        table,
        "costs not given",
        first,
        others,
        c -> c.summary().costsNotGiven() + " of " + c.summary().costs());
    return table;
  }

  private static void text(
      TextTable table,
      String label,
      Contender first,
      List<Contender> others,
      Function<Contender, String> of) {
    List<String> cells = new ArrayList<>(List.of(label, of.apply(first)));
    for (Contender c : others) {
      cells.add(of.apply(c));
      cells.add("");
    }
    table.row(cells);
  }

  /** Without its folder, unless another has the same name. */
  private static String fileName(Contender c, List<Contender> all) {
    String name = last(c);
    return all.stream().filter(o -> last(o).equals(name)).count() > 1 ? c.file() : name;
  }

  private static String last(Contender c) {
    return c.file().substring(c.file().lastIndexOf('/') + 1);
  }

  private static String optimality(ResultSummary s) {
    OptionalDouble gap = s.gap();
    return s.status() == Status.BOUNDED && gap.isPresent()
        ? String.format(Locale.ROOT, "gap %.1f%%", gap.getAsDouble() * 100)
        : s.status().label();
  }
}
