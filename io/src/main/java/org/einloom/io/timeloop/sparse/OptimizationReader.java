package org.einloom.io.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Optimization;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Option;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Saving;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/** Reads {@code action_optimization:} and {@code compute_optimization:}. */
final class OptimizationReader {
  private static final List<String> TYPES = List.of("gating", "skipping", "skipping_spatial");
  private static final List<String> COMPUTE_TYPES =
      List.of("gating", "skipping", "gate_on_zero_operand", "skip_on_not_aligned_operands");

  private OptimizationReader() {}

  static List<Optimization> storage(YamlNode node, String level, List<String> tensors) {
    List<Optimization> all = new ArrayList<>();
    for (YamlNode item : items(node, "action_optimization")) {
      Spelled fields =
          Spelled.of(
              item,
              "an action_optimization of '" + level + "'",
              List.of("type", "options", "target", "condition_on"));
      Saving saving =
          switch (type(fields, TYPES)) {
            case "gating" -> Saving.GATED;
            case "skipping" -> Saving.SKIPPED;
            default ->
                throw fields
                    .required("type", "")
                    .at()
                    .error(
                        "'skipping_spatial' at '"
                            + level
                            + "', by which instances side by side take over what others have nothing for, is not modelled",
                        "expected skipping, by which these wait, or gating");
          };
      List<Option> options = new ArrayList<>();
      Optional<YamlNode> list = fields.optional("options");
      if (list.isPresent()) {
        if (fields.optional("target").isPresent() || fields.optional("condition_on").isPresent()) {
          throw item.at()
              .error(
                  "an action_optimization of '%s' has options and a target".formatted(level),
                  "expected the one or the other: Timeloop would leave the target out");
        }
        for (YamlNode option : items(list.get(), "options")) {
          options.add(
              option(Spelled.of(option, "an option", List.of("target", "condition_on")), tensors));
        }
        if (options.isEmpty()) {
          throw list.get().at().error("'options' is empty", "expected at least one");
        }
      } else {
        options.add(option(fields, tensors));
      }
      all.add(new Optimization(saving, options));
    }
    return all;
  }

  private static Option option(Spelled fields, List<String> tensors) {
    String target = SparseReader.tensor(fields.required("target", "target: B"), tensors);
    YamlNode list = fields.required("condition_on", "condition_on: [A]");
    List<String> conditions = new ArrayList<>();
    for (YamlNode item : Values.list(list, "condition_on", "expected a list of tensors: [A]")) {
      conditions.add(SparseReader.tensor(item, tensors));
    }
    if (conditions.isEmpty()) {
      throw list.at().error("'condition_on' is empty", "expected at least one tensor");
    }
    return new Option(target, conditions);
  }

  private static List<YamlNode> items(YamlNode node, String key) {
    return Values.list(node, key, "expected a list");
  }

  private static String type(Spelled fields, List<String> known) {
    YamlNode node = fields.required("type", "type: skipping");
    String name = Values.name(node, "type").replace('-', '_');
    if (!known.contains(name)) {
      throw node.at()
          .error(
              "unknown type " + Words.quote(name) + " of a sparse optimisation",
              "expected one of " + String.join(", ", known),
              Words.didYouMean(name, known));
    }
    return name;
  }

  /** Whether a compute gates and skips. */
  static SparseSpec.Compute compute(YamlNode node, String level, SparseSpec.Compute energies) {
    boolean gates = false;
    boolean skips = false;
    for (YamlNode item : items(node, "compute_optimization")) {
      Spelled fields =
          Spelled.of(item, "a compute_optimization of '" + level + "'", List.of("type"));
      switch (type(fields, COMPUTE_TYPES)) {
        case "gating", "gate_on_zero_operand" -> gates = true;
        default -> skips = true;
      }
    }
    return new SparseSpec.Compute(gates, skips, energies.energiesPj());
  }
}
