package org.einloom.io.timeloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.LevelCounts;
import org.einloom.evaluation.timeloop.Rates;
import org.einloom.io.timeloop.Cases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accounting timeloop gives the figures that Timeloop itself gave. */
class TimeloopCasesTest {
  /** Relative; Timeloop's own figures of levels are in full precision. */
  private static final double PRECISION = 1e-6;

  static List<String> names() {
    return Cases.names();
  }

  @Test
  @DisplayName("there are 56 cases")
  void allAreHere() {
    assertThat(names()).hasSize(56);
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("counts, cycles, energy, area, utilization and capacity")
  void reproduces(String name) {
    Expected expected = Expected.of(name);
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Accounting.Account account = model.account(expected.switches());
    Evaluation e = account.evaluation();
    var soft = new SoftAssertions();
    soft.assertThat(e.cycles()).as("cycles").isEqualTo((long) expected.at("cycles").number());
    close(soft, "energy", e.energyPj(), expected.at("energy_pJ").number());
    close(soft, "area", e.areaUm2(), expected.at("area_um2").number());
    close(soft, "utilization", e.utilization().orElseThrow(), expected.at("utilization").number());
    soft.assertThat(e.computes())
        .as("computes")
        .isEqualTo((long) expected.at("computes").at("random").number());
    for (Expected level : expected.at("levels").items()) {
      level(soft, model, account, level);
    }
    networks(soft, e, expected.at("networks").items());
    soft.assertAll();
  }

  private static void level(
      SoftAssertions soft, TimeloopModel model, Accounting.Account account, Expected level) {
    String name = level.at("name").text();
    int p =
        model.hardware().machine().levels().stream().map(l -> l.memory()).toList().indexOf(name);
    ComponentCost cost = component(account.evaluation(), name);
    Rates.Level rates = account.levels().get(p);
    soft.assertThat(cost.instances())
        .as(name + " instances")
        .isEqualTo((long) level.at("instances").number());
    close(soft, name + " slowdown", rates.slowdown(), level.at("slowdown").number());
    soft.assertThat((long) rates.cycles())
        .as(name + " cycles")
        .isEqualTo((long) level.at("cycles").number());
    close(soft, name + " energy", energyOfWords(cost), levelEnergy(level));
    soft.assertThat(leak(cost))
        .as(name + " leakage")
        .isCloseTo(level.at("leakage_pJ_2dp").number(), within(0.006));
    for (Map.Entry<String, Expected> t : level.at("tensors").entries().entrySet()) {
      tensor(soft, model, account, p, cost, t.getKey(), t.getValue());
    }
  }

  private static void tensor(
      SoftAssertions soft,
      TimeloopModel model,
      Accounting.Account account,
      int p,
      ComponentCost cost,
      String tensor,
      Expected x) {
    String what = cost.node().name() + "." + tensor + " ";
    LevelCounts c = account.counts().levels().get(p).get(tensor);
    soft.assertThat(c.kept()).as(what + "kept").isEqualTo(x.at("kept").text().equals("true"));
    if (!c.kept()) {
      return;
    }
    soft.assertThat(c.reads()).as(what + "reads").isEqualTo((long) x.at("reads").number());
    soft.assertThat(c.fills()).as(what + "fills").isEqualTo((long) x.at("fills").number());
    soft.assertThat(c.updates()).as(what + "updates").isEqualTo((long) x.at("updates").number());
    soft.assertThat(c.tileWords())
        .as(what + "capacity")
        .isEqualTo((long) x.at("utilized_capacity").number());
    soft.assertThat(c.partitionWords())
        .as(what + "partition")
        .isEqualTo((long) x.at("partition_size").number());
    Flows flows = cost.flows(tensor);
    soft.assertThat(flows.reads())
        .as(what + "reads of all")
        .isEqualTo((long) x.at("total_reads").number());
    soft.assertThat(flows.fills())
        .as(what + "fills of all")
        .isEqualTo((long) x.at("total_fills").number());
    soft.assertThat(flows.updates())
        .as(what + "updates of all")
        .isEqualTo((long) x.at("total_updates").number());
    close(soft, what + "energy", wordsEnergy(cost, tensor), x.at("energy_pJ").number());
    long word = model.hardware().architecture().widths().output();
    soft.assertThat(cost.heldBits().get(tensor)).as(what + "bits").isEqualTo(c.tileWords() * word);
  }

  private static double levelEnergy(Expected level) {
    return level.at("energy_pJ").number() - level.at("leakage_pJ_2dp").number();
  }

  /** Without leakage, and without what the network below costs. */
  private static double energyOfWords(ComponentCost cost) {
    return cost.charges().stream()
        .filter(TimeloopCasesTest::isOfMemory)
        .mapToDouble(Charge::energyPj)
        .sum();
  }

  private static double wordsEnergy(ComponentCost cost, String tensor) {
    return cost.charges().stream()
        .filter(c -> c.tensor().filter(tensor::equals).isPresent())
        .filter(TimeloopCasesTest::isOfMemory)
        .mapToDouble(Charge::energyPj)
        .sum();
  }

  private static boolean isOfMemory(Charge c) {
    return List.of("read", "write", "update").contains(c.action());
  }

  private static double leak(ComponentCost cost) {
    return cost.charges().stream()
        .filter(c -> c.action().equals(Charge.LEAK))
        .mapToDouble(Charge::energyPj)
        .sum();
  }

  /** What all networks cost; a level with one child bears that of its own. */
  private static void networks(SoftAssertions soft, Evaluation e, List<Expected> networks) {
    double expected = networks.stream().mapToDouble(n -> n.at("energy_pJ_2dp").number()).sum();
    double found =
        e.components().stream()
            .flatMap(c -> c.charges().stream())
            .filter(c -> !isOfMemory(c) && !c.action().equals(Charge.LEAK))
            .filter(c -> !c.action().equals("compute"))
            .mapToDouble(Charge::energyPj)
            .sum();
    soft.assertThat(found).as("networks").isCloseTo(expected, within(0.01 * networks.size()));
  }

  private static ComponentCost component(Evaluation e, String name) {
    return e.components().stream()
        .filter(c -> c.node().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void close(SoftAssertions soft, String what, double found, double expected) {
    soft.assertThat(found).as(what).isCloseTo(expected, within(PRECISION * Math.abs(expected)));
  }
}
