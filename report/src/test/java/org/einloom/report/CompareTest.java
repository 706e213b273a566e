package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.einloom.mapper.Optimality.Status;
import org.einloom.network.KindUse;
import org.einloom.network.KindUse.Sample;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.ResultSummary;
import org.einloom.network.ResultSummary.LayerSize;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload.NotCosted;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTest {
  /** 1 G MACs in 1 ms for 2 mJ: 2 W, 2 TOPS, 1 TOPS/W, 2 uJs. */
  private static final Contender FIRST =
      contender("x/a.json", "first", 1e-3, 2e9, OptionalDouble.of(76.1), 1_000_000_000);

  /** Four times as fast for a quarter more energy. */
  private static final Contender FAST =
      contender("x/b.json", "fast", 0.25e-3, 2.5e9, OptionalDouble.of(75.4), 1_000_000_000);

  /** No throughput is limited, and nobody measured its accuracy. */
  private static final Contender UNLIMITED =
      contender("x/c.json", "unlimited", 0, 1e9, OptionalDouble.empty(), 1_000_000_000);

  private static final Contender OTHER =
      contender("x/d.json", "other", 1e-3, 1e9, OptionalDouble.empty(), 500_000_000);

  private static Contender contender(
      String file,
      String name,
      double latencyS,
      double energyPj,
      OptionalDouble accuracy,
      long macs) {
    return new Contender(
        file,
        new ResultSummary(
            "net",
            name,
            "default",
            List.of(new LayerSize("conv", 1, macs)),
            macs,
            energyPj,
            latencyS,
            latencyS == 0 ? 0 : 5e6,
            latencyS == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.5),
            new OutermostTraffic("DRAM", 8e6 * latencyS),
            latencyS == 1e-3 ? Status.OPTIMAL : Status.BOUNDED,
            "edp",
            OptionalDouble.of(latencyS == 1e-3 ? 0 : 0.034),
            latencyS == 0 ? List.of(kind("pooling", "-")) : List.of(kind("3x3 convolution", "")),
            List.of(new NotCosted("Relu", 2), new NotCosted("Add", 5)),
            18,
            latencyS == 0 ? 10 : 2),
        accuracy);
  }

  /** Of utilizations 0.25, 0.5, 0.5 and 0.75, or of none. */
  private static KindUse kind(String label, String none) {
    var kind = new LayerKind(label);
    var shares = none.isEmpty() ? new double[] {0.75, 0.25, 0.5} : new double[0];
    List<Sample> samples = new ArrayList<>();
    for (double share : shares) {
      samples.add(new Sample(kind, share == 0.5 ? 2 : 1, 10, OptionalDouble.of(share)));
    }
    if (samples.isEmpty()) {
      samples.add(new Sample(kind, 1, 10, OptionalDouble.empty()));
    }
    return KindUse.of(samples).getFirst();
  }

  @Test
  void theMedianCountsEachLayerAsOftenAsItOccurs() {
    KindUse use = kind("x", "");
    assertThat(use.layers()).isEqualTo(4);
    assertThat(use.macs()).isEqualTo(40);
    assertThat(use.least()).hasValue(0.25);
    assertThat(use.median()).hasValue(0.5);
    assertThat(use.most()).hasValue(0.75);
    var kind = new LayerKind("x");
    var odd =
        KindUse.of(
            List.of(
                new Sample(kind, 2, 0, OptionalDouble.of(0.1)),
                new Sample(kind, 2, 0, OptionalDouble.of(0.3))));
    assertThat(odd.getFirst().median().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void setsDesignsSideBySide() {
    assertThat(String.join("\n", CompareTable.lines(List.of(FIRST, FAST, UNLIMITED), 100)))
        .isEqualTo(
            """
                                       first          fast            unlimited
            file                      a.json        b.json               c.json
            workload                     net           net                  net
            MACs                     1.000 G       1.000 G              1.000 G
            objective                    edp           edp                  edp
            optimality               optimal      gap 3.4%             gap 3.4%
            accuracy                   76.1%         75.4%    -0.7            -       -
            latency                  1.00 ms        250 us  0.250x            -       -
            throughput              1.00 k/s      4.00 k/s   4.00x            -       -
            energy                   2.00 mJ       2.50 mJ   1.25x      1.00 mJ  0.500x
            power                     2.00 W        10.0 W   5.00x            -       -
            energy x latency        2.00 uJs       625 nJs  0.313x            -       -
            area                    5.00 mm2      5.00 mm2   1.00x            -       -
            performance            2.00 TOPS     8.00 TOPS   4.00x            -       -
            efficiency           1.00 TOPS/W  0.800 TOPS/W  0.800x  2.00 TOPS/W   2.00x
            utilization                  50%           50%   1.00x            -       -
            outermost traffic        1.00 kB         250 B  0.250x          0 B      0x
              to and from               DRAM          DRAM                 DRAM
            operators left out             7             7                    7
            utilization by kind
              3x3 convolution      25/50/75%     25/50/75%                 none
              pooling                   none          none                    -
            costs not given          2 of 18       2 of 18             10 of 18""");
  }

  @Test
  void whatDoesNotFitComesBelow() {
    List<String> lines = CompareTable.lines(List.of(FIRST, FAST, UNLIMITED), 60);
    assertThat(lines).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(60));
    assertThat(lines.stream().filter(l -> l.contains("first"))).hasSize(2);
    assertThat(lines.stream().filter(l -> l.startsWith("accuracy"))).hasSize(2);
    assertThat(lines.stream().filter(String::isEmpty)).hasSize(1);
  }

  @Test
  void accuracyIsThereOnlyIfSomebodyKnowsIt() {
    assertThat(CompareTable.lines(List.of(UNLIMITED, OTHER), 100))
        .noneMatch(l -> l.startsWith("accuracy"));
  }

  @Test
  void warnsOfOtherWorkloads() {
    assertThat(CompareTable.warnings(List.of(FIRST, FAST, UNLIMITED))).isEmpty();
    assertThat(CompareTable.lines(List.of(FIRST, FAST, OTHER), 300).getFirst())
        .isEqualTo(
            "warning: x/d.json is of another workload than x/a.json: net (1 layer conv, 500.0 M"
                + " MACs), not net (1 layer conv, 1.000 G MACs); ratios between them do not"
                + " compare designs");
    JsonNode json = json(List.of(FIRST, OTHER));
    assertThat(json.at("/warnings/0").asString()).startsWith("x/d.json is of another workload");
  }

  @Test
  void filesOfOneNameKeepTheirFolders() {
    var twin = new Contender("y/a.json", FAST.summary(), OptionalDouble.empty());
    assertThat(CompareTable.lines(List.of(FIRST, twin, FAST), 100).get(1))
        .matches("file +x/a.json +y/a.json +b.json");
  }

  @Test
  void programsGetEveryFigureInFull() {
    JsonNode json = json(List.of(FIRST, FAST, UNLIMITED));
    JsonNode fast = json.at("/designs/1/metrics");
    assertThat(fast.get("powerW").asDouble()).isCloseTo(10, within(1e-12));
    assertThat(fast.get("energyDelayPjS").asDouble()).isCloseTo(2.5e9 * 0.25e-3, within(1e-9));
    assertThat(fast.get("tops").asDouble()).isCloseTo(8, within(1e-12));
    assertThat(fast.get("topsPerW").asDouble()).isCloseTo(0.8, within(1e-12));
    assertThat(json.at("/designs/1/ratios/energyDelayPjS").asDouble())
        .isCloseTo(0.3125, within(1e-12));
    assertThat(json.at("/designs/1/ratios").has("accuracyPercent")).isFalse();
    assertThat(json.at("/designs/2/metrics/latencyS").isNull()).isTrue();
    assertThat(json.at("/designs/2/metrics/areaUm2").isNull()).isTrue();
  }

  @Test
  void valuesForSpreadsheetsAreThoseOfTheJson() {
    List<Contender> all = List.of(FIRST, FAST, UNLIMITED);
    List<String[]> rows =
        new String(CompareCsv.write(all), StandardCharsets.UTF_8)
            .lines()
            .map(l -> l.split(",", -1))
            .toList();
    assertThat(rows).hasSize(4);
    JsonNode json = json(all);
    for (int d = 0; d < all.size(); d++) {
      for (int i = 0; i < rows.getFirst().length; i++) {
        String name = rows.getFirst()[i];
        JsonNode design = json.get("designs").get(d);
        if (name.equals("operatorsLeftOut")) {
          long left =
              design.get("notCosted").valueStream().mapToLong(n -> n.get("count").asLong()).sum();
          assertThat(rows.get(d + 1)[i]).isEqualTo(Long.toString(left));
          continue;
        }
        if (name.contains(".")) {
          JsonNode kind =
              design
                  .get("kinds")
                  .valueStream()
                  .filter(k -> name.startsWith(k.get("kind").asString() + "."))
                  .findFirst()
                  .orElseGet(() -> JsonMapper.shared().readTree("{\"layers\": 0, \"macs\": 0}"));
          JsonNode value = kind.path(name.substring(name.indexOf('.') + 1));
          assertThat(rows.get(d + 1)[i])
              .as(name)
              .isEqualTo(value.isNull() || value.isMissingNode() ? "" : value.asString());
          continue;
        }
        JsonNode value =
            name.endsWith("Ratio")
                ? design.get("ratios").get(name.replace("Ratio", ""))
                : design.has(name) ? design.get(name) : design.get("metrics").get(name);
        assertThat(rows.get(d + 1)[i]).as(name).isEqualTo(value.isNull() ? "" : value.asString());
      }
    }
  }

  private static JsonNode json(List<Contender> contenders) {
    return JsonMapper.shared().readTree(CompareData.json(contenders, "1.2"));
  }
}
