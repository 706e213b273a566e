package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkloadCommandTest {
  @TempDir Path folder;

  @Test
  void showsLayersAndWhatIsNotCosted() {
    assertThat(Cli.run("workload", "lenet5", "--operators", "products").succeeded().out())
        .isEqualTo(
            """
            lenet5: 5 distinct of 5 layers

            layer         operator  x     MACs  extents
            /f/f.0/Conv   Conv      1  117,600  n1 m6 p28 q28 r5 s5
            /f/f.3/Conv   Conv      1  240,000  n1 m16 c6 p10 q10 r5 s5
            /f/f.7/Gemm   Gemm      1   48,000  n1 m120 c400
            /f/f.9/Gemm   Gemm      1   10,080  n1 m84 c120
            /f/f.11/Gemm  Gemm      1      840  n1 m10 c84
            total                   5  416,520

            parameters: 61,706
            not costed: AveragePool x2, Bias x5, Tanh x4
            expressions:
              output[n, m, p, q] += input[n, p + r - 2, q + s - 2] * weight[m, r, s]  (1)
              output[n, m, p, q] += input[n, c, p + r, q + s] * weight[m, c, r, s]  (1)
              output[n, m] += input[n, c] * weight[m, c]  (3)
            """);
  }

  @Test
  void showsAllOperatorsUnlessAskedForProducts() {
    assertThat(Cli.run("workload", "lenet5").succeeded().out())
        .startsWith("lenet5: 16 distinct of 16 layers")
        .contains("/f/f.2/AveragePool  AveragePool", "not costed: nothing")
        .contains("output[c, p, q] += input[c, 2*p + r, 2*q + s]  (2)");
    assertThat(Cli.run("workload", "lenet5", "--operators", "product").refused())
        .contains("--operators product: expected all or products; did you mean 'products'?");
    String yaml = Cli.IO_RESOURCES.resolve("good/workload.yaml").toString();
    assertThat(Cli.run("workload", yaml, "--operators", "products").refused())
        .contains("--operators is for ONNX models");
    Cli.run("workload", yaml, "--operators", "all").succeeded();
  }

  @Test
  void writesTheSameAsJson() throws Exception {
    Path file = folder.resolve("w.json");
    Cli.run("workload", "lenet5", "--json", file.toString()).succeeded();
    JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
    assertThat(json.get("workload").asString()).isEqualTo("lenet5");
    assertThat(json.at("/totals/macs").asLong()).isEqualTo(416_520);
    assertThat(Cli.run("workload", "lenet5", "--json", "-").succeeded().out())
        .isEqualTo(Files.readString(file));
  }

  @Test
  void aBatchMultipliesTheWork() {
    JsonNode json =
        JsonMapper.shared()
            .readTree(Cli.run("workload", "lenet5", "--batch", "3", "--json", "-").out());
    assertThat(json.at("/totals/macs").asLong()).isEqualTo(3 * 416_520);
  }

  @Test
  void aBatchIsForOnnx() {
    String file = Cli.IO_RESOURCES.resolve("good/workload.yaml").toString();
    assertThat(Cli.run("workload", file).succeeded().out()).contains("distinct of");
    assertThat(Cli.run("workload", file, "--batch", "2").refused()).contains("for ONNX models");
  }

  /** Networks of the zoo have no open dimensions, but a batch of 1, which takes another size. */
  @Test
  void aDimensionIsGivenByName() {
    JsonNode json =
        JsonMapper.shared()
            .readTree(Cli.run("workload", "lenet5", "--dim", "batch=3", "--json", "-").out());
    assertThat(json.at("/totals/macs").asLong()).isEqualTo(3 * 416_520);
    assertThat(Cli.run("workload", "lenet5", "--dim", "input:0=3").succeeded().out())
        .contains("n3 m6 p28 q28 r5 s5");
  }

  @Test
  void dimensionsThatAreWrongAreRefused() {
    assertThat(Cli.run("workload", "lenet5", "--dim", "batch").refused())
        .contains("--dim batch: expected the name of a dimension and a whole number");
    assertThat(Cli.run("workload", "lenet5", "--dim", "batch=0").refused())
        .contains("--dim batch=0: expected");
    assertThat(Cli.run("workload", "lenet5", "--dim", "batch=2", "--dim", "batch=3").refused())
        .contains("--dim gives 'batch' the extents 2 and 3");
    assertThat(Cli.run("workload", "lenet5", "--dim", "inptu:0=3").refused())
        .contains("no dimension of a graph input is called 'inptu:0'")
        .contains("did you mean 'input'?");
    String file = Cli.IO_RESOURCES.resolve("good/workload.yaml").toString();
    assertThat(Cli.run("workload", file, "--dim", "batch=2").refused())
        .contains("--dim is for ONNX models");
  }
}
