package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.counts.SparseCounts;
import org.einloom.density.ActualDensity;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.TensorAccess;

/** What the zeros of layers save, in words. */
final class SparseText {
  private static final int MOST_LAYERS = 8;

  private SparseText() {}

  static List<String> lines(SequencedMap<String, SparseOutcome> layers) {
    List<String> lines = new ArrayList<>();
    layers.entrySet().stream()
        .limit(MOST_LAYERS)
        .forEach(e -> layer(e.getKey(), e.getValue(), lines));
    if (layers.size() > MOST_LAYERS) {
      lines.add("sparsity: and " + (layers.size() - MOST_LAYERS) + " more layers");
    }
    return lines;
  }

  /** Whether nothing is left to chance. */
  private static boolean isKnown(SparseOutcome o) {
    return SparseJson.withLaws(o).stream()
        .map(o.sparsity()::density)
        .allMatch(d -> d instanceof ActualDensity || d.density() == 1);
  }

  private static void layer(String name, SparseOutcome o, List<String> lines) {
    String begin = "sparsity of " + name + ": ";
    lines.add(
        begin
            + SparseJson.withLaws(o).stream()
                .map(t -> t.name() + " " + o.sparsity().density(t).label())
                .collect(Collectors.joining("; "))
            + (isKnown(o)
                ? "; counts are those of these tensors"
                : "; counts are expected ones, of tensors that do not depend on each other"));
    SparseCounts c = o.counts().sparse();
    double all = (double) o.counts().dense().computes();
    lines.add(
        begin
            + "%s of the points are effectual; %s are computed, %s gated, %s skipped"
                .formatted(
                    share(c.effectual() / all),
                    share(c.done() / all),
                    share(c.gated() / all),
                    share(c.skipped() / all)));
    List<String> stored = new ArrayList<>();
    for (var component : o.counts().dense().components()) {
      for (TensorAccess t : o.einsum().tensors()) {
        var held = new Held(component.component(), t.name());
        Tile tile = o.counts().tiles().get(held);
        if (tile != null && o.sparsity().format(held.memory(), t).compresses()) {
          stored.add(
              "%s at %s as %s, %s of its words and %s of metadata"
                  .formatted(
                      t.name(),
                      held.memory(),
                      o.sparsity().format(held.memory(), t).name(),
                      share(tile.expected().words() / (double) tile.words()),
                      Si.of(tile.expected().metadataBits(), "b")));
        }
      }
    }
    if (!stored.isEmpty()) {
      lines.add(begin + "stored " + String.join("; ", stored));
    }
    o.dense()
        .ifPresent(
            d ->
                lines.add(
                    begin
                        + "without zeros it takes %s and %s cycles%s, with them %s and %s"
                            .formatted(
                                Si.of(d.energyPj() * 1e-12, "J"),
                                Si.count(d.cycles()),
                                o.denseFits() ? "" : ", in memories that were large enough for it",
                                Si.of(o.evaluation().energyPj() * 1e-12, "J"),
                                Si.count(o.evaluation().cycles()))));
    for (SparseOutcome.Saved s : o.savings()) {
      lines.add(begin + saved(s));
    }
  }

  private static String saved(SparseOutcome.Saved s) {
    return s.energyPj().isPresent() && s.cycles().isPresent()
        ? "%s saves %s and %s cycles"
            .formatted(
                s.what(),
                Si.of(s.energyPj().getAsDouble() * 1e-12, "J"),
                Si.count(Math.round(s.cycles().getAsDouble())))
        : "%s: what it saves is not known, as %s".formatted(s.what(), s.unknown().orElseThrow());
  }

  private static String share(double x) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * x);
  }
}
