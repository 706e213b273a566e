package org.einloom.io.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.mapper.Optimality;
import org.einloom.network.KindUse;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.ResultSummary;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload.NotCosted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFileTest {
  /** {@code O[] += A[k]}, short. */
  private static final String EINSUM =
      """
      { "operation" : "mac", "extents" : { "k" : 4 },
        "operands" : [ { "name" : "A", "tensor" : "A", "role" : "input", "bits" : 8,
          "ranks" : [ { "size" : 4, "offset" : 0, "terms" : { "k" : 1 } } ] } ],
        "output" : { "name" : "O", "tensor" : "O", "role" : "output", "bits" : null,
          "ranks" : [] } }""";

  /** Two layers whose figures add up. */
  static final String GOOD =
      """
      { "einloom" : "1.2",
        "workload" : "net", "architecture" : "tiny", "policy" : "default",
        "totals" : { "macs" : 12, "operations" : 0, "energyPj" : 7194.0, "cycles" : 2500,
          "latencyS" : 2.5E-3, "areaUm2" : 2000.0, "throughputPerS" : 400.0,
          "powerW" : 2.8776E-6, "tops" : 9.6E-9, "topsPerW" : 0.00333611342785655,
          "utilization" : null, "outermostMemory" : "DRAM", "outermostBits" : 8000.0,
          "optimality" : { "status" : "bounded", "objective" : "edp", "value" : 17.985,
            "lowerBound" : 13.48875, "gap" : 0.25 } },
        "layers" : [
          { "name" : "a", "repeats" : 2, "macs" : 4, "operations" : 0, "energyPj" : 3000.0,
            "latencyS" : 1E-3, "cycles" : 1000, "outermostBits" : 3000.0, "mapping" : "for",
            "operator" : "Gemm", "utilization" : 0.5, "boundBy" : "MAC", "einsum" : %1$s,
            "components" : [
              { "name" : "DRAM", "instances" : 1, "energyPj" : 2500.0, "latencyCycles" : 7.0,
                "actions" : { "read" : { "count" : 9.0, "energyPj" : 2500.0 } },
                "tensors" : { "A" : { "reads" : 1, "fills" : 2, "updates" : 3, "drains" : 4,
                  "energyPj" : 2500.0, "heldBits" : null } } },
              { "name" : "MAC", "instances" : 20, "energyPj" : 500.0, "latencyCycles" : 1000.0,
                "actions" : { "compute" : { "count" : 4.0, "energyPj" : 400.0 },
                  "leak" : { "count" : 20000.0, "energyPj" : 100.0 } }, "tensors" : { } } ],
            "optimality" : { "status" : "optimal", "objective" : "energy + 2.0*latency",
              "value" : 5.0, "lowerBound" : 5.0, "gap" : 0.0 } },
          { "name" : "b", "repeats" : 1, "macs" : 4, "operations" : 0, "energyPj" : 1194.0,
            "latencyS" : 5E-4, "cycles" : 500, "outermostBits" : 2000.0, "mapping" : "for",
            "operator" : "Gemm", "utilization" : null, "boundBy" : null, "einsum" : %1$s,
            "components" : [
              { "name" : "DRAM", "instances" : 1, "energyPj" : 1194.0, "latencyCycles" : 7.0,
                "actions" : { "read" : { "count" : 9.0, "energyPj" : 1194.0 } },
                "tensors" : { } },
              { "name" : "MAC", "instances" : 20, "energyPj" : 0.0, "latencyCycles" : 500.0,
                "actions" : { }, "tensors" : { } } ],
            "optimality" : { "status" : "given", "objective" : "latency",
              "value" : 5.0E-4, "lowerBound" : null, "gap" : null } } ],
        "order" : [ { "name" : "a", "layer" : 0 }, { "name" : "b", "layer" : 1 },
          { "name" : "c", "layer" : 0 } ],
        "fusion" : { "intermediates" : 2, "outermostBits" : 5000.0, "outermostEnergyPj" : 9.0,
          "kept" : [ { "memory" : "Buffer", "savedBits" : 10.0, "savedEnergyPj" : -1.0,
            "savedLatencyS" : 0.0, "resultsOf" : [ "a" ] } ] },
        "notCosted" : [ { "operator" : "Relu", "count" : 3 } ],
        "figures" : [
          { "component" : "DRAM", "figure" : "read pJ", "value" : 2.0, "source" : "paper",
            "origin" : "as published", "derivation" : {} },
          { "component" : "DRAM", "figure" : "area um2", "value" : 0.0, "source" : "",
            "origin" : "not given", "derivation" : null },
          { "component" : "MAC", "figure" : "area um2", "value" : 100.0, "source" : "ratio",
            "origin" : "derived or assumed" } ],
        "hardware" : { "clockHz" : 1.0E6, "nodes" : [
          { "component" : "DRAM", "instances" : 1 }, { "component" : "MAC", "instances" : 20 } ] },
        "later" : [ 1, true, null, "x" ] }
      """
          .formatted(EINSUM);

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("r.json"), text);
  }

  private static String message(Path file) {
    try {
      return "read: " + ResultFile.read(file);
    } catch (InputException e) {
      return String.valueOf(e.getMessage()).replaceFirst("^.*/(?=[^/ ]+\\.json)", "");
    }
  }

  @Test
  void readsTheFiguresOfTheWhole() throws IOException {
    assertThat(ResultFile.read(file(GOOD)))
        .isEqualTo(
            new ResultSummary(
                "net",
                "tiny",
                "default",
                List.of(
                    new ResultSummary.LayerSize("a", 2, 4), new ResultSummary.LayerSize("b", 1, 4)),
                12,
                7194,
                2.5e-3,
                2000,
                OptionalDouble.empty(),
                new OutermostTraffic("DRAM", 8000),
                Optimality.Status.BOUNDED,
                "edp",
                OptionalDouble.of(0.25),
                List.of(
                    new KindUse(
                        new LayerKind("reduction"),
                        3,
                        12,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty())),
                List.of(new NotCosted("Relu", 3)),
                3,
                1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7194.0    | "much"    | r.json:3:60: 'totals.energyPj' is 'much'; expected a number of at least 0
          7194.0    | -1        | r.json:3:60: 'totals.energyPj' is '-1'; expected a number of at least 0
          7194.0    | 1e999     | r.json:3:60: 'totals.energyPj' is '1e999'; expected a number of at least 0
          7194.0    | null      | r.json:3:60: 'totals.energyPj' is 'null'; expected a number of at least 0
          7194.0    | [1]       | r.json:3:60: 'totals.energyPj' is a list; expected a number of at least 0
          12        | 9.5       | r.json:3:25: 'totals.macs' is '9.5'; expected a whole number from 0 to 2^63-1
          "net"     | 7         | r.json:2:16: 'workload' is '7'; expected text
          "bounded" | "sure"    | r.json:7:33: 'totals.optimality.status' is 'sure'; expected optimal, bounded, unproven, given
          "as published" | "no" | r.json:50:18: 'figures[0].origin' is 'no'; expected as published, nothing by rule, by component class, by component class with assumptions, derived or assumed, without a source, not given
          7194.0    | 71 94     | r.json:3:63: this is not JSON: Unexpected character ('9'): was expecting comma to separate Object entries
          "cycles"  | "macs"    | r.json:3:74: this is not JSON: Duplicate Object property "macs"
          "latencyS"| "latency" | r.json:3:14: 'totals' has no 'latencyS'; another version may have written it; run 'einloom map' or 'einloom evaluate' with --json again
          "figures" | "prices"  | r.json:1:1: the result has no 'figures'; another version may have written it; run 'einloom map' or 'einloom evaluate' with --json again
          "k" : 4   | "k" : 0   | r.json:12:79: rank variable 'k' has extent 0; an extent is at least 1
          "size" : 4| "size" : 0| r.json:14:17: rank 'k' has size 0; a size is at least 1
          "input"   | "wait"    | r.json:13:59: 'layers[0].einsum.operands[0].role' is 'wait'; expected input, weight, output
          "k" : 1   | "k" : 1.5 | r.json:14:63: 'layers[0].einsum.operands[0].ranks[0].terms.k' is '1.5'; expected a whole number from -2^63 to 2^63-1
          "einloom" | "other"   | r.json:1:1: this JSON is not a result of a mapping; expected what 'einloom map' or 'einloom evaluate' writes with --json
          """)
  void saysWhatIsWrongAndWhere(String good, String bad, String message) throws IOException {
    assertThat(GOOD).contains(good);
    String text = GOOD.replaceFirst(Pattern.quote(good), bad);
    assertThat(message(file(text))).isEqualTo(message);
  }

  @Test
  void aFileThatWasCutOffAnywhereIsRefused() throws IOException {
    String text = GOOD.strip();
    for (int end = 1; end < text.length(); end++) {
      assertThat(message(file(text.substring(0, end))))
          .matches("r\\.json:\\d+:\\d+: (the JSON ends in the middle|this is not JSON).*");
    }
  }

  @Test
  void whatIsNoJsonIsRefused() throws IOException {
    assertThat(message(file(""))).isEqualTo("r.json: is empty; expected JSON");
    assertThat(message(file("[1]"))).startsWith("r.json:1:1: this is a list, not a result");
    assertThat(message(file(GOOD + "{}"))).contains("something follows the end of the JSON");
    assertThat(message(file("[".repeat(100_000))))
        .isEqualTo(
            "r.json:1:501: values within values, more than 500 deep; no result is that deep");
    assertThat(message(file("{\"einloom\": NaN}")))
        .isEqualTo(
            "r.json:1:16: this is not JSON: 'NaN' is neither a number nor true, false or null");
    assertThat(message(file("{\"einloom\": nul}")))
        .endsWith("this is not JSON: 'nul' is neither a number nor true, false or null");
    assertThat(message(file("{\"einloom\": " + "1".repeat(2000) + "}")))
        .endsWith("a number of more than 1000 digits");
    assertThat(message(file("name,energy\n"))).startsWith("r.json:1:").contains("not JSON");
    assertThat(message(Files.write(folder.resolve("r.json"), new byte[] {'{', (byte) 0xff})))
        .isEqualTo("r.json: is not UTF-8 text; expected JSON saved as UTF-8");
    assertThat(message(folder.resolve("q.json")))
        .isEqualTo("q.json: does not exist; did you mean 'r.json'?");
    assertThatThrownBy(() -> ResultFile.read(folder)).hasMessageContaining("is a folder");
  }

  @Test
  void namesAreSafeToPrint() throws IOException {
    String text = GOOD.replace("\"tiny\"", "\"red\\u001b[31m\"");
    assertThat(ResultFile.read(file(text)).architecture()).isEqualTo("redU+001B[31m");
    assertThat(text.getBytes(StandardCharsets.UTF_8)).doesNotContain(0x1b);
  }
}
