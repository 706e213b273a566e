package org.einloom.io.yaml;

import static org.einloom.schema.Keys.must;
import static org.einloom.schema.Schema.anyOf;
import static org.einloom.schema.Schema.list;
import static org.einloom.schema.Schema.map;
import static org.einloom.schema.Schema.oneOf;
import static org.einloom.schema.Schema.ref;
import static org.einloom.schema.Schema.someOf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.arch.Toll;
import org.einloom.component.Catalog;
import org.einloom.component.Kind;
import org.einloom.schema.Keys;
import org.einloom.schema.Schema;
import org.einloom.sparsity.SparseNode;

/**
 * The JSON Schemas of YAML files, put together of the keys by which they are read. A schema knows
 * keys, kinds of values and units; what depends on several values at once only a reader knows.
 */
public final class FileSchemas {
  private static final SequencedMap<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("architecture", "An architecture for Einloom");
    TITLES.put("workload", "A workload for Einloom");
    TITLES.put("mapping", "Mappings for Einloom");
    TITLES.put("constraints", "Constraints for Einloom");
    TITLES.put("components", "Component classes for Einloom");
    TITLES.put("study", "A study for Einloom");
    TITLES.put("sparsity", "Sparsity for Einloom");
    TITLES.put("nodes", "Nodes for architectures of Einloom to include");
  }

  private final SequencedMap<String, Schema> definitions = new LinkedHashMap<>();

  private FileSchemas(Catalog catalog) {
    ScalarSchemas.define(definitions);
    hardware(catalog);
    constraints();
    workload();
    mapping();
    classes();
    StudySchemas.define(definitions);
    sparsity();
  }

  /** The names of the schemas: the keys that say what a file is. */
  public static List<String> names() {
    return List.copyOf(TITLES.sequencedKeySet());
  }

  /**
   * The schema of files with that key.
   *
   * @param catalog the component classes whose attributes are known
   */
  public static Schema of(String name, Catalog catalog) {
    var all = new FileSchemas(catalog);
    Schema body =
        Keys.of(
                new Keys.Key("einloom", oneOf(1, "1"), true, "The version of the format"),
                must(name, name, ""))
            .schema();
    return Schema.document(String.valueOf(TITLES.get(name)), body, all.reachable(body));
  }

  /** What stands under that key, and all that it refers to, by the names of the definitions. */
  public static SequencedMap<String, Schema> definitions(String name, Catalog catalog) {
    return new FileSchemas(catalog).reachable(ref(name));
  }

  private void define(String name, Schema schema) {
    definitions.put(name, schema);
  }

  /** The definitions that a schema refers to, directly or through others, by name. */
  private SequencedMap<String, Schema> reachable(Schema from) {
    var names = new TreeSet<String>();
    collect(from.json(), names);
    var some = new LinkedHashMap<String, Schema>();
    names.forEach(name -> some.put(name, definition(name)));
    return some;
  }

  private Schema definition(String name) {
    Schema schema = definitions.get(name);
    if (schema == null) {
      throw new IllegalStateException("no definition " + name);
    }
    return schema;
  }

  private void collect(Object json, Set<String> names) {
    switch (json) {
      case Map<?, ?> m ->
          m.forEach(
              (key, value) -> {
                if ("$ref".equals(key)) {
                  String name = String.valueOf(value).replace("#/$defs/", "");
                  if (names.add(name)) {
                    collect(definition(name).json(), names);
                  }
                }
                collect(value, names);
              });
      case List<?> l -> l.forEach(item -> collect(item, names));
      default -> {}
    }
  }

  private void hardware(Catalog catalog) {
    define("architecture", ArchitectureYaml.KEYS.schema());
    define("widths", ArchitectureYaml.WIDTHS.schema());
    define("files", list(ref("name")));
    define("nodes", someOf(ref("node")));
    define(
        "node",
        anyOf(
            ref("memory"),
            ref("toll"),
            ref("fanout"),
            ref("compute"),
            ref("fork"),
            ref("include")));
    define("memory", Components.MEMORY.schema());
    define("toll", TollReader.KEYS.schema());
    define("fanout", FanoutReader.KEYS.schema());
    define("compute", Components.COMPUTE.schema());
    define("fork", Nodes.FORK.schema());
    define("branches", list(Nodes.BRANCH.schema()).with("minItems", 2));
    define("include", Nodes.INCLUDE.schema());
    define("dimensions", someOf(FanoutReader.DIMENSION.schema()));
    define("ports", oneOf("shared", "separate"));
    define("multicast", oneOf("words", "tiles", "none"));
    Schema oneLimit = Schema.of("required", List.of("throughput", "bandwidth"));
    define("action", Costs.ACTION.schema().with("not", oneLimit.json()));
    define("compute_action", Costs.ACTION.without("width", "bandwidth").schema());
    define("memory_actions", actions(List.of("read", "write", "update"), "action"));
    define("toll_actions", actions(Toll.ACTIONS, "action"));
    define("fanout_actions", actions(FanoutReader.ACTIONS, "action"));
    define("neighbours", anyOf(ref("flag"), ref("tensors")));
    define("compute_actions", actions(List.of("compute"), "compute_action"));
    for (String quantity : List.of("area", "power", "energy")) {
      define(quantity + "_figure", anyOf(ref(quantity), Costs.figure(quantity).schema()));
    }
    define("component", ComponentSchemas.component(catalog));
  }

  private static Schema actions(List<String> names, String each) {
    return new Keys(names.stream().map(n -> Keys.may(n, each, "")).toList()).schema();
  }

  private void constraints() {
    define("constraints", ConstraintReader.FILE.schema());
    define("constrained_memories", map(ref("memory_constraints")));
    define("constrained_fanouts", map(ConstraintReader.FANOUT.schema()));
    define("constrained_dimensions", map(ref("dimension_constraints")));
    define("memory_constraints", ConstraintReader.MEMORY.schema());
    define("dimension_constraints", ConstraintReader.DIMENSION.schema());
    define("fanout_rules", ConstraintReader.FANOUT_HERE.schema());
    define("factors", map(anyOf(ref("positive"), Factor.KEYS.schema().with("minProperties", 1))));
    Schema word = oneOf("perfect", "imperfect");
    define("tiling", anyOf(word, map(word)));
  }

  private void workload() {
    define("workload", WorkloadYaml.KEYS.schema());
    define("einsums", someOf(EinsumReader.KEYS.schema()));
    define("extents", map(anyOf(ref("positive"), ref("calculated"))));
    define("calculated", Schema.type("string"));
    define("workload_parameters", map(Schema.type("number", "string")));
    define("expression", Schema.type("string").with("pattern", "="));
    define("shapes", map(list(anyOf(ref("positive"), ref("calculated")))));
    define("roles", map(oneOf("input", "weight", "output")));
    define("tensor_bits", map(anyOf(ref("positive"), ref("bits"), ref("calculated"))));
  }

  private void mapping() {
    define("mapping", someOf(MappingYaml.LAYER.schema()));
    define(
        "mapping_nodes",
        list(MappingYaml.NODES.schema().with("minProperties", 1).with("maxProperties", 1)));
    define("keep", MappingYaml.KEEP.schema());
    define("for", MappingYaml.FOR.schema());
    define("parallel", MappingYaml.PARALLEL.schema());
  }

  private void sparsity() {
    define("sparsity", SparsityYaml.KEYS.schema());
    define("densities", map(map(DensityReader.KEYS.schema().with("maxProperties", 1))));
    define("structured", DensityReader.STRUCTURED.schema());
    define("banded", DensityReader.BANDED.schema());
    define("blocks", DensityReader.BLOCKS.schema());
    define("power_law", DensityReader.POWER_LAW.schema());
    Schema number = Schema.type("integer", "string").with("minimum", 0).with("pattern", "^\\d+$");
    define("rank_number", number);
    define("rank_numbers", someOf(ref("rank_number")));
    define("shape", someOf(ref("positive")));
    define(
        "exponent",
        Schema.type("number", "string").with("minimum", 0).with("pattern", "^\\d+(\\.\\d*)?$"));
    define("sparse_memories", map(SparsityYaml.MEMORY.schema()));
    Schema format = anyOf(ref("name"), list(FormatReader.LEVEL.schema()));
    define("formats", map(anyOf(ref("name"), list(FormatReader.LEVEL.schema()), someOf(format))));
    define("sparse_layers", map(ref("sparse_layer")));
    define("sparse_layer", SparsityYaml.LAYER.schema());
    define("sparse_layer_memories", map(SparsityYaml.LAYER_MEMORY.schema()));
    define("level_format", oneOf(FormatReader.LEVELS.toArray()));
    define("optimizations", list(Optimization.KEYS.schema()));
    define("followers", anyOf(ref("name"), ref("some_names")));
    define("capacity_rule", oneOf("expected", "worst_case", "overbooked"));
    define("sparse_memory_actions", actions(SparseNode.MEMORY_ACTIONS, "action"));
    define("sparse_compute", SparsityYaml.COMPUTE.schema());
    Schema zeros = oneOf("skip", "gate", "compute");
    define("zeros", anyOf(zeros, someOf(zeros)));
    define("yes_or_no", oneOf(true, false, "true", "false"));
    define("sparse_compute_actions", actions(SparseNode.COMPUTE_ACTIONS, "action"));
  }

  private void classes() {
    define("components", list(anyOf(ref("compound"), ref("table"))));
    define("compound", CompoundReader.KEYS.schema());
    define("table", ComponentsYaml.TABLE.schema());
    define("attributes", map(anyOf(ref("scalar"), DeclaredAttribute.KEYS.schema())));
    define(
        "kind",
        oneOf(
            Arrays.stream(Kind.values())
                .map(k -> (Object) k.name().toLowerCase(Locale.ROOT))
                .toArray()));
    define("parts", someOf(ComponentSchemas.part()));
    define("uses", someOf(anyOf(ref("name"), CompoundReader.USE.schema())));
    define(
        "compound_actions",
        map(anyOf(ref("uses"), CompoundReader.ACTION.schema())).with("minProperties", 1));
    define("formula", ref("scalar"));
  }
}
