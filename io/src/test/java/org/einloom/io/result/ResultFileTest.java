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

  private static final String GOOD =
      """
      { "einloom" : "1.2",
        "workload" : "net", "architecture" : "tiny", "policy" : "default",
        "totals" : { "macs" : 900, "energyPj" : 7194.0, "cycles" : 2697, "latencyS" : 2.5E-3,
          "areaUm2" : 2000.0, "utilization" : null,
          "outermostMemory" : "DRAM", "outermostBits" : 8000.0,
          "optimality" : { "status" : "bounded", "objective" : "edp", "gap" : 0.25 } },
        "layers" : [
          { "name" : "a", "repeats" : 2, "macs" : 400, "components" : [ {} ], "mapping" : "for",
            "operator" : "Gemm", "utilization" : 0.5, "einsum" : %1$s },
          { "name" : "b", "repeats" : 1, "macs" : 100,
            "operator" : "Gemm", "utilization" : null, "einsum" : %1$s } ],
        "notCosted" : [ { "operator" : "Relu", "count" : 3 } ],
        "figures" : [
          { "value" : 2.0, "source" : "paper", "origin" : "as published", "derivation" : {} },
          { "value" : 0.0, "source" : "", "origin" : "not given", "derivation" : null },
          { "value" : 0.0, "source" : "free by design", "origin" : "derived or assumed" } ],
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
                    new ResultSummary.LayerSize("a", 2, 400),
                    new ResultSummary.LayerSize("b", 1, 100)),
                900,
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
                        900,
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
          7194.0    | "much"    | r.json:3:43: 'energyPj' is 'much'; expected a number of at least 0
          7194.0    | -1        | r.json:3:43: 'energyPj' is '-1'; expected a number of at least 0
          7194.0    | 1e999     | r.json:3:43: 'energyPj' is '1e999'; expected a number of at least 0
          7194.0    | null      | r.json:3:43: 'energyPj' is 'null'; expected a number of at least 0
          7194.0    | [1]       | r.json:3:43: 'energyPj' is a list; expected a number of at least 0
          900       | 9.5       | r.json:3:25: 'macs' is '9.5'; expected a whole number from 0 to 2^63-1
          "net"     | 7         | r.json:2:16: 'workload' is '7'; expected text
          "bounded" | "sure"    | r.json:6:33: 'status' is 'sure'; expected optimal, bounded, unproven, given
          "as published" | "no" | r.json:22:53: 'origin' is 'no'; expected as published, by component class, by component class with assumptions, derived or assumed, without a source, not given
          7194.0    | 71 94     | r.json:3:46: this is not JSON: Unexpected character ('9'): was expecting comma to separate Object entries
          "cycles"  | "macs"    | r.json:3:57: this is not JSON: Duplicate Object property "macs"
          "latencyS"| "latency" | r.json:3:14: 'totals' has no 'latencyS'; another version may have written it; run 'einloom map' or 'einloom evaluate' with --json again
          "figures" | "prices"  | r.json:1:1: the result has no 'figures'; another version may have written it; run 'einloom map' or 'einloom evaluate' with --json again
          "k" : 4   | "k" : 0   | r.json:9:60: rank variable 'k' has extent 0; an extent is at least 1
          "size" : 4| "size" : 0| r.json:11:17: rank 'k' has size 0; a size is at least 1
          "input"   | "wait"    | r.json:10:59: 'role' is 'wait'; expected input, weight, output
          "k" : 1   | "k" : 1.5 | r.json:11:63: 'k' is '1.5'; expected a whole number from -2^63 to 2^63-1
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
