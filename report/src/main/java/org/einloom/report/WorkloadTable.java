package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    List<DistinctLayer> layers = workload.distinctLayers();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d distinct of %d layers"
            .formatted(workload.name(), layers.size(), workload.layers().size()));
    lines.add("");
    var table = new TextTable(List.of("layer", "operator", "x", "MACs", "extents"), 1, 4);
    for (DistinctLayer l : layers) {
      table.row(
          List.of(
              l.layer().name(),
              l.layer().operator(),
              Long.toString(l.repeats()),
              String.format(Locale.ROOT, "%,d", l.layer().macs()),
              extents(l.layer().einsum().variables())));
    }
    table.row(
        List.of(
            "total",
            "",
            Integer.toString(workload.layers().size()),
            String.format(Locale.ROOT, "%,d", workload.macs()),
            ""));
    lines.addAll(table.lines());
    lines.add("");
    List<String> below = new ArrayList<>();
    below.add(
        workload.parameters().isPresent()
            ? String.format(Locale.ROOT, "parameters: %,d", workload.parameters().getAsLong())
            : "parameters: the file does not say");
    below.add(Notes.notCosted(workload.notCosted()));
    below.add("expressions:");
    expressions(layers).forEach(e -> below.add("  " + e));
    lines.addAll(Wrap.lines(below, width));
    return lines;
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
