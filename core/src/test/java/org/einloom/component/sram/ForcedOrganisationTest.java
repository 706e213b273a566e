package org.einloom.component.sram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The laws apart from the choice: organisations forced on CACTI 7, of sizes and widths kept out of
 * the fit. Many are such that nobody would choose them; the median is what the laws are held to.
 */
class ForcedOrganisationTest {

  @ParameterizedTest
  @ValueSource(ints = {22, 32, 45, 65, 90})
  @DisplayName("figures and parts of a given organisation")
  void parts(int nm) {
    Node node = Node.of(SramFlavour.LOW_STANDBY_POWER).get(Node.NODES_NM.indexOf(nm));
    List<CactiRun> runs =
        CactiRun.read("cacti7_forced_orgs_lstp300K.csv", SramFlavour.LOW_STANDBY_POWER).stream()
            .filter(r -> r.heldOut() && r.spec().technologyNm() == nm)
            .toList();
    assertThat(runs).hasSizeGreaterThan(100);
    check(node, runs, "read", 0.01, (c, r) -> c.readPj() / r.number("read_pJ"));
    check(node, runs, "write", 0.02, (c, r) -> c.writePj() / r.number("write_pJ"));
    check(node, runs, "area", 0.01, (c, r) -> c.areaUm2() / r.number("area_mm2") / 1e6);
    check(node, runs, "access", 0.03, (c, r) -> c.accessNs() / r.number("access_ns"));
    check(
        node, runs, "leakage", 0.06, (c, r) -> c.leakageUw() / r.number("leak_per_bank_mW") / 1e3);
    check(node, runs, "wordLine", SramReadEnergy::wordLine, 0.02, "wordline_nJ");
    check(node, runs, "precharge", SramReadEnergy::precharge, 0.02, "precharge_nJ");
    check(node, runs, "bitLine", SramReadEnergy::bitLine, 0.01, "bitline_nJ");
    check(node, runs, "senseAmplifier", SramReadEnergy::senseAmplifier, 0.01, "senseamp_nJ");
    check(node, runs, "output", SramReadEnergy::output, 0.02, "subarray_out_nJ");
    check(node, runs, "decoder", SramReadEnergy::decoder, 0.01, "decoder_nJ");
    List<CactiRun> trees = runs.stream().filter(r -> r.number("htree_in_out_nJ") > 0).toList();
    check(node, trees, "hTree", SramReadEnergy::hTree, 0.01, "htree_in_out_nJ");
  }

  private static void check(
      Node node,
      List<CactiRun> runs,
      String what,
      ToDoubleFunction<SramReadEnergy> part,
      double most,
      String column) {
    check(node, runs, what, most, (c, r) -> part.applyAsDouble(c.read()) / r.number(column) / 1e3);
  }

  private static void check(
      Node node,
      List<CactiRun> runs,
      String what,
      double most,
      ToDoubleBiFunction<SramFigures, CactiRun> ratio) {
    List<Double> errors = new ArrayList<>();
    for (CactiRun run : runs) {
      SramOrganisation o = run.organisation();
      Macro macro = new Macro(node, Ports.of(run.spec()), run.spec().widthBits(), 1);
      SramFigures c = macro.figures(macro.rows(o.rows()), macro.columns(o.columns()), o);
      errors.add(Math.abs(ratio.applyAsDouble(c, run) - 1));
    }
    errors.sort(null);
    assertThat(errors.get(errors.size() / 2)).as(node.nm() + " nm " + what).isLessThan(most);
  }
}
