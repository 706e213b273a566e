package org.einloom.io.result;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.counts.Flows;
import org.einloom.description.MappedLayer;
import org.einloom.description.MappedNetwork;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.mapping.PlacedMapping;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.NotCosted;

/**
 * Reads what {@code einloom map} and {@code einloom evaluate} write with {@code --json}, mappings
 * included.
 */
public final class MappedResultFile {
  private MappedResultFile() {}

  /**
   * The design, the layers and how they are mapped.
   *
   * @throws InputException when the file cannot be read, or is no such result
   */
  public static MappedNetwork read(Path path) {
    ResultObject result = ResultFile.open(path, Set.of());
    ResultObject totals = result.object("totals");
    Design design = ArchitectureYaml.readEmbedded(JsonYaml.of(result.value("design")));
    List<ResultObject> layers = result.objects("layers");
    return new MappedNetwork(
        result.text("workload"),
        design,
        totals.amount("energyPj"),
        totals.amount("latencyS"),
        totals.optionalAmount("utilization"),
        layers.stream().map(l -> layer(l, design)).toList(),
        layers.stream().flatMap(l -> measured(l).stream()).distinct().toList(),
        layers.stream().filter(l -> l.has("sparsity")).map(l -> l.text("name")).toList(),
        result.objects("notCosted").stream()
            .map(n -> new NotCosted(n.text("operator"), n.count("count")))
            .toList());
  }

  /** What its data, if it was measured, was used for. */
  private static List<String> measured(ResultObject layer) {
    if (!layer.has("data")) {
      return List.of();
    }
    return layer.object("data").objects("attributes").stream()
        .filter(a -> a.text("status").equals("measured"))
        .map(a -> a.text("component") + " " + a.text("attribute"))
        .toList();
  }

  private static MappedLayer layer(ResultObject json, Design design) {
    String name = json.text("name");
    Einsum einsum = EinsumObject.read(name, json.object("einsum"));
    PlacedMapping mapping = mapping(json, einsum, design);
    Architecture path = mapping.path();
    return new MappedLayer(
        name,
        json.text("operator"),
        json.count("repeats"),
        json.count("macs"),
        einsum,
        path,
        mapping.tree(),
        flows(json),
        json.count("cycles"),
        json.optionalAmount("utilization"));
  }

  private static PlacedMapping mapping(ResultObject json, Einsum einsum, Design design) {
    String name = einsum.name();
    String operator = json.text("operator");
    var layer = new Layer(name, operator, einsum, json.count("macs"));
    var workload = new Workload(name, List.of(layer), List.of(), OptionalLong.empty());
    // places in the text of a string are of no use to who reads a message
    return json.value("mapping")
        .at()
        .locate(
            () -> {
              try {
                Source text = Source.text("mapping", json.lines("mapping"));
                return LoopTreeText.read(text, workload, design)
                    .place(workload, design)
                    .firstEntry()
                    .getValue();
              } catch (InputException e) {
                throw json.value("mapping")
                    .at()
                    .error("in the mapping of layer '" + name + "', " + e.getMessage());
              }
            });
  }

  private static Map<String, Map<String, Flows>> flows(ResultObject json) {
    Map<String, Map<String, Flows>> flows = new HashMap<>();
    for (ResultObject component : json.objects("components")) {
      ResultObject tensors = component.object("tensors");
      Map<String, Flows> byTensor = new HashMap<>();
      for (String tensor : tensors.keys()) {
        ResultObject f = tensors.object(tensor);
        byTensor.put(
            tensor,
            new Flows(
                f.count("reads"),
                f.count("fills"),
                f.count("updates"),
                f.count("drains"),
                0,
                0,
                f.has("links") ? f.count("links") : 0));
      }
      flows.put(component.text("name"), byTensor);
    }
    return flows;
  }
}
