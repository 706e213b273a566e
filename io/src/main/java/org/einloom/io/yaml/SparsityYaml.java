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
import org.einloom.format.TensorFormat;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.profile.DataAttributes;
import org.einloom.schema.Keys;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity.Held;
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
          may("compute", "sparse_compute", "What becomes of zeros at the computes"));
  static final Keys MEMORY =
      Keys.of(
          may("formats", "formats", "How tiles are stored, by tensor or role"),
          may("optimizations", "optimizations", "What is gated or skipped"),
          may("actions", "sparse_memory_actions", "What it costs; left out: nothing"),
          may("capacity", "capacity_rule", "expected, worst_case or overbooked"),
          may("metadata", "size", "Of a store for metadata alone; left out: among the words"));
  static final Keys OPTIMIZATION =
      Keys.of(
          may("skip", "followers", "What takes neither energy nor time"),
          may("gate", "followers", "What takes its time, but less energy"),
          may("on", "followers", "The leaders; left out: each of several on the others"),
          may("optional", "yes_or_no", "true: a mapper may leave it out"));
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
  private final Map<String, SequencedMap<Scalar, YamlNode>> formats = new LinkedHashMap<>();
  private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
  private List<Optional<Kind>> zeros = List.of(Optional.empty());

  /** An optimisation as it is written. */
  private record Rule(
      Kind kind, Set<String> followers, Set<String> leaders, boolean mutual, boolean optional) {}

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
    return new SparsityYaml(source, workload, design).read();
  }

  private SparsityFile read() {
    Fields fields = Fields.of(Document.body(source, SPARSITY), SPARSITY, KEYS);
    fields.optional("densities").ifPresent(this::densities);
    fields
        .optional("memories")
        .ifPresent(
            n ->
                Values.entries(n, "memories", "expected memories with what is sparse about them")
                    .forEach(this::memory));
    fields.optional("compute").ifPresent(this::compute);
    var layers = new LinkedHashMap<String, SparsityChoices>();
    var known = new HashMap<Einsum, Map<String, SparsityChoices>>();
    for (Layer layer : workload.layers()) {
      String key = key(layer.name());
      layers.put(
          layer.name(),
          known
              .computeIfAbsent(layer.einsum().named(""), _ -> new HashMap<>())
              .computeIfAbsent(key, _ -> of(layer.einsum(), key)));
    }
    return new SparsityFile(layers, nodes);
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

  private static void known(Scalar name, List<String> known, String what) {
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

  private void memory(Scalar key, YamlNode node) {
    known(
        key,
        design.paths().stream()
            .flatMap(p -> p.memories().stream())
            .map(Memory::name)
            .distinct()
            .toList(),
        "memory");
    String name = key.value();
    Fields fields = Fields.of(node, "memory " + Words.quote(name), MEMORY);
    fields
        .optional("formats")
        .ifPresent(
            n -> {
              var of = Values.entries(n, "formats", "expected tensors or roles with formats");
              of.keySet().forEach(t -> known(t, tensors(), "tensor or role"));
              formats.put(name, of);
            });
    fields
        .optional("optimizations")
        .ifPresent(
            n -> {
              var list = new ArrayList<Rule>();
              for (YamlNode item :
                  Values.list(n, "optimizations", "expected a list such as [{skip: A, on: [B]}]")) {
                list.add(rule(item));
              }
              rules.put(name, list);
            });
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

  private Rule rule(YamlNode node) {
    Fields fields = Fields.of(node, "an optimisation", OPTIMIZATION);
    boolean skip = fields.optional("skip").isPresent();
    if (skip == fields.optional("gate").isPresent()) {
      throw node.at()
          .error(
              "an optimisation has "
                  + (skip ? "both 'skip' and 'gate'" : "neither 'skip' nor 'gate'"),
              "expected one, as in {skip: A, on: [B]} or {gate: [A, B]}");
    }
    String key = skip ? "skip" : "gate";
    Set<String> followers = names(fields.required(key, key + ": A"), key);
    Optional<YamlNode> on = fields.optional("on");
    if (on.isEmpty() && followers.size() < 2) {
      throw node.at()
          .error("an optimisation of one tensor has no 'on'", "expected its leaders: on: [B]");
    }
    Set<String> leaders = on.map(n -> names(n, "on")).orElse(followers);
    if (on.isPresent() && followers.equals(leaders) && leaders.size() == 1) {
      throw on.get()
          .at()
          .error("a tensor does not lead itself", "expected another operand after 'on'");
    }
    boolean optional =
        fields.optional("optional").map(n -> Values.flag(n, "optional")).orElse(false);
    return new Rule(skip ? Kind.SKIP : Kind.GATE, followers, leaders, on.isEmpty(), optional);
  }

  private Set<String> names(YamlNode node, String key) {
    List<YamlNode> items =
        node instanceof Scalar
            ? List.of(node)
            : Values.list(node, key, "expected names of tensors or roles");
    var names = new LinkedHashSet<String>();
    for (YamlNode item : items) {
      Scalar name = Values.scalar(item, key, "expected a tensor or role");
      known(name, tensors(), "tensor or role");
      if (!names.add(name.value())) {
        throw name.at()
            .error(
                Words.quote(name.value()) + " stands twice in '" + key + "'", "expected it once");
      }
    }
    if (names.isEmpty()) {
      throw node.at().error("'" + key + "' is empty", "expected a tensor or role");
    }
    return names;
  }

  private void compute(YamlNode node) {
    Fields fields = Fields.of(node, "'compute'", COMPUTE);
    fields.optional("zeros").ifPresent(n -> zeros = zeros(n));
    var actions = costs.actions(fields, SparseNode.COMPUTE_ACTIONS);
    design.paths().stream()
        .map(p -> p.compute())
        .map(Compute::name)
        .forEach(c -> nodes.put(c, new SparseNode(actions, CapacityRule.EXPECTED)));
  }

  /** A word, or a list of them to choose from. */
  private static List<Optional<Kind>> zeros(YamlNode node) {
    var words =
        Values.words(
            "skip", Optional.of(Kind.SKIP),
            "gate", Optional.of(Kind.GATE),
            "compute", Optional.<Kind>empty());
    if (node instanceof Scalar) {
      return List.of(Values.choice(node, "zeros", words));
    }
    var kinds = new LinkedHashSet<Optional<Kind>>();
    for (YamlNode item : Values.list(node, "zeros", "expected skip, gate, compute, or a list")) {
      kinds.add(Values.choice(item, "zeros", words));
    }
    if (kinds.isEmpty()) {
      throw node.at().error("'zeros' is empty", "expected skip, gate or compute");
    }
    return List.copyOf(kinds);
  }

  /** Under which key the densities of a layer stand; repetitions share those of the first. */
  private String key(String layer) {
    String first = layer.replaceFirst("#\\d+$", "");
    return densities.containsKey(layer) ? layer : densities.containsKey(first) ? first : ALL;
  }

  private SparsityChoices of(Einsum einsum, String key) {
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
    var stored = new HashMap<Held, List<TensorFormat>>();
    formats.forEach(
        (memory, of) ->
            of.forEach(
                (name, node) -> {
                  for (TensorAccess t : einsum.tensors()) {
                    if (means(name.value(), t)) {
                      stored.put(
                          new Held(memory, t.name()), FormatReader.choices(node, t.ranks().size()));
                    }
                  }
                }));
    var all = new ArrayList<SparsityChoices.Rule>();
    rules.forEach(
        (memory, list) ->
            list.forEach(
                rule -> {
                  List<Saving> savings = savings(einsum, memory, rule);
                  if (!savings.isEmpty()) {
                    all.add(new SparsityChoices.Rule(savings, rule.optional()));
                  }
                }));
    return new SparsityChoices(laws, stored, all, zeros);
  }

  private static List<Saving> savings(Einsum einsum, String memory, Rule rule) {
    var savings = new ArrayList<Saving>();
    for (TensorAccess t : einsum.tensors()) {
      if (rule.followers().stream().anyMatch(name -> means(name, t))) {
        List<String> leaders =
            einsum.tensors().stream()
                .filter(o -> !o.equals(t))
                .filter(o -> rule.leaders().stream().anyMatch(name -> means(name, o)))
                // of several that follow each other, the result only follows
                .filter(o -> !rule.mutual() || !o.equals(einsum.output()))
                .map(TensorAccess::name)
                .toList();
        if (!leaders.isEmpty()) {
          boolean mutual = rule.mutual() && !t.equals(einsum.output());
          savings.add(new Saving(rule.kind(), memory, t.name(), leaders, mutual));
        }
      }
    }
    return savings;
  }

  private static boolean means(String name, TensorAccess t) {
    return name.equals(t.name()) || name.equals(t.role().label());
  }
}
