package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.profile.Profile;
import org.einloom.workload.Counted;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.DistinctLayer;

/** What a workload holds, as a table, for people. */
public final class WorkloadTable {
  private WorkloadTable() {}

  /**
   * All lines. Names and shapes are never cut, as they are what one looks for here.
   *
   * @param width columns of the terminal, which the lines below the table keep to
   */
  public static List<String> lines(Workload workload, int width) {
    return lines(workload, width, Optional.empty());
  }

  /** The same, with the densities that were measured. */
  public static List<String> lines(Workload workload, int width, Optional<Profile> profile) {
    List<DistinctLayer> layers = workload.distinctLayers();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d distinct of %s"
            .formatted(
                workload.name(), layers.size(), Counted.of(workload.layers().size(), "layer")));
    lines.add("");
    lines.addAll(table(workload, layers).lines());
    lines.add("");
    List<String> below = new ArrayList<>();
    below.add(
        workload.parameters().isPresent()
            ? String.format(Locale.ROOT, "parameters: %,d", workload.parameters().getAsLong())
            : "parameters: the file does not say");
    below.add(Notes.notCosted(workload.notCosted()));
    below.addAll(OwnWidths.lines(layers));
    below.add("expressions:");
    expressions(layers).forEach(e -> below.add("  " + e));
    profile.ifPresent(p -> below.addAll(DataLines.of(p, workload)));
    lines.addAll(Wrap.lines(below, width));
    return lines;
  }

  private static TextTable table(Workload workload, List<DistinctLayer> layers) {
    List<String> headers = new ArrayList<>(List.of("layer", "operator", "x", "MACs"));
    boolean others = workload.operations() > 0;
    if (others) {
      headers.add("operations");
    }
    headers.add("extents");
    var table = new TextTable(headers, 1, headers.size() - 1);
    for (DistinctLayer l : layers) {
      List<String> row = new ArrayList<>(List.of(l.layer().name(), l.layer().operator()));
      row.add(Long.toString(l.repeats()));
      row.add(number(l.layer().macs()));
      if (others) {
        row.add(number(l.layer().operations()));
      }
      row.add(extents(l.layer().einsum().variables()));
      table.row(row);
    }
    List<String> total = new ArrayList<>(List.of("total", ""));
    total.add(Integer.toString(workload.layers().size()));
    total.add(number(workload.macs()));
    if (others) {
      total.add(number(workload.operations()));
    }
    total.add("");
    table.row(total);
    return table;
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** The distinct expressions; layers that differ in extents alone share one. */
  private static List<String> expressions(List<DistinctLayer> layers) {
    return layers.stream()
        .collect(
            Collectors.groupingBy(
                l -> l.layer().einsum().expression(),
                java.util.LinkedHashMap::new,
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> e.getKey() + "  (" + e.getValue() + ")")
        .toList();
  }

  private static String extents(List<RankVariable> variables) {
    return variables.stream().map(v -> v.name() + v.extent()).collect(Collectors.joining(" "));
  }
}
