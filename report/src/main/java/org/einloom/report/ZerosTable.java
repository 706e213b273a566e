package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;

/** What became of zeros, as a table of what one instance of each memory does. */
final class ZerosTable {
  private ZerosTable() {}

  static List<String> lines(ZerosUse use) {
    List<String> lines = new ArrayList<>();
    SparseCounts.Computes c = use.counts().computes();
    lines.add("");
    lines.add(
        "zeros: of %s computes %s actual, %s gated, %s skipped; words of one instance, actual/gated/skipped:"
            .formatted(
                Si.count(c.algorithmic()),
                Si.count(c.actual()),
                Si.count(c.gated()),
                Si.count(c.skipped())));
    var table =
        new TextTable(
            List.of(
                "memory",
                "tensor",
                "distribution",
                "density",
                "format",
                "reads",
                "fills",
                "updates",
                "metadata read",
                "written",
                "held"),
            1,
            2,
            4);
    for (int p = 0; p < use.memories().size(); p++) {
      String memory = use.memories().get(p);
      use.levels()
          .get(p)
          .forEach(
              (tensor, t) ->
                  table.row(
                      List.of(
                          memory,
                          tensor,
                          t.densityLabel(),
                          String.format(Locale.ROOT, "%.3g%%", 100 * t.density()),
                          t.formatLabel(),
                          words(t, Way.READ),
                          words(t, Way.FILL),
                          words(t, Way.UPDATE),
                          bits(t, Way.READ),
                          bits(t, Way.FILL, Way.UPDATE),
                          t.hasFormat() ? t.heldMetadataBits() + " b" : "-")));
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static String words(OfTensor t, Way way) {
    long actual = t.words(way, Fate.ACTUAL);
    long gated = t.words(way, Fate.GATED);
    long skipped = t.words(way, Fate.SKIPPED);
    return gated + skipped == 0 ? "" + actual : actual + "/" + gated + "/" + skipped;
  }

  private static String bits(OfTensor t, Way... ways) {
    if (!t.hasFormat()) {
      return "-";
    }
    long bits = 0;
    for (Way way : ways) {
      bits += t.metadataBits(way, Fate.ACTUAL);
    }
    return bits + " b";
  }
}
