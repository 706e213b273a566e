package org.einloom.io.timeloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.counts.SparseFlow;
import org.einloom.counts.SparseFlows;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.evaluation.timeloop.SparseAccounting;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.io.timeloop.SparseCases;
import org.einloom.io.timeloop.model.OwnSparseDifferences.Because;
import org.einloom.io.timeloop.model.OwnSparseDifferences.Reason;
import org.einloom.model.DenseModel;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Einloom's own rules count of Timeloop's sparse cases, beside what Timeloop does: all that
 * differs is listed here, each figure with its reason.
 */
class OwnSparseTest {
  /** Bits by which the rounding of an entry of metadata may differ, for each instance. */
  private static final double ENTRY_BITS = 16;

  /** The one case whose format has no counterpart. */
  private static final String REFUSED = "sp_ub";

  /** Switches of Timeloop's accounting that take reasons away. */
  private static final Map<Reason, Switch> SWITCHES =
      Map.of(
          Reason.GATING, Switch.GATING_TAKES_TIME,
          Reason.BANDS, Switch.EXACT_BANDS,
          Reason.REDUCING_CHILDREN, Switch.ONE_FILLED);

  static List<String> names() {
    return SparseCases.names().stream().filter(n -> !n.equals(REFUSED)).toList();
  }

  static List<String> switchable() {
    return OwnSparseDifferences.KNOWN.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(b -> SWITCHES.containsKey(b.reason())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("own counts differ from Timeloop's by what is listed")
  void differences(String name) {
    TimeloopModel model = TimeloopModel.of(SparseCases.read(name));
    Set<String> known =
        OwnSparseDifferences.KNOWN.getOrDefault(name, List.of()).stream()
            .flatMap(b -> b.figures().stream())
            .collect(Collectors.toSet());
    assertThat(differences(model, Switches.NONE)).containsExactlyInAnyOrderElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource("switchable")
  @DisplayName("with Timeloop's rule taken away, the figures of that reason agree")
  void reasons(String name) {
    TimeloopModel model = TimeloopModel.of(SparseCases.read(name));
    var on = EnumSet.noneOf(Switch.class);
    List<String> gone = new ArrayList<>();
    for (Because b : OwnSparseDifferences.KNOWN.getOrDefault(name, List.of())) {
      Switch taken = SWITCHES.get(b.reason());
      if (taken != null) {
        on.add(taken);
        b.figures().forEach(f -> gone.add(figure(f)));
      }
    }
    assertThat(gone).isNotEmpty();
    assertThat(differences(model, new Switches(on)).stream().map(OwnSparseTest::figure))
        .doesNotContainAnyElementsOf(gone);
  }

  private static String figure(String difference) {
    return difference.substring(0, difference.lastIndexOf(' '));
  }

  @Test
  @DisplayName("a format without a counterpart is refused by name, with its place")
  void refused() {
    TimeloopModel model = TimeloopModel.of(SparseCases.read(REFUSED));
    assertThatThrownBy(model::ownSparse)
        .hasMessageContaining("sparse.yaml:1:1")
        .hasMessageContaining("'A' at 'RF'")
        .hasMessageContaining("rank K is UB, bits beside words that are all there")
        .hasMessageContaining("--accounting timeloop");
  }

  private static SparseOutcome outcome(TimeloopModel model) {
    TimeloopModel.OwnSparse own = model.ownSparse();
    return SparseOutcome.of(
        model.einsum(),
        own.architecture(),
        model.mapping().orElseThrow().tree(),
        own.sparsity(),
        own.nodes());
  }

  private static List<String> differences(TimeloopModel model, Switches switches) {
    List<String> all = new ArrayList<>();
    if (model.sparse().isEmpty()) {
      Evaluation own = dense(model);
      Evaluation theirs = model.account(switches).evaluation();
      add(all, "cycles", (double) own.cycles(), (double) theirs.cycles(), 1);
      return all;
    }
    SparseOutcome own = outcome(model);
    SparseAccounting.SparseAccount theirs = model.sparseAccount(switches);
    add(
        all,
        "cycles",
        (double) own.evaluation().cycles(),
        (double) theirs.account().evaluation().cycles(),
        1);
    SparseCounts.Computes c = theirs.counts().computes();
    var counts = own.counts().sparse();
    add(all, "computes", counts.done(), (double) c.actual(), 1);
    add(all, "computes gated", counts.gated(), (double) c.gated(), 1);
    add(all, "computes skipped", counts.skipped(), (double) c.skipped(), 1);
    var memories = model.hardware().architecture().memories();
    for (int l = 0; l < memories.size(); l++) {
      String memory = memories.get(l).name();
      for (TensorAccess t : model.einsum().tensors()) {
        OfTensor other = theirs.counts().levels().get(memories.size() - 1 - l).get(t.name());
        if (other != null) {
          SparseFlows flows = counts.at(memory, t.name());
          String what = memory + "." + t.name() + " ";
          add(all, what + "reads", flows.reads(), other, Way.READ);
          add(all, what + "fills", flows.fills(), other, Way.FILL);
          add(all, what + "updates", flows.updates(), other, Way.UPDATE);
        }
      }
    }
    return all;
  }

  private static Evaluation dense(TimeloopModel model) {
    var architecture = model.hardware().architecture();
    return Evaluator.evaluate(
        model.einsum(),
        architecture,
        DenseModel.analyze(model.einsum(), architecture, model.mapping().orElseThrow().tree())
            .counts(),
        Policy.DEFAULT);
  }

  private static void add(List<String> all, String what, SparseFlow own, OfTensor t, Way way) {
    double n = t.instances();
    add(all, what, own.done(), t.words(way, Fate.ACTUAL) * n, n);
    add(all, what + " gated", own.gated(), t.words(way, Fate.GATED) * n, n);
    add(all, what + " skipped", own.skipped(), t.words(way, Fate.SKIPPED) * n, n);
    add(
        all,
        what + " metadata",
        own.metadataBits(),
        t.metadataBits(way, Fate.ACTUAL) * n,
        ENTRY_BITS * n);
  }

  private static void add(List<String> all, String what, double own, double other, double slack) {
    if (Math.abs(own - other) > slack) {
      all.add("%s %s/%s".formatted(what, text(own), text(other)));
    }
  }

  private static String text(double x) {
    return x == Math.rint(x) ? "%d".formatted((long) x) : String.format(Locale.ROOT, "%.1f", x);
  }
}
