package org.einloom.io.timeloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.LevelCounts;
import org.einloom.evaluation.timeloop.Rates;
import org.einloom.evaluation.timeloop.SparseAccounting;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Kind;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.RankAccess;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.io.timeloop.SparseCases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounting timeloop gives the figures that Timeloop gave for sparse tensors. */
class SparseCasesTest {
  private static final double PRECISION = 1e-6;

  /** The one case whose densities change nothing, because nothing is done about zeros. */
  private static final String DENSE = "sp_density_only";

  static List<String> names() {
    return SparseCases.names();
  }

  static List<String> optimized() {
    return names().stream().filter(n -> !n.equals(DENSE)).toList();
  }

  @Test
  @DisplayName("there are 22 cases")
  void allAreHere() {
    assertThat(names()).hasSize(22).contains(DENSE);
  }

  @Test
  @DisplayName("densities alone change nothing")
  void densitiesAlone() {
    TimeloopModel model = TimeloopModel.of(SparseCases.read(DENSE));
    assertThat(model.sparse()).isEmpty();
    assertThat(model.remarks())
        .anySatisfy(r -> assertThat(r.toString()).contains("densities change nothing"));
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("cycles, energy, area, utilization, and what every level does, dense")
  void totals(String name) {
    Expected expected = Expected.of(SparseCases.folder(), name);
    TimeloopModel model = TimeloopModel.of(SparseCases.read(name));
    Accounting.Account account = model.account(expected.switches());
    Evaluation e = account.evaluation();
    var soft = new SoftAssertions();
    soft.assertThat(e.cycles()).as("cycles").isEqualTo((long) expected.at("cycles").number());
    close(soft, "energy", e.energyPj(), expected.at("energy_pJ").number());
    close(soft, "area", e.areaUm2(), expected.at("area_um2").number());
    close(soft, "utilization", e.utilization().orElseThrow(), expected.at("utilization").number());
    soft.assertThat(e.computes())
        .as("algorithmic computes")
        .isEqualTo((long) expected.at("computes").at("algorithmic").number());
    for (Expected level : expected.at("levels").items()) {
      int p = position(model, level);
      ComponentCost cost = component(e, level.at("name").text());
      Rates.Level rates = account.levels().get(p);
      String at = level.at("name").text() + " ";
      close(soft, at + "slowdown", rates.slowdown(), level.at("slowdown").number());
      soft.assertThat((long) rates.cycles())
          .as(at + "cycles")
          .isEqualTo((long) level.at("cycles").number());
      for (Map.Entry<String, Expected> t : level.at("tensors").entries().entrySet()) {
        Expected x = t.getValue();
        LevelCounts c = account.counts().levels().get(p).get(t.getKey());
        soft.assertThat(c.kept()).as(at + "kept").isEqualTo(x.at("kept").text().equals("true"));
        if (c.kept()) {
          String of = at + t.getKey() + " ";
          soft.assertThat(c.reads()).as(of + "reads").isEqualTo(whole(x, "reads"));
          soft.assertThat(c.fills()).as(of + "fills").isEqualTo(whole(x, "fills"));
          soft.assertThat(c.updates()).as(of + "updates").isEqualTo(whole(x, "updates"));
          soft.assertThat(c.partitionWords())
              .as(of + "partition")
              .isEqualTo(whole(x, "partition_size"));
          close(soft, of + "energy", energy(cost, t.getKey()), x.at("energy_pJ").number());
        }
      }
    }
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("optimized")
  @DisplayName("what is actual, gated and skipped, formats, and what they take")
  void fineCounts(String name) {
    Expected expected = Expected.of(SparseCases.folder(), name);
    TimeloopModel model = TimeloopModel.of(SparseCases.read(name));
    SparseAccounting.SparseAccount account = model.sparseAccount(expected.switches());
    var soft = new SoftAssertions();
    Expected computes = expected.at("computes");
    soft.assertThat(account.counts().computes().actual())
        .as("random computes")
        .isEqualTo(whole(computes, "random"));
    soft.assertThat(account.counts().computes().gated())
        .as("gated computes")
        .isEqualTo(whole(computes, "gated"));
    soft.assertThat(account.counts().computes().skipped())
        .as("skipped computes")
        .isEqualTo(whole(computes, "skipped"));
    for (Expected level : expected.at("levels").items()) {
      int inside = model.hardware().machine().levels().size() - 1 - position(model, level);
      var counts = account.counts().levels().get(inside);
      for (Map.Entry<String, Expected> t : level.at("tensors").entries().entrySet()) {
        String at = level.at("name").text() + " " + t.getKey() + " ";
        OfTensor found = counts.get(t.getKey());
        if (found == null) {
          soft.assertThat(t.getValue().at("kept").text()).as(at + "kept").isEqualTo("false");
        } else {
          tensor(soft, at, found, t.getValue());
        }
      }
    }
    soft.assertAll();
  }

  private static void tensor(SoftAssertions soft, String at, OfTensor t, Expected x) {
    for (Kind kind : Kind.all()) {
      String key = kind.label() + "s";
      soft.assertThat(t.words(kind.way(), kind.fate())).as(at + key).isEqualTo(whole(x, key));
    }
    soft.assertThat(t.heldWords()).as(at + "capacity").isEqualTo(whole(x, "utilized_capacity"));
    close(soft, at + "instances", t.instances(), x.at("utilized_instances").number());
    // Timeloop prints 0 whatever it charges; the energy of the level has it
    soft.assertThat(whole(x, "decompression_counts")).as(at + "decompressions").isZero();
    soft.assertThat(t.compressions())
        .as(at + "compressions")
        .isEqualTo(whole(x, "compression_counts"));
    soft.assertThat(t.temporalReductions())
        .as(at + "temporal reductions")
        .isEqualTo(whole(x, "temporal_reductions"));
    soft.assertThat(t.addressGenerations())
        .as(at + "address generations")
        .isEqualTo(whole(x, "address_generations"));
    Expected text = x.at("text");
    soft.assertThat(t.densityLabel())
        .as(at + "density")
        .isEqualTo(text.at("Tile density distribution").text());
    soft.assertThat(t.formatLabel())
        .as(at + "format")
        .isEqualTo(text.at("Representation format").text());
    soft.assertThat(t.tileWords()).as(at + "tile").isEqualTo(whole(text, "Data tile shape"));
    ranks(soft, at, t.heldMetadata(), text, "Max utilized Repr format storage capacity");
    Map<Way, String> ways = Map.of(Way.READ, "reads", Way.FILL, "fills", Way.UPDATE, "updates");
    Map<Fate, String> fates =
        Map.of(Fate.ACTUAL, "Actual", Fate.GATED, "Gated", Fate.SKIPPED, "Skipped");
    for (Kind kind : Kind.all()) {
      String key =
          "%s scalar format %s (per-instance)"
              .formatted(fates.get(kind.fate()), ways.get(kind.way()));
      ranks(soft, at, t.metadata().getOrDefault(kind, List.of()), text, key);
    }
  }

  /** What Timeloop prints is 0 where nothing is written, and leaves out what has no format. */
  private static void ranks(
      SoftAssertions soft, String at, List<RankAccess> ranks, Expected text, String key) {
    if (text.find(key).isEmpty()) {
      soft.assertThat(ranks).as(at + key).isEmpty();
      return;
    }
    Map<String, Expected> printed = text.at(key).isScalar() ? Map.of() : text.at(key).entries();
    for (int r = 0; r < ranks.size(); r++) {
      Expected x = printed.get("rank" + r);
      long metadata = x == null ? 0 : (long) x.items().get(0).number();
      long payloads = x == null ? 0 : (long) x.items().get(1).number();
      soft.assertThat(ranks.get(r))
          .as(at + key + " rank " + r)
          .isEqualTo(new RankAccess(metadata, payloads));
    }
    soft.assertThat(printed.size()).as(at + key + " ranks").isLessThanOrEqualTo(ranks.size());
  }

  private static long whole(Expected x, String key) {
    return (long) x.at(key).number();
  }

  private static int position(TimeloopModel model, Expected level) {
    return model.hardware().machine().levels().stream()
        .map(l -> l.memory())
        .toList()
        .indexOf(level.at("name").text());
  }

  private static ComponentCost component(Evaluation e, String name) {
    return e.components().stream()
        .filter(c -> c.node().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double energy(ComponentCost cost, String tensor) {
    Set<String> networks = Set.of("hop", "router");
    return cost.charges().stream()
        .filter(c -> c.tensor().filter(tensor::equals).isPresent())
        .filter(c -> !networks.contains(c.action()))
        .mapToDouble(Charge::energyPj)
        .sum();
  }

  private static void close(SoftAssertions soft, String what, double found, double expected) {
    soft.assertThat(found).as(what).isCloseTo(expected, within(PRECISION * Math.abs(expected)));
  }
}
