package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.einloom.report.HtmlReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results and the pages that are made of them, by the command. */
record Pages(Path folder) {
  private static final String ONE_LAYER =
      """
      einloom: 1
      workload:
        name: one
        einsums:
        - {name: mm, extents: {m: 16, n: 8, k: 12}, expression: "O[m,n] += A[m,k] * B[k,n]"}
      """;

  /** Runs a command that succeeds. */
  void run(String... args) {
    var err = new StringWriter();
    int exit = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args);
    assertThat(exit).as(err.toString()).isZero();
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Searches a network and gives the result's file. */
  String map(String model, String arch, String name, String... more) {
    String[] args = {"map", model, "--arch", arch, "--json", file(name), "--time-limit", "60"};
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    run(all);
    return file(name);
  }

  /** One layer, written by hand. */
  String one(String name, String... more) throws IOException {
    Files.writeString(folder.resolve("one.yaml"), ONE_LAYER);
    return map(file("one.yaml"), "teaching", name, more);
  }

  /** The page of a result as the command makes it, which would refuse most that was changed. */
  Path report(String result) throws IOException {
    Path page = Path.of(result.replaceFirst("\\.json$", ".html"));
    ObjectNode json = read(result);
    String title = json.path("workload").asString() + " on " + json.path("architecture").asString();
    byte[] bytes = Files.readAllBytes(Path.of(result));
    return Files.write(page, HtmlReport.result(title, bytes));
  }

  static ObjectNode read(String result) throws IOException {
    return (ObjectNode) JsonMapper.shared().readTree(Files.readString(Path.of(result)));
  }

  /** The same result with something changed. */
  String changed(String result, String name, Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = read(result);
    change.accept(json);
    Files.writeString(folder.resolve(name), json.toString());
    return file(name);
  }

  /** A result with many layers, each a copy of one of the given ones under a name of its own. */
  static void repeatLayers(ObjectNode result, int layers) {
    JsonNode known = result.get("layers");
    ArrayNode many = JsonMapper.shared().createArrayNode();
    for (int i = 0; i < layers; i++) {
      var copy = (ObjectNode) known.get(i % known.size()).deepCopy();
      copy.put("name", "block." + i);
      copy.put("repeats", 1);
      copy.put("energyPj", copy.get("energyPj").asDouble() * (1 + i));
      many.add(copy);
    }
    result.set("layers", many);
    result.set("order", JsonMapper.shared().createArrayNode());
  }
}
