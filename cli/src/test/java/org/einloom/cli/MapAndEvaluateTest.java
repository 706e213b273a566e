package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.einloom.io.input.Csv;
import org.einloom.io.input.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MapAndEvaluateTest {
  private static final String[] MAP = {"map", "lenet5", "--arch", "teaching"};

  @TempDir Path folder;

  @Test
  void aMappingThatWasFoundEvaluatesToWhatItWasFoundToCost() throws IOException {
    Path json = folder.resolve("r.json");
    Path yaml = folder.resolve("m.yaml");
    var result = run(MAP, "--json", json.toString(), "--save-mapping", yaml.toString()).succeeded();
    assertThat(result.out()).startsWith("lenet5 on teaching: ").contains("optimality: ");
    assertThat(result.err().lines()).allMatch(l -> l.startsWith("einloom: mapping "));
    JsonNode found = parse(Files.readString(json));

    String[] evaluate = {"evaluate", "lenet5", "--arch", "teaching", "--mapping", yaml.toString()};
    JsonNode given = parse(run(evaluate, "--json", "-").succeeded().out());
    assertThat(given.at("/totals/energyPj")).isEqualTo(found.at("/totals/energyPj"));
    assertThat(given.at("/totals/cycles")).isEqualTo(found.at("/totals/cycles"));
    assertThat(given.at("/layers/0/components")).isEqualTo(found.at("/layers/0/components"));
    assertThat(given.at("/layers/0/mapping")).isEqualTo(found.at("/layers/0/mapping"));
    assertThat(found.at("/layers/2/optimality/status").asString()).isEqualTo("optimal");
    assertThat(given.at("/layers/0/optimality/status").asString()).isEqualTo("given");

    Path text = folder.resolve("m.txt");
    var all = new StringBuilder();
    found.get("layers").forEach(l -> all.append(l.get("mapping").asString()).append('\n'));
    Files.writeString(text, all);
    evaluate[5] = text.toString();
    assertThat(parse(run(evaluate, "--json", "-").succeeded().out()).get("layers"))
        .isEqualTo(given.get("layers"));

    assertFiguresAddUp(found);
  }

  private static void assertFiguresAddUp(JsonNode json) {
    double energy = 0;
    for (JsonNode layer : json.get("layers")) {
      double ofLayer = 0;
      for (JsonNode component : layer.get("components")) {
        double ofActions = 0;
        for (JsonNode action : component.get("actions")) {
          ofActions += action.get("energyPj").asDouble();
        }
        assertThat(component.get("energyPj").asDouble())
            .isCloseTo(ofActions, within(1e-9 * ofActions));
        ofLayer += ofActions;
      }
      assertThat(layer.get("energyPj").asDouble()).isCloseTo(ofLayer, within(1e-9 * ofLayer));
      energy += ofLayer * layer.get("repeats").asLong();
    }
    assertThat(json.at("/totals/energyPj").asDouble()).isCloseTo(energy, within(1e-9 * energy));
  }

  @Test
  void valuesForSpreadsheetsAddUpToTheTotals() throws IOException {
    Path json = folder.resolve("r.json");
    Path csv = folder.resolve("r.csv");
    Path parquet = folder.resolve("r.parquet");
    run(
            MAP,
            "--json",
            json.toString(),
            "--csv",
            csv.toString(),
            "--parquet",
            parquet.toString(),
            "--objective",
            "energy")
        .succeeded();
    assertThat(Files.readAllBytes(parquet))
        .startsWith(0x50, 0x41, 0x52, 0x31)
        .endsWith(0x50, 0x41, 0x52, 0x31);
    double energy = 0;
    for (var row : Csv.read(Source.file(csv)).stream().skip(1).toList()) {
      energy += Long.parseLong(row.get(3).text()) * Double.parseDouble(row.get(10).text());
    }
    double total = parse(Files.readString(json)).at("/totals/energyPj").asDouble();
    assertThat(energy).isCloseTo(total, within(1e-9 * total));
    String[] printed = {"--csv", "-", "--objective", "energy", "--layer", "/f/f.11/Gemm"};
    assertThat(run(MAP, printed).succeeded().out()).startsWith("workload,").doesNotContain("total");
  }

  @Test
  void quietPrintsTheResultAlone() {
    assertThat(run(MAP, "--layer", "/f/f.11/Gemm").succeeded().err()).contains("einloom: mapping");
    assertThat(run(MAP, "--layer", "/f/f.11/Gemm", "--quiet").succeeded().err()).isEmpty();
  }

  @Test
  void oneFileTakesOneOutput() {
    String file = folder.resolve("r").toString();
    assertThat(run(MAP, "--json", file, "--csv", file).refused())
        .contains("--json and --csv name the same file");
    assertThat(run(MAP, "--json", "-", "--csv", "-").refused())
        .contains("--json and --csv name the same file '-'");
    assertThat(run(MAP, "--save-mapping", "-").refused()).contains("name a file");
    assertThat(run(MAP, "--parquet", "-").refused()).contains("--parquet is '-'; name a file");
    assertThat(run(MAP, "--csv", file, "--parquet", file).refused())
        .contains("--csv and --parquet name the same file");
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void theAnswerDoesNotDependOnTheNumberOfThreads() {
    String[] one = {"--layer", "/f/f.0/Conv", "--json", "-", "--threads", "1"};
    String[] three = one.clone();
    three[5] = "3";
    String own = "\"cpuS\" : [0-9.E-]+|\"command\" : .*";
    assertThat(run(MAP, one).succeeded().out().replaceAll(own, ""))
        .isEqualTo(run(MAP, three).succeeded().out().replaceAll(own, ""));
  }

  @Test
  void narrowerWordsMoveFewerBits() {
    String[] layer = {"--layer", "/f/f.0/Conv", "--json", "-", "--objective", "energy"};
    JsonNode wide = parse(run(MAP, layer).succeeded().out());
    String[] bits =
        Stream.concat(Stream.of(layer), Stream.of("--bits", "input=1", "--bits", "weight=1"))
            .toArray(String[]::new);
    JsonNode narrow = parse(run(MAP, bits).succeeded().out());
    assertThat(narrow.at("/totals/energyPj").asDouble())
        .isLessThan(wide.at("/totals/energyPj").asDouble());
  }

  @Test
  void showsTheMappingOfALayer() {
    String[] show = {"--layer", "/f/f.0/Conv", "--show-mapping"};
    assertThat(run(MAP, show).succeeded().out())
        .startsWith("layer ")
        .contains("/f/f.0/Conv")
        .contains("for ");
  }

  @Test
  void everyLayerNeedsAMapping() throws IOException {
    Path yaml = folder.resolve("m.yaml");
    String[] one = {"--layer", "/f/f.0/Conv", "--save-mapping", yaml.toString()};
    run(MAP, one).succeeded();
    String[] evaluate = {"evaluate", "lenet5", "--arch", "teaching", "--mapping", yaml.toString()};
    assertThat(run(evaluate).refused()).contains("has no mapping for layers").contains("--layer");
    run(evaluate, "--layer", "/f/f.0/Conv").succeeded();

    String json = folder.resolve("r.json").toString();
    Files.writeString(yaml, Files.readString(yaml).replaceFirst("memory: \\w+", "memory: Nowhere"));
    assertThat(run(evaluate, "--layer", "/f/f.0/Conv", "--json", json).refused())
        .contains("m.yaml:")
        .contains("Nowhere");
    assertThat(Path.of(json)).doesNotExist();
  }

  @Test
  void saysWhyThereIsNoMappingAndWritesNothing() throws IOException {
    Path arch = folder.resolve("small.yaml");
    Files.writeString(
        arch,
        """
        einloom: 1
        architecture:
          name: small
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
          nodes:
          - memory: DRAM
            actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
          - memory: Buffer
            size: 2 B
            keep: [all]
            actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
          - compute: MAC
        """);
    Path json = folder.resolve("r.json");
    String message =
        run(new String[] {"map", "lenet5", "--arch", arch.toString()}, "--json", json.toString())
            .refused();
    assertThat(message)
        .contains("no mapping of layer")
        .contains("Buffer holds 2 B; Buffer must keep input, output, weight: together these leave")
        .contains("raise the size of Buffer to 3 B, or let input or output or weight bypass");
    assertThat(json).doesNotExist();
  }

  private static Cli.Result run(String[] command, String... more) {
    return Cli.run(Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new));
  }

  private static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
