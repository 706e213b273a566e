package org.einloom.cli;

import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON of every format that is written, with everything in it that can be there or be missing. */
final class WrittenFiles {
  private static final String MATMUL = "../examples/matmul.yaml --arch teaching";

  /** A mapping that is counted place by place, which takes a second. */
  static final String PADDED =
      "../examples/sparse/convolution/padded.yaml"
          + " --arch ../examples/sparse/convolution/design.yaml"
          + " --sparsity ../examples/sparse/convolution/padded-sparsity.yaml";

  private static final String GIVEN = " --mapping ../examples/teaching-matmul.mapping.yaml";

  private final Path folder;

  WrittenFiles(Path folder) {
    this.folder = folder;
  }

  /** By the name of the format. */
  Map<String, List<JsonNode>> all() throws IOException {
    List<String> results = new ArrayList<>();
    results.add(file("evaluate " + MATMUL + GIVEN));
    results.add(
        file(
            "evaluate ../examples/sparse/matmul.yaml --arch ../examples/sparse/accelerator.yaml"
                + " --mapping ../examples/sparse/mapping.txt"
                + " --sparsity ../examples/sparse/sparsity.yaml"));
    results.add(file("evaluate " + sparseOnly()));
    results.add(
        file(
            "map lenet5 --arch eyeriss --explain --pareto --objective energy --operators products"));
    results.add(file("map ../examples/product-and-pooling.yaml --arch ../examples/two-units.yaml"));
    results.add(file("map " + odd() + " --arch " + free() + " --explain"));
    results.add(file("map lenet5 --arch teaching --layer /f/f.11/Gemm")); // no network
    results.add(
        file(
            "map ../examples/small.onnx --profile ../examples/small.profile.json --arch "
                + gated()));
    results.add(
        file(
            "evaluate ../examples/neighbours/conv1d.yaml --arch ../examples/neighbours/row.yaml"
                + " --mapping ../examples/neighbours/mapping.txt"));
    for (String sparse : List.of("sp_csr", "sp_decompress", "sp_gate_compute")) {
      results.add(file("evaluate --accounting timeloop --timeloop " + timeloop(sparse)));
    }
    results.add(
        file(
            "map ../examples/sparse/matmul.yaml --arch ../examples/sparse/accelerator.yaml"
                + " --sparsity ../examples/sparse/sparsity.yaml --pareto --time-limit 100ms"));
    results.add(file("map " + PADDED + " --time-limit 1ms")); // what is saved is not known
    var files = new LinkedHashMap<String, List<JsonNode>>();
    files.put("result", results.stream().map(WrittenFiles::read).collect(toList()));
    files.put(
        "comparison",
        List.of(
            printed(
                "compare", results.get(0), results.get(0), "--accuracy", results.get(0) + "=70.5"),
            printed("compare", results.get(1), results.get(2), results.get(3))));
    files.put("description", results.stream().map(r -> printed("explain", r)).collect(toList()));
    files.put(
        "layers",
        Stream.of("lenet5", "lenet5 --operators products", odd().toString())
            .map(w -> printed(("workload " + w).split(" ")))
            .collect(toList()));
    files.put(
        "costs",
        Stream.of(
                "mac --format int8 --technology 45nm",
                "mac --format int8 --technology 65nm,45nm",
                "sram --size 64KiB --width 64 --technology 65nm",
                "dram --type LPDDR4")
            .map(c -> printed(("components " + c).split(" ")))
            .collect(toList()));
    files.put(
        "profile", List.of(read("../examples/small.profile.json"), weights(), ofOneElement()));
    return files;
  }

  /** The files of a sparse problem of Timeloop's. */
  static String timeloop(String problem) throws IOException {
    try (Stream<Path> files = Files.list(Cli.IO_RESOURCES.resolve("timeloop-sparse/" + problem))) {
      return files
          .map(Path::toString)
          .filter(f -> f.endsWith(".yaml"))
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  /** Nothing toggles where there is one word. */
  private static JsonNode ofOneElement() {
    JsonNode profile = read("../examples/small.profile.json");
    ((ObjectNode) profile.at("/tensors/0/bits/0")).putNull("toggle");
    return profile;
  }

  /** A profile that a command writes here, without a run. */
  private JsonNode weights() throws IOException {
    Path model = folder.resolve("small.onnx");
    Files.copy(Path.of("../examples/small.onnx"), model);
    Path profile = folder.resolve("small.profile.json");
    Cli.run("profile", model.toString(), "--weights", "--out", profile.toString()).succeeded();
    return read(profile.toString());
  }

  /** One that fits its memory only because of its zeros. */
  private String sparseOnly() throws IOException {
    String design =
        Files.readString(Path.of("../examples/sparse/accelerator.yaml"))
            .replace("size: 64 Kib", "size: 45 Kib");
    Path arch = Files.writeString(folder.resolve("small.yaml"), design);
    return "../examples/sparse/matmul.yaml --mapping ../examples/sparse/mapping.txt"
        + " --sparsity ../examples/sparse/sparsity.yaml --arch "
        + arch;
  }

  /** A tensor of its own width, one whose compulsory traffic is not known, one used twice. */
  private Path odd() throws IOException {
    return Files.writeString(
        folder.resolve("odd.yaml"),
        """
        einloom: 1
        workload:
          name: odd
          einsums:
          - {name: diagonal, expression: "O[m] += A[m,m] * B[m]", extents: {m: 4}, bits: {A: 7}}
          - {name: twice, expression: "O[m,n] += A[m,k] * A[k,n]", extents: {m: 2, n: 2, k: 2}}
        """);
  }

  /** A design that limits nothing and costs nothing. */
  private Path free() throws IOException {
    return Files.writeString(
        folder.resolve("free.yaml"),
        """
        einloom: 1
        architecture:
          name: free
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
          nodes:
          - memory: DRAM
            actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
          - compute: MAC
        """);
  }

  /** Components whose costs depend on the values, some of which the design gives. */
  private Path gated() throws IOException {
    return Files.writeString(
        folder.resolve("gated.yaml"),
        """
        einloom: 1
        architecture:
          name: gated
          technology: 45nm
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
          nodes:
          - {memory: DRAM, component: {class: dram, type: LPDDR4}}
          - {memory: Weights, size: 8 b, keep: [weight], component: {class: register, width: 8}}
          - memory: Others
            size: 8 b
            may_keep: [input]
            component: {class: register, width: 8, toggle: 0.5}
          - {compute: MAC, component: {class: mac, format: int8, zero_gating: yes}}
        """);
  }

  private String file(String command) {
    String file = folder.resolve(command.hashCode() + ".json").toString();
    Cli.run((command + " --json " + file).split(" ")).succeeded();
    return file;
  }

  private static JsonNode read(String file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode printed(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--json", "-"));
    return JsonMapper.shared().readTree(Cli.run(all.toArray(String[]::new)).succeeded().out());
  }
}
