package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;

/** Reads workloads from YAML, as {@code docs/input-format.md} describes it. */
public final class WorkloadYaml {
  private static final String WORKLOAD = "workload";
  static final Keys KEYS =
      Keys.of(
          must("name", "name", "What reports call the workload"),
          may(
              "parameters",
              "workload_parameters",
              "Names with values that extents, shapes, bits and repeats can be calculated from"),
          must("einsums", "einsums", "What is computed, one after the other"));
  private static final long MOST_LAYERS = 100_000;

  private WorkloadYaml() {}

  /**
   * Reads a file.
   *
   * @throws InputException when anything in it is wrong, with its place
   */
  public static Workload read(Path file) {
    return read(Source.file(file));
  }

  /** Reads a text; {@code name} is what messages call it. */
  public static Workload read(String name, String text) {
    return read(Source.text(name, text));
  }

  /** Reads a text. */
  public static Workload read(Source source) {
    return read(source, Map.of());
  }

  /** The names of a text's parameters. */
  public static List<String> parameters(Source source) {
    return Fields.of(Document.body(source, WORKLOAD), WORKLOAD, KEYS)
        .optional("parameters")
        .map(n -> WorkloadParameters.read(n, Map.of()).names())
        .orElse(List.of());
  }

  /**
   * Reads a text.
   *
   * @param given values of its parameters in place of its own
   */
  public static Workload read(Source source, Map<String, Double> given) {
    Fields fields = Fields.of(Document.body(source, WORKLOAD), WORKLOAD, KEYS);
    String name = Values.name(fields.required("name", "name: demo"), "name");
    YamlNode written = fields.required("einsums", "einsums: [{name: fc, ...}]");
    YamlNode list =
        fields
            .optional("parameters")
            .map(n -> WorkloadParameters.read(n, given).calculated(written))
            .orElse(written);
    List<Layer> layers = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    for (YamlNode item : Values.list(list, "einsums", "expected a list of Einsums")) {
      addLayers(item, layers, seen);
    }
    if (layers.isEmpty()) {
      throw list.at().error("the workload has no Einsum", "expected at least one");
    }
    var workload =
        new Workload(name, layers, List.of(), OptionalLong.empty(), LinksByName.links(layers));
    list.at().locate(workload::macs); // refuses sums that overflow
    list.at().locate(workload::operations);
    return workload;
  }

  /** One layer for each time the Einsum runs: {@code conv}, {@code conv#2}, ... */
  private static void addLayers(YamlNode item, List<Layer> layers, Map<String, Position> seen) {
    Fields fields = Fields.of(item, "an Einsum", EinsumReader.KEYS);
    YamlNode nameNode = fields.required("name", "name: conv1");
    String name = Values.name(nameNode, "name");
    Position first = seen.putIfAbsent(name, nameNode.at());
    if (first != null) {
      throw nameNode
          .at()
          .error(
              "a second Einsum named " + Words.quote(name),
              "the first is in line " + first.line() + "; use 'repeats' for one that runs again");
    }
    long repeats =
        fields
            .optional("repeats")
            .map(n -> Values.integer(n, "repeats", 1, MOST_LAYERS))
            .orElse(1L);
    if (layers.size() + repeats > MOST_LAYERS) {
      throw fields.keyAt("repeats").error("more than " + MOST_LAYERS + " layers");
    }
    Einsum einsum = EinsumReader.read(name, fields);
    for (int i = 1; i <= repeats; i++) {
      String layer = i == 1 ? name : name + "#" + i;
      if (i > 1 && seen.putIfAbsent(layer, nameNode.at()) != null) {
        throw nameNode
            .at()
            .error(
                "repetition " + Words.quote(layer) + " is also the name of another Einsum",
                "rename one of them");
      }
      layers.add(Layer.of(layer, "Einsum", einsum));
    }
  }
}
