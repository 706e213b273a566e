package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.einloom.evaluation.Objective;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.Section;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/**
 * Reads {@code mapper:}. Most of it says how long to try; a search that proves has no use for it.
 */
public final class MapperOptionsReader {
  private static final List<String> METRICS =
      List.of("optimization-metric", "optimization-metrics");

  /** What Timeloop's mapper knows besides, with '-' for '_'. */
  private static final List<String> OTHERS =
      List.of(
          "version",
          "algorithm",
          "num-threads",
          "timeout",
          "heartbeat",
          "victory-condition",
          "search-size",
          "sync-interval",
          "log-stats",
          "log-suboptimal",
          "log-all",
          "log-oaves",
          "log-oaves-mappings",
          "log-mappings-yaml",
          "log-mappings-verbose",
          "live-status",
          "diagnostics",
          "penalize-consecutive-bypass-fails",
          "emit-whoop-nest",
          "out-prefix",
          "filter-revisits",
          "max-permutations-per-if-visit",
          "max-temporal-loops-in-a-mapping",
          "environment-variables",
          "mapspace",
          "search");

  private static final String NOT_AN_OBJECTIVE = "last-level-accesses";

  /**
   * What the options come to.
   *
   * @param objective what to make small; empty where the file does not say
   * @param remarks what has no meaning
   */
  public record Options(Optional<Objective> objective, List<Remark> remarks) {
    public Options {
      remarks = List.copyOf(remarks);
    }
  }

  private MapperOptionsReader() {}

  /**
   * The options of a specification.
   *
   * @throws org.einloom.io.input.InputException when one is unknown, or asks for what there is not
   */
  public static Options read(TimeloopSpec spec) {
    List<Remark> remarks = new ArrayList<>();
    Optional<Objective> objective = Optional.empty();
    for (Section section : spec.sections("mapper")) {
      Set<String> unused = new LinkedHashSet<>();
      for (var e :
          Values.entries(section.value(), "mapper", "expected options of the mapper").entrySet()) {
        String key = e.getKey().value().replace('_', '-');
        if (METRICS.contains(key)) {
          objective = Optional.of(objective(e.getValue(), key, remarks));
        } else if (!OTHERS.contains(key)) {
          List<String> known = new ArrayList<>(METRICS);
          known.addAll(OTHERS);
          throw e.getKey()
              .at()
              .error(
                  "unknown option " + Words.quote(e.getKey().value()) + " of the mapper",
                  "expected one of " + String.join(", ", known),
                  Words.didYouMean(key, known));
        } else if (!key.equals("version")) {
          unused.add(e.getKey().value());
        }
      }
      if (!unused.isEmpty()) {
        remarks.add(
            new Remark(
                section.at(),
                "no meaning to a search that ends with a proof: " + String.join(", ", unused)));
      }
    }
    return new Options(objective, remarks);
  }

  private static Objective objective(YamlNode node, String key, List<Remark> remarks) {
    List<YamlNode> items =
        node instanceof YamlNode.Sequence s && !s.items().isEmpty() ? s.items() : List.of(node);
    String first = metric(items.getFirst(), key);
    if (items.size() > 1) {
      remarks.add(
          new Remark(
              items.get(1).at(),
              "of several metrics only the first is searched for; mappings that are equal in it"
                  + " are told apart by Einloom's rules"));
    }
    return switch (first) {
      case "energy" -> Objective.ENERGY;
      case "delay", "latency", "cycles" -> Objective.LATENCY;
      case "edp" -> Objective.EDP;
      case NOT_AN_OBJECTIVE ->
          throw items
              .getFirst()
              .at()
              .error(
                  "'last-level-accesses' is no objective of Einloom's",
                  "expected energy, delay or edp");
      default ->
          throw items
              .getFirst()
              .at()
              .error(
                  "unknown metric " + Words.quote(first),
                  "expected energy, delay or edp",
                  Words.didYouMean(first, List.of("energy", "delay", "edp", NOT_AN_OBJECTIVE)));
    };
  }

  private static String metric(YamlNode node, String key) {
    return Values.scalar(node, key, "expected energy, delay or edp")
        .value()
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
