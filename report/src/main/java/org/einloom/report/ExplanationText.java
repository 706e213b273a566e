package org.einloom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.explanation.Explanation;
import org.einloom.explanation.Explanation.Busy;
import org.einloom.explanation.Explanation.Traffic;
import org.einloom.mapper.SearchLog;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;

/** Why each layer costs what it costs and how its search went, for people. */
final class ExplanationText {
  private static final int MOST_COMPONENTS = 4;
  private static final int MOST_RUNNERS_UP = 5;
  private static final int MOST_ARGUMENTS = 8;

  private ExplanationText() {}

  static List<String> lines(NetworkResult result, Detail detail, int width) {
    List<String> lines = new ArrayList<>();
    for (LayerResult l : result.layers()) {
      Explanation why =
          Explanation.of(
              l.layer().einsum(),
              result.path(l.evaluation()),
              l.mapping(),
              l.evaluation(),
              detail.sparsity(l));
      lines.add("");
      lines.add("why " + l.layer().name() + " costs that:");
      lines.addAll(Wrap.lines(List.of("  time: " + time(why), "  energy: " + energy(l)), width));
      lines.addAll(traffic(l, why));
      lines.addAll(Wrap.lines(search(l, result), width));
    }
    return lines;
  }

  private static String time(Explanation why) {
    if (why.time().isEmpty()) {
      return "nothing limits it";
    }
    Busy first = why.time().getFirst();
    String rest =
        why.time().stream()
            .skip(1)
            .limit(MOST_COMPONENTS - 1)
            .map(b -> b.component() + " " + Si.percent(b.cycles() / first.cycles()))
            .collect(Collectors.joining(", "));
    return "%s decides with %s cycles%s"
        .formatted(
            first.component(),
            Si.count((long) Math.ceil(first.cycles())),
            rest.isEmpty() ? "" : "; of that time are busy: " + rest);
  }

  private static String energy(LayerResult l) {
    Evaluation e = l.evaluation();
    if (e.energyPj() == 0) {
      return "none";
    }
    return e.components().stream()
        .sorted(Comparator.comparingDouble((ComponentCost c) -> -c.energyPj()))
        .filter(c -> c.energyPj() > 0)
        .limit(MOST_COMPONENTS)
        .map(c -> c.node().name() + " " + Si.percent(c.energyPj() / e.energyPj()))
        .collect(Collectors.joining(", "));
  }

  /** A line per memory, a column per tensor: words moved, and how often the least possible. */
  private static List<String> traffic(LayerResult l, Explanation why) {
    List<String> tensors = new ArrayList<>();
    l.layer().einsum().tensors().forEach(t -> tensors.add(t.name()));
    List<String> headers = new ArrayList<>(List.of("  words moved (x compulsory)"));
    headers.addAll(tensors);
    var table = new TextTable(headers);
    Map<String, Map<String, Traffic>> byMemory = new LinkedHashMap<>();
    for (Traffic t : why.traffic()) {
      byMemory.computeIfAbsent(t.memory(), m -> new LinkedHashMap<>()).put(t.tensor(), t);
    }
    byMemory.forEach(
        (memory, kept) -> {
          List<String> cells = new ArrayList<>(List.of("  " + memory));
          for (String tensor : tensors) {
            Traffic t = kept.get(tensor);
            cells.add(t == null ? "-" : Si.count(t.words()) + " " + factor(t));
          }
          table.row(cells);
        });
    return table.lines();
  }

  private static String factor(Traffic t) {
    OptionalLong least = t.compulsory();
    return least.isEmpty()
        ? "(?)"
        : least.getAsLong() == 0
            ? "(1.0)"
            : String.format(Locale.ROOT, "(%.1f)", (double) t.words() / least.getAsLong());
  }

  private static List<SearchLog.Pruned> left(SearchLog log) {
    return log.pruned().stream().filter(p -> p.count() > 0).limit(MOST_ARGUMENTS).toList();
  }

  private static List<String> search(LayerResult l, NetworkResult result) {
    List<String> lines = new ArrayList<>();
    double value = result.objective().value(l.evaluation());
    for (SearchLog.Alternative a : l.log().runnersUp().stream().limit(MOST_RUNNERS_UP).toList()) {
      lines.add(
          "  runner-up: %s%s%s, %s"
              .formatted(
                  a.exact() ? "" : "at least ",
                  ObjectiveText.of(result.objective(), a.value()),
                  value > 0 ? String.format(Locale.ROOT, " (x %.3g)", a.value() / value) : "",
                  a.dataflow()));
    }
    l.log()
        .shapes()
        .ifPresent(
            s ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  tile shapes: of %,d for these loops in their order %,d fit; %,d of them"
                            + " within 1 %% of the best of them, %,d within 10 %%, %,d within twice; half"
                            + " of them %s or more%s",
                        s.count(),
                        s.fitting(),
                        s.within1Percent(),
                        s.within10Percent(),
                        s.withinTwice(),
                        ObjectiveText.of(result.objective(), s.median()),
                        value > 0
                            ? String.format(Locale.ROOT, " (x %.3g)", s.median() / value)
                            : "")));
    for (SearchLog.Pruned p : left(l.log())) {
      lines.add(String.format(Locale.ROOT, "  left out: %,d %s", p.count(), p.argument()));
    }
    return lines;
  }
}
