package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Memory;
import org.einloom.component.Catalog;
import org.einloom.density.Density;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.profile.DataAttributes;
import org.einloom.schema.Keys;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;

/** Reads files of sparsity, as {@code docs/input-format.md} describes them. */
public final class SparsityYaml {
  static final String SPARSITY = "sparsity";
  static final Keys KEYS =
      Keys.of(
          may("densities", "densities", "By layer, or all, and tensor"),
          may("memories", "sparse_memories", "Formats and optimisations, by memory"),
          may("compute", "sparse_compute", "What becomes of zeros at the computes"),
          may("layers", "sparse_layers", "What is other for a layer"));
  static final Keys LAYER =
      Keys.of(
          may("memories", "sparse_layer_memories", "Formats and optimisations, by memory"),
          may("zeros", "zeros", "skip, gate or compute points with zeros; or a list of these"));
  static final Keys LAYER_MEMORY =
      Keys.of(
          may("formats", "formats", "In place of those for all layers, by tensor or role"),
          may("optimizations", "optimizations", "In place of all those for all layers"));
  static final Keys MEMORY =
      Keys.of(
          may("formats", "formats", "How tiles are stored, by tensor or role"),
          may("optimizations", "optimizations", "What is gated or skipped"),
          may("actions", "sparse_memory_actions", "What it costs; left out: nothing"),
          may("capacity", "capacity_rule", "expected, worst_case or overbooked"),
          may("metadata", "size", "Of a store for metadata alone; left out: among the words"));
  static final Keys COMPUTE =
      Keys.of(
          may("zeros", "zeros", "skip, gate or compute points with zeros; or a list of these"),
          may("actions", "sparse_compute_actions", "What it costs; left out: nothing"));
  private static final String ALL = "all";

  private final Source source;
  private final Workload workload;
  private final Design design;
  private final Costs costs;
  private final Map<String, SparseNode> nodes = new LinkedHashMap<>();
  private final Map<String, SequencedMap<Scalar, YamlNode>> densities = new LinkedHashMap<>();
  private final SparsePart everywhere = new SparsePart();
  private final Map<String, SparsePart> layers = new LinkedHashMap<>();

  private SparsityYaml(Source source, Workload workload, Design design) {
    this.source = source;
    this.workload = workload;
    this.design = design;
    var parts =
        new PartReader(new Once<>(Catalog::installed), new HashMap<>(), DataAttributes.none());
    this.costs = new Costs("", false, design.first().clockHz(), parts, Optional.empty());
  }

  /**
   * Reads a file.
   *
   * @throws org.einloom.io.input.InputException when anything in it is wrong, with its place, or
   *     the workload or design lacks what it names
   */
  public static SparsityFile read(Path file, Workload workload, Design design) {
    return read(Source.file(file), workload, design);
  }

  /** Reads a text. */
  public static SparsityFile read(Source source, Workload workload, Design design) {
    return readEdited(Document.body(source, SPARSITY), source, workload, design);
  }

  /** Reads a file of which some values were set. */
  static SparsityFile readEdited(YamlNode body, Source source, Workload workload, Design design) {
    return new SparsityYaml(source, workload, design).read(body);
  }

  private SparsityFile read(YamlNode body) {
    Fields fields = Fields.of(body, SPARSITY, KEYS);
    fields.optional("densities").ifPresent(this::densities);
    fields
        .optional("memories")
        .ifPresent(
            n ->
                Values.entries(n, "memories", "expected memories with what is sparse about them")
                    .forEach(this::memory));
    fields.optional("compute").ifPresent(this::compute);
    fields.optional("layers").ifPresent(this::layers);
    record Known(Einsum einsum, String densities, String layer) {}
    var all = new LinkedHashMap<String, SparsityChoices>();
    var known = new HashMap<Known, SparsityChoices>();
    for (Layer layer : workload.layers()) {
      String key = key(layer.name(), densities.keySet());
      String of = key(layer.name(), layers.keySet());
      all.put(
          layer.name(),
          known.computeIfAbsent(
              new Known(layer.einsum().named(""), key, of), _ -> of(layer.einsum(), key, of)));
    }
    return new SparsityFile(all, nodes);
  }

  private void densities(YamlNode node) {
    List<String> names = new ArrayList<>(workload.layers().stream().map(Layer::name).toList());
    names.add(ALL);
    Values.entries(node, "densities", "expected layers, or all, with densities of tensors")
        .forEach(
            (layer, tensors) -> {
              known(layer, names, "layer");
              var of = Values.entries(tensors, layer.value(), "expected tensors with densities");
              of.keySet().forEach(t -> known(t, tensors(layer.value()), "tensor"));
              densities.put(layer.value(), of);
            });
  }

  /** What is other for a layer. */
  private void layers(YamlNode node) {
    List<String> names = workload.layers().stream().map(Layer::name).toList();
    Values.entries(node, "layers", "expected layers with what is other for them")
        .forEach(
            (layer, body) -> {
              known(layer, names, "layer");
              Fields fields = Fields.of(body, "layer " + Words.quote(layer.value()), LAYER);
              var part = new SparsePart();
              fields
                  .optional("memories")
                  .ifPresent(
                      n ->
                          Values.entries(n, "memories", "expected memories")
                              .forEach(
                                  (memory, of) -> {
                                    known(memory, memories(), "memory");
                                    String what = "memory " + Words.quote(memory.value());
                                    part.memory(
                                        memory.value(),
                                        Fields.of(of, what, LAYER_MEMORY),
                                        tensors());
                                  }));
              fields.optional("zeros").ifPresent(part::zeros);
              layers.put(layer.value(), part);
            });
  }

  static void known(Scalar name, List<String> known, String what) {
    if (!known.contains(name.value())) {
      throw name.at()
          .error(
              "unknown " + what + " " + Words.quote(name.value()),
              "expected " + Words.list(known),
              Words.didYouMean(name.value(), known));
    }
  }

  private List<String> tensors(String layer) {
    return workload.layers().stream()
        .filter(l -> layer.equals(ALL) || l.name().equals(layer))
        .flatMap(l -> l.einsum().tensors().stream())
        .map(TensorAccess::name)
        .distinct()
        .toList();
  }

  private List<String> tensors() {
    var names = new LinkedHashSet<String>();
    workload.layers().stream()
        .flatMap(l -> l.einsum().tensors().stream())
        .forEach(t -> names.add(t.name()));
    names.addAll(List.of("input", "weight", "output"));
    return List.copyOf(names);
  }

  private List<String> memories() {
    return design.paths().stream()
        .flatMap(p -> p.memories().stream())
        .map(Memory::name)
        .distinct()
        .toList();
  }

  private void memory(Scalar key, YamlNode node) {
    known(key, memories(), "memory");
    String name = key.value();
    Fields fields = Fields.of(node, "memory " + Words.quote(name), MEMORY);
    everywhere.memory(name, fields, tensors());
    var capacity =
        Values.words(
            "expected", CapacityRule.EXPECTED,
            "worst_case", CapacityRule.WORST_CASE,
            "overbooked", CapacityRule.OVERBOOKED);
    nodes.put(
        name,
        new SparseNode(
            costs.actions(fields, SparseNode.MEMORY_ACTIONS),
            fields
                .optional("capacity")
                .map(n -> Values.choice(n, "capacity", capacity))
                .orElse(CapacityRule.EXPECTED),
            fields
                .optional("metadata")
                .map(n -> OptionalLong.of(Costs.bits(n, "metadata", 1, Long.MAX_VALUE)))
                .orElse(OptionalLong.empty())));
  }

  private void compute(YamlNode node) {
    Fields fields = Fields.of(node, "'compute'", COMPUTE);
    fields.optional("zeros").ifPresent(everywhere::zeros);
    var actions = costs.actions(fields, SparseNode.COMPUTE_ACTIONS);
    design.paths().stream()
        .map(p -> p.compute())
        .map(Compute::name)
        .forEach(c -> nodes.put(c, new SparseNode(actions, CapacityRule.EXPECTED)));
  }

  /** Under which key something of a layer stands; repetitions share that of the first. */
  private static String key(String layer, Set<String> given) {
    String first = layer.replaceFirst("#\\d+$", "");
    return given.contains(layer) ? layer : given.contains(first) ? first : ALL;
  }

  private SparsityChoices of(Einsum einsum, String key, String of) {
    var laws = new LinkedHashMap<String, Density>();
    densities
        .getOrDefault(key, new LinkedHashMap<>())
        .forEach(
            (tensor, node) -> {
              for (TensorAccess t : einsum.tensors()) {
                if (t.name().equals(tensor.value())) {
                  List<Long> shape = t.ranks().stream().map(TensorAccess.Rank::size).toList();
                  laws.put(t.name(), DensityReader.read(node, shape, source));
                }
              }
            });
    SparsePart part = layers.containsKey(of) ? everywhere.with(layers.get(of)) : everywhere;
    SparsityChoices choices = part.choices(einsum, laws);
    densities
        .getOrDefault(key, new LinkedHashMap<>())
        .keySet()
        .forEach(
            tensor -> {
              if (tensor.value().equals(einsum.output().name())
                  && !part.mayCompress(einsum.output(), choices)) {
                throw tensor
                    .at()
                    .error(
                        "density of '%s', the result of '%s', which no memory compresses"
                            .formatted(tensor.value(), einsum.name()),
                        "expected densities of operands: where results are zero follows from these, unless a format stores them after an activation, say");
              }
            });
    return choices;
  }
}
