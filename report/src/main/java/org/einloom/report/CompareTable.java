package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.einloom.mapper.Optimality.Status;
import org.einloom.network.KindUse;
import org.einloom.network.ResultSummary;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload.NotCosted;

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
    flexibility(table, first, others, contenders);
    text(
        table,
        "costs not given",
        first,
        others,
        c -> c.summary().costsNotGiven() + " of " + c.summary().costs());
    return table;
  }

  /** Which sorts of layers each runs, and at what utilization. */
  private static void flexibility(
      TextTable table, Contender first, List<Contender> others, List<Contender> all) {
    text(
        table,
        "operators left out",
        first,
        others,
        c -> Si.count(c.summary().notCosted().stream().mapToLong(NotCosted::count).sum()));
    text(table, "utilization by kind", first, others, c -> "");
    Set<LayerKind> kinds = new LinkedHashSet<>();
    all.forEach(c -> c.summary().kinds().forEach(k -> kinds.add(k.kind())));
    for (LayerKind kind : kinds) {
      text(table, "  " + kind.label(), first, others, c -> use(c, kind));
    }
  }

  private static String use(Contender c, LayerKind kind) {
    return c.summary().kinds().stream()
        .filter(k -> k.kind().equals(kind))
        .map(CompareTable::shares)
        .findFirst()
        .orElse("none");
  }

  /** {@code 45/100/100%}, or {@code 45%} where all are alike. */
  private static String shares(KindUse k) {
    List<String> shares = new ArrayList<>();
    for (OptionalDouble share : List.of(k.least(), k.median(), k.most())) {
      if (share.isEmpty()) {
        return "-";
      }
      shares.add(Si.percent(share.getAsDouble()));
    }
    return shares.stream().distinct().count() == 1
        ? shares.getFirst()
        : String.join("/", shares).replace("%/", "/");
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
