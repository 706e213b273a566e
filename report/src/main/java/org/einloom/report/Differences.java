package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import org.einloom.network.ResultSummary;
import org.einloom.workload.Counted;

/** What stands in the way of comparing results. */
final class Differences {
  private Differences() {}

  /** One sentence for each result that cannot be held against the first just so. */
  static List<String> warnings(List<Contender> contenders) {
    List<String> warnings = new ArrayList<>();
    Contender first = contenders.getFirst();
    for (Contender c : contenders.subList(1, contenders.size())) {
      if (!c.summary().sameWorkload(first.summary())) {
        warnings.add(
            "%s is of another workload than %s: %s, not %s; ratios between them do not compare designs"
                .formatted(c.file(), first.file(), workload(c), workload(first)));
      }
      if (!c.summary().policy().equals(first.summary().policy())) {
        warnings.add(
            "%s was counted by policy %s, %s by policy %s"
                .formatted(c.file(), c.summary().policy(), first.file(), first.summary().policy()));
      }
    }
    return warnings;
  }

  private static String workload(Contender c) {
    ResultSummary s = c.summary();
    long layers = s.layers().stream().mapToLong(ResultSummary.LayerSize::repeats).sum();
    String of = s.layers().size() == 1 ? " " + s.layers().getFirst().name() : "";
    return "%s (%s%s, %s MACs)"
        .formatted(s.workload(), Counted.of(layers, "layer"), of, Si.count(s.macs()));
  }
}
