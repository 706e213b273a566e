package org.einloom.io.yaml;

import static org.einloom.schema.Schema.anyOf;
import static org.einloom.schema.Schema.list;
import static org.einloom.schema.Schema.map;
import static org.einloom.schema.Schema.oneOf;
import static org.einloom.schema.Schema.ref;
import static org.einloom.schema.Schema.someOf;

import java.util.Map;
import org.einloom.schema.Schema;

/** What stands in studies. */
final class StudySchemas {
  private StudySchemas() {}

  static void define(Map<String, Schema> definitions) {
    definitions.put("study", StudyYaml.KEYS.schema());
    definitions.put("number", Schema.type("number", "string"));
    definitions.put("study_workloads", someOf(anyOf(ref("name"), StudyYaml.WORKLOAD.schema())));
    definitions.put("study_sparsity", anyOf(ref("name"), StudyYaml.SPARSITY.schema()));
    definitions.put("template_map", map(ref("scalar")));
    definitions.put("operators", oneOf("all", "products"));
    definitions.put(
        "study_parameters",
        map(
            anyOf(
                ref("scalar"),
                list(anyOf(ref("scalar"), list(ref("scalar")))),
                StudyParameters.RANGE.schema(),
                StudyParameters.FORMULA.schema(),
                StudyParameters.CASES.schema())));
    definitions.put("cases", map(ref("scalar")));
    definitions.put("conditions", list(Schema.type("string")));
    definitions.put("settings", map(ref("scalar")));
    definitions.put("study_bits", StudyYaml.BITS.schema());
    Schema measure = anyOf(ref("scalar"), StudyMeasures.AT.schema());
    definitions.put("limits", list(map(measure)));
    definitions.put("objective", anyOf(ref("name"), StudyMeasures.GOAL.schema()));
    definitions.put("budgets", map(map(anyOf(measure, ref("objective")))));
    definitions.put("objectives", someOf(ref("objective")));
    definitions.put("mapping_objective", oneOf("energy", "latency", "edp"));
    definitions.put(
        "method",
        anyOf(oneOf("factorial"), StudyMethod.RANDOM.schema(), StudyMethod.EVOLUTION.schema()));
  }
}
