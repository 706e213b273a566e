package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many costs a design leaves out: everywhere the same number. */
class CostsNotGivenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"teaching", "eyeriss", "nvdla", "tpu-v1", "simba"})
  void isTheSameNumberEverywhere(String design) throws IOException {
    String json = folder.resolve("r.json").toString();
    String map =
        Cli.run(
                "map",
                "lenet5",
                "--arch",
                design,
                "--operators",
                "products",
                "--layer",
                "/f/f.11/Gemm",
                "--json",
                json)
            .succeeded()
            .out()
            .replaceAll("\\s+", " ");
    Matcher printed = Pattern.compile("(\\d+) not given, taken as 0").matcher(map);
    int count = printed.find() ? Integer.parseInt(printed.group(1)) : 0;

    String costs = Cli.run("arch", "costs", design).succeeded().out();
    assertThat(costs.lines().filter(l -> l.contains(": not given, taken as 0"))).hasSize(count);

    JsonNode figures = JsonMapper.shared().readTree(Files.readString(Path.of(json))).get("figures");
    assertThat(figures.valueStream().filter(f -> f.get("origin").asString().equals("not given")))
        .hasSize(count);

    JsonNode compared =
        JsonMapper.shared().readTree(Cli.run("compare", json, json, "--json", "-").out());
    assertThat(compared.at("/designs/0/costsNotGiven").asInt()).isEqualTo(count);
    assertThat(compared.at("/designs/0/costs").asInt()).isEqualTo(figures.size());
  }
}
