package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
  @TempDir Path folder;

  /** The result of a given mapping, which takes no search. */
  private String result(String name, String... more) {
    return Matmul.result(folder, name, more);
  }

  @Test
  void readsWhatEvaluateWrites() throws IOException {
    String wide = result("wide.json", "--explain");
    String narrow = result("narrow.json", "--bits", "input=8", "--bits", "weight=8");
    JsonNode written = parse(Files.readString(Path.of(narrow))).get("totals");
    JsonNode read = parse(Cli.run("compare", wide, narrow, "--json", "-").succeeded().out());
    JsonNode metrics = read.at("/designs/1/metrics");
    for (String key : new String[] {"latencyS", "energyPj", "utilization", "outermostBits"}) {
      assertThat(metrics.get(key)).as(key).isEqualTo(written.get(key));
    }
    assertThat(read.at("/designs/1/status").asString()).isEqualTo("given");
    assertThat(read.at("/designs/1/ratios/energyPj").asDouble()).isLessThan(1);
    assertThat(read.get("warnings").isEmpty()).isTrue();
    // of the bits of A and B there are half as many, O has as many as before
    double saved = parse(Files.readString(Path.of(wide))).at("/totals/outermostBits").asDouble();
    saved -= written.get("outermostBits").asDouble();
    assertThat(saved).isEqualTo(2 * 64 * 64 * 8);
  }

  @Test
  void showsAccuraciesAndWritesFiles() throws IOException {
    String a = result("a.json");
    String b = result("b.json");
    Path csv = folder.resolve("c.csv");
    Cli.Result shown =
        Cli.run(
                "compare",
                a,
                b,
                "--accuracy",
                a + "=76.1",
                "--accuracy",
                b + "=75.6",
                "--csv",
                csv.toString())
            .succeeded();
    assertThat(shown.out()).containsPattern("accuracy +76.1% +75.6% +-0.5");
    assertThat(Files.readAllLines(csv)).hasSize(3).last().asString().contains(b, "75.6");
  }

  @Test
  void warnsWhereTheTableIsNotPrinted() throws IOException {
    String a = result("a.json");
    Path b = Files.writeString(folder.resolve("b.json"), Files.readString(Path.of(a)));
    Files.writeString(b, Files.readString(b).replace("\"workload\" : \"", "\"workload\" : \"not-"));
    assertThat(Cli.run("compare", a, b.toString(), "--csv", "-").succeeded().err())
        .startsWith("einloom: warning: " + b + " is of another workload than " + a);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    String a = result("a.json");
    assertThat(Cli.run("compare", a).refused()).contains("expected two results or more");
    assertThat(Cli.run("compare", a, a, "--json", a).refused()).contains("write over the input");
    assertThat(Cli.run("compare", a, folder + "/b.json").refused())
        .endsWith("b.json: does not exist; did you mean 'a.json'?");
    assertThat(Cli.run("compare", a, a, "--accuracy", "b=1").refused()).contains("not among the");
    for (String wrong : new String[] {"", "=", "=x", "=-1", "=101", "=NaN"}) {
      assertThat(Cli.run("compare", a, a, "--accuracy", a + wrong).refused())
          .contains("expected a percentage from 0 to 100");
    }
    assertThat(Cli.run("compare", a, a, "--accuracy", a + "=1", "--accuracy", a + "=2").refused())
        .contains("two accuracies");
    Path cut = Files.writeString(folder.resolve("cut.json"), "{\n  \"einloom\" : ");
    assertThat(Cli.run("compare", a, cut.toString()).refused())
        .contains("cut.json:2:")
        .contains("the JSON ends in the middle");
  }

  private static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
