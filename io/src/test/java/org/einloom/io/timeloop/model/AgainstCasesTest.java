package org.einloom.io.timeloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.Cases;
import org.einloom.io.timeloop.against.Against;
import org.einloom.io.timeloop.against.Comparison;
import org.einloom.io.timeloop.against.Difference;
import org.einloom.io.timeloop.stats.StatsFile;
import org.einloom.io.timeloop.stats.TimeloopStats;
import org.einloom.model.DenseModel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Timeloop answered to the cases, put the way it prints it, held against evaluations. */
class AgainstCasesTest {
  static List<String> names() {
    return Cases.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("by Timeloop's rules every figure agrees")
  void timeloop(String name) {
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Switches switches = Expected.of(name).switches();
    Comparison c =
        Against.compare(
            model, model.account(switches).evaluation(), Optional.of(switches), stats(name));
    assertThat(c.differences()).isEmpty();
    assertThat(c.compared()).isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("by Einloom's own, every difference has its reason")
  void own(String name) {
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Comparison c = Against.compare(model, own(model), Optional.empty(), stats(name));
    boolean usual = Expected.of(name).switches().equals(Switches.NONE);
    assertThat(c.differences())
        .allSatisfy(
            d ->
                assertThat(d.why())
                    .matches(
                        usual ? "in Timeloop .*" : "(in Timeloop|agrees with --accounting) .*"));
  }

  @Test
  @DisplayName("the reason is the rule without which the figures agree")
  void rules() {
    assertThat(whyByFigure("conv_2l_pq_outer"))
        .containsEntry(
            "DRAM Inputs reads",
            "in Timeloop a tile that moves along two axes, or turns, is fetched anew");
    assertThat(whyByFigure("conv1d_link_r"))
        .containsEntry("GLB Inputs reads", "in Timeloop neighbours hand words on to each other");
    assertThat(whyByFigure("mm_2d_k_reduce"))
        .containsEntry(
            "RF Z fills",
            "in Timeloop each child that adds up a word is filled with its starting value, not one"
                + " of them");
  }

  private static Map<String, String> whyByFigure(String name) {
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    var why = new java.util.HashMap<String, String>();
    for (Difference d :
        Against.compare(model, own(model), Optional.empty(), stats(name)).differences()) {
      why.put(d.figure(), d.why());
    }
    return why;
  }

  @Test
  @DisplayName("a figure that no rules give is said to be none of theirs; a switch is named")
  void others() {
    TimeloopModel model = TimeloopModel.of(Cases.read("mm_2d_out_stationary"));
    String changed = text("mm_2d_out_stationary").replace("Cycles: 8192", "Cycles: 9000");
    Comparison c =
        Against.compare(
            model,
            model.account(Switches.NONE).evaluation(),
            Optional.of(Switches.NONE),
            StatsFile.read(Source.text("x", changed)));
    assertThat(c.differences()).hasSize(1);
    assertThat(c.differences().getFirst().why()).startsWith("no rules of Timeloop's give it");
    TimeloopModel links = TimeloopModel.of(Cases.read("conv1d_link_r"));
    Comparison off =
        Against.compare(
            links,
            links.account(Switches.NONE).evaluation(),
            Optional.of(Switches.NONE),
            stats("conv1d_link_r_off"));
    assertThat(off.differences())
        .isNotEmpty()
        .allMatch(d -> d.why().equals("agrees with --accounting timeloop:no-links"));
    assertThatThrownBy(
            () -> Against.compare(model, own(model), Optional.empty(), stats("conv1d_link_r")))
        .hasMessageContaining("are they of this specification?");
  }

  @Test
  @DisplayName("older versions print a share for percents, and no area")
  void versions() {
    TimeloopModel model = TimeloopModel.of(Cases.read("mm_3l_full"));
    String older =
        text("mm_3l_full")
            .replaceAll("Utilization: (\\d+)\\.00%", "Utilization: 0.$1")
            .replace("Utilization: 0.100", "Utilization: 1.00")
            .replaceAll("Area: .* mm", "Area: 0.00 mm")
            .replace("    Computes (total)", "    Area (total) : 7.00 um^2\n    Computes (total)");
    Comparison c =
        Against.compare(
            model,
            model.account(Switches.NONE).evaluation(),
            Optional.of(Switches.NONE),
            StatsFile.read(Source.text("x", older)));
    assertThat(older).contains("Utilization: 1.00\n");
    assertThat(c.differences()).isEmpty();
  }

  @Test
  @DisplayName("levels that keep nothing need not be printed; others must")
  void hiddenLevels() {
    String all = text("mm_3l_bypass_rf_all");
    TimeloopModel model = TimeloopModel.of(Cases.read("mm_3l_bypass_rf_all"));
    String hidden = without(all, "RF");
    assertThat(hidden).hasSizeLessThan(all.length());
    assertThat(
            Against.compare(
                    model,
                    model.account(Switches.NONE).evaluation(),
                    Optional.of(Switches.NONE),
                    StatsFile.read(Source.text("x", hidden)))
                .differences())
        .isEmpty();
    TimeloopStats cut = StatsFile.read(Source.text("x", without(all, "GLB")));
    assertThatThrownBy(() -> Against.compare(model, own(model), Optional.empty(), cut))
        .hasMessageContaining("the statistics have no level 'GLB'");
  }

  private static String without(String text, String level) {
    int from = text.indexOf("=== " + level + " ===");
    int next = text.indexOf("===", from + level.length() + 8);
    return text.substring(0, from) + text.substring(next < 0 ? text.indexOf("Networks") : next);
  }

  private static Evaluation own(TimeloopModel model) {
    var chip = model.hardware().architecture();
    var tree = model.mapping().orElseThrow().tree();
    return Evaluator.evaluate(
        model.einsum(),
        chip,
        DenseModel.analyze(model.einsum(), chip, tree).counts(),
        Policy.DEFAULT);
  }

  private static TimeloopStats stats(String name) {
    return StatsFile.read(Source.text(name + ".stats.txt", text(name)));
  }

  /** The lines that are looked at, as Timeloop prints them. */
  private static String text(String name) {
    Expected e = Expected.of(name);
    var out = new StringBuilder("Buffer and Arithmetic Levels\n----\n");
    Expected compute = e.at("compute");
    out.append("=== ").append(compute.at("name").text()).append(" ===\n\n    STATS\n    -----\n");
    line(out, 4, "Computes (total)", e.at("computes").at("random").text());
    line(out, 4, "Energy (total)", two(compute.at("energy_pJ").number()) + " pJ");
    for (Expected level : e.at("levels").items()) {
      out.append("\n=== ").append(level.at("name").text()).append(" ===\n\n    SPECS\n");
      line(out, 8, "Leakage energy (total)", two(level.at("leakage_pJ_2dp").number()) + " pJ");
      out.append("\n    STATS\n");
      level
          .at("tensors")
          .entries()
          .forEach(
              (tensor, x) -> {
                if (x.at("kept").text().equals("true")) {
                  out.append("    ").append(tensor).append(":\n");
                  line(out, 8, "Utilized capacity", x.at("utilized_capacity").text());
                  String used = x.at("utilized_instances_max").text();
                  line(out, 8, "Utilized instances (max)", used);
                  line(out, 8, "Scalar reads (per-instance)", x.at("reads").text());
                  line(out, 8, "Scalar fills (per-instance)", x.at("fills").text());
                  line(out, 8, "Scalar updates (per-instance)", x.at("updates").text());
                  line(out, 8, "Energy (total)", two(x.at("energy_pJ").number()) + " pJ");
                }
              });
    }
    out.append("\nNetworks\n--------\n\nSummary Stats\n-------------\n");
    out.append("Utilization: ")
        .append(two(100 * e.at("utilization").number()))
        .append("%\nCycles: ")
        .append(e.at("cycles").text())
        .append("\nEnergy: ")
        .append(two(e.at("energy_pJ").number() / 1e6))
        .append(" uJ\nArea: ")
        .append(two(e.at("area_um2").number() / 1e6))
        .append(" mm^2\n");
    return out.toString();
  }

  private static void line(StringBuilder out, int indent, String key, String value) {
    out.append(" ".repeat(indent)).append(key).append("      : ").append(value).append('\n');
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
