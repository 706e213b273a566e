package org.einloom.io.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.Objective;
import org.einloom.explore.Budget;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Method;
import org.einloom.io.input.Position;

/**
 * What a study's file says; what it names is not opened yet, but for tables.
 *
 * @param models the workloads
 * @param architecture the name of the base, and where it stands
 * @param settings what parameters set in it
 * @param bits widths of roles, in place of those of the architecture and the workloads
 * @param tables of measures that are given
 * @param mapping what mappings are chosen for
 */
public record StudySpec(
    String name,
    List<Model> models,
    String architecture,
    Position architectureAt,
    DesignSpace space,
    List<Setting> settings,
    Map<String, Template> bits,
    List<StudyTable> tables,
    List<Limit> limits,
    List<Budget> budgets,
    List<Goal> objectives,
    Objective mapping,
    Method method) {
  /**
   * A workload.
   *
   * @param model a network of the zoo, or a file
   * @param name what the study calls it
   * @param weight how often it runs, relative to the others; left out: 1
   * @param batch of an ONNX model
   * @param dimensions open ones of an ONNX model
   * @param products whether convolutions and matrix products alone are layers, of an ONNX model
   * @param parameters values for those of a YAML file
   * @param sparse what is sparse about it; empty where nothing is
   */
  public record Model(
      String model,
      Position at,
      String name,
      Optional<Template> weight,
      Optional<Template> batch,
      Map<String, Template> dimensions,
      boolean products,
      Map<String, Template> parameters,
      Optional<Sparse> sparse) {
    public Model {
      dimensions = Map.copyOf(dimensions);
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * What is sparse about a workload.
   *
   * @param file of sparsity
   * @param at where it is named
   * @param settings what parameters set in it
   */
  public record Sparse(String file, Position at, List<Setting> settings) {
    public Sparse {
      settings = List.copyOf(settings);
    }
  }

  /** A value of the architecture, or of a file of sparsity. */
  public record Setting(String path, Position at, Template value) {}

  public StudySpec {
    models = List.copyOf(models);
    settings = List.copyOf(settings);
    bits = Map.copyOf(bits);
    tables = List.copyOf(tables);
    limits = List.copyOf(limits);
    budgets = List.copyOf(budgets);
    objectives = List.copyOf(objectives);
  }
}
