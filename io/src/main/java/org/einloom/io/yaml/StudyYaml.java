package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.evaluation.Objective;
import org.einloom.explore.Goal;
import org.einloom.explore.Method;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;

/** Reads studies from YAML, as {@code docs/explore.md} describes it. */
public final class StudyYaml {
  private static final String STUDY = "study";
  static final Keys KEYS =
      Keys.of(
          must("name", "name", "What reports call the study"),
          may("description", "text", "One line about it"),
          must("workloads", "study_workloads", "What runs on every point"),
          must("architecture", "name", "The base: a shipped design, or a file below this folder"),
          must("parameters", "study_parameters", "What differs from point to point"),
          may("conditions", "conditions", "What has to hold between parameters"),
          may("set", "settings", "By path in the architecture, values with ${parameters}"),
          may("bits", "study_bits", "Bits per word of roles, with ${parameters}"),
          may("tables", "names", "CSV files with measures by values of parameters"),
          may("limits", "limits", "What every point has to keep to"),
          may("budgets", "budgets", "Questions: the best point within some limits"),
          must("objectives", "objectives", "What is to be small, or large"),
          may("mapping", "mapping_objective", "What mappings are chosen for: edp if left out"),
          may("method", "method", "factorial if left out, or {random: 100}, or {evolution: 500}"));
  static final Keys WORKLOAD =
      Keys.of(
          must("model", "name", "A network of the zoo, or a file below this folder"),
          may("name", "name", "What the study calls it; left out: the model"),
          may("weight", "scalar", "How often it runs, relative to others, with ${parameters}"),
          may("batch", "scalar", "Batch size of an ONNX model, with ${parameters}"),
          may("dimensions", "template_map", "Open dimensions of an ONNX model"),
          may("operators", "operators", "all, or products alone, of an ONNX model"),
          may("parameters", "template_map", "Values for the parameters of a YAML file"),
          may(
              "sparsity",
              "study_sparsity",
              "What is sparse about it: a file, or {file: F, set: }"));
  static final Keys SPARSITY =
      Keys.of(
          must("file", "name", "A file of sparsity, below this folder"),
          may("set", "settings", "By path in it, values with ${parameters}"));
  static final Keys BITS =
      Keys.of(
          may("input", "scalar", "Words of inputs"),
          may("weight", "scalar", "Words of weights"),
          may("output", "scalar", "Words of results that are complete"),
          may("partial", "scalar", "Words of results that are not complete yet"));

  private StudyYaml() {}

  /** Reads a study, and its tables; not what else it names. */
  public static StudySpec read(Source source) {
    Fields fields = Fields.of(Document.body(source, STUDY), "a study", KEYS);
    String name = Values.name(fields.required("name", "name: demo"), "name");
    fields.optional("description").ifPresent(n -> Values.text(n, "description"));
    var parameters =
        new StudyParameters().read(fields.required("parameters", "parameters: {macs: [32, 64]}"));
    var templates = new Templates(parameters.numbers(), parameters.words().keySet());
    var space = parameters.space(fields.optional("conditions"));
    List<StudySpec.Model> models =
        models(fields.required("workloads", "workloads: [resnet18]"), templates);
    List<StudyTable> tables = tables(fields, source, space.names());
    List<String> given = new ArrayList<>(parameters.calculated());
    tables.forEach(t -> given.addAll(t.measures()));
    var measures = new StudyMeasures(given, models.stream().map(StudySpec.Model::name).toList());
    List<Goal> objectives =
        measures.objectives(fields.required("objectives", "objectives: [energy, latency]"));
    YamlNode architecture = fields.required("architecture", "architecture: eyeriss");
    var spec =
        new StudySpec(
            name,
            models,
            Values.name(architecture, "architecture"),
            architecture.at(),
            space,
            settings(fields.optional("set"), templates),
            bits(fields.optional("bits"), templates),
            tables,
            fields.optional("limits").map(measures::limits).orElse(List.of()),
            fields
                .optional("budgets")
                .map(n -> measures.budgets(n, objectives.getFirst()))
                .orElse(List.of()),
            objectives,
            fields.optional("mapping").map(StudyYaml::objective).orElse(Objective.EDP),
            fields.optional("method").map(StudyMethod::read).orElse(new Method.Factorial()));
    StudyUses.check(spec, parameters.places());
    return spec;
  }

  /** What reads templates. */
  private record Templates(List<String> numbers, Set<String> words) {
    Template read(YamlNode node, String key) {
      return Template.read(node, key, numbers, words);
    }

    Map<String, Template> map(YamlNode node, String key) {
      var all = new LinkedHashMap<String, Template>();
      Values.entries(node, key, "expected names with values")
          .forEach((k, v) -> all.put(k.value(), read(v, k.value())));
      return all;
    }
  }

  private static List<StudySpec.Model> models(YamlNode node, Templates templates) {
    List<StudySpec.Model> models = new ArrayList<>();
    String expected = "expected a list of workloads, '[resnet18, {model: mine.yaml}]'";
    for (YamlNode item : Values.list(node, "workloads", expected)) {
      StudySpec.Model model =
          item instanceof YamlNode.Scalar ? plain(item) : model(item, templates);
      if (models.stream().anyMatch(m -> m.name().equals(model.name()))) {
        throw item.at()
            .error(
                "a second workload named " + Words.quote(model.name()), "give one another 'name'");
      }
      models.add(model);
    }
    if (models.isEmpty()) {
      throw node.at().error("there is no workload", expected);
    }
    return models;
  }

  private static StudySpec.Model plain(YamlNode item) {
    String model = Values.name(item, "workloads");
    return new StudySpec.Model(
        model,
        item.at(),
        called(model),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        Map.of(),
        Optional.empty());
  }

  /** {@code nets/mine.yaml} is called {@code mine}. */
  private static String called(String model) {
    return model.replaceFirst("^.*/", "").replaceFirst("\\.(?:ya?ml|onnx)$", "");
  }

  private static StudySpec.Model model(YamlNode item, Templates templates) {
    Fields fields = Fields.of(item, "a workload", WORKLOAD);
    YamlNode modelNode = fields.required("model", "model: resnet18");
    String model = Values.name(modelNode, "model");
    return new StudySpec.Model(
        model,
        modelNode.at(),
        fields.optional("name").map(n -> Values.name(n, "name")).orElse(called(model)),
        fields.optional("weight").map(n -> weight(n, templates)),
        fields.optional("batch").map(n -> templates.read(n, "batch")),
        fields.optional("dimensions").map(n -> templates.map(n, "dimensions")).orElse(Map.of()),
        fields
            .optional("operators")
            .map(n -> Values.choice(n, "operators", Values.words("all", false, "products", true)))
            .orElse(false),
        fields.optional("parameters").map(n -> templates.map(n, "parameters")).orElse(Map.of()),
        fields.optional("sparsity").map(n -> sparse(n, templates)));
  }

  private static StudySpec.Sparse sparse(YamlNode node, Templates templates) {
    if (node instanceof YamlNode.Scalar) {
      return new StudySpec.Sparse(Values.name(node, "sparsity"), node.at(), List.of());
    }
    Fields fields = Fields.of(node, "'sparsity'", SPARSITY);
    YamlNode file = fields.required("file", "file: sparsity.yaml");
    return new StudySpec.Sparse(
        Values.name(file, "file"), file.at(), settings(fields.optional("set"), templates));
  }

  /** Whether it is a number above 0 is said here where it is the same at every point. */
  private static Template weight(YamlNode node, Templates templates) {
    Template weight = templates.read(node, "weight");
    if (weight.isFixed()) {
      String text = Values.scalar(node, "weight", "expected a number above 0").value().strip();
      if (!(StudyParameters.number(text).orElse(0.0) > 0)) {
        throw node.at().error("'weight' is " + Words.quote(text), "expected a number above 0");
      }
    }
    return weight;
  }

  private static List<StudySpec.Setting> settings(Optional<YamlNode> node, Templates templates) {
    List<StudySpec.Setting> settings = new ArrayList<>();
    node.ifPresent(
        n ->
            Values.entries(n, "set", "expected paths with values, '{SRAM.size: \"${sram} KiB\"}'")
                .forEach(
                    (key, value) ->
                        settings.add(
                            new StudySpec.Setting(
                                key.value(), key.at(), templates.read(value, key.value())))));
    return settings;
  }

  private static Map<String, Template> bits(Optional<YamlNode> node, Templates templates) {
    if (node.isEmpty()) {
      return Map.of();
    }
    Fields fields = Fields.of(node.get(), "'bits'", BITS);
    var bits = new LinkedHashMap<String, Template>();
    fields.keys().forEach(k -> bits.put(k, templates.read(fields.required(k, k), k)));
    return bits;
  }

  private static List<StudyTable> tables(Fields fields, Source source, List<String> parameters) {
    List<StudyTable> tables = new ArrayList<>();
    List<String> measures = new ArrayList<>();
    fields
        .optional("tables")
        .ifPresent(
            n -> {
              for (YamlNode item : Values.list(n, "tables", "expected a list of CSV files")) {
                String path = Values.name(item, "tables");
                var table = StudyTable.read(source.includes().open(path, item.at()), parameters);
                for (String m : table.measures()) {
                  if (measures.contains(m)) {
                    throw item.at().error("a second table gives " + Words.quote(m));
                  }
                  measures.add(m);
                }
                tables.add(table);
              }
            });
    return tables;
  }

  private static Objective objective(YamlNode node) {
    return Values.choice(
        node,
        "mapping",
        Values.words(
            "energy", Objective.ENERGY, "latency", Objective.LATENCY, "edp", Objective.EDP));
  }
}
