package org.einloom.explore;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.Objective;

/**
 * What is asked of a design space. How its points become designs and workloads is the matter of a
 * {@link PointBuilder}.
 *
 * @param name what reports call it
 * @param digest hexadecimal digits that differ where anything that decides the figures of a point
 *     differs: the base architecture, the workloads, what parameters set, what mappings are chosen
 *     for. Results of studies with equal digests can be put together, point by point
 * @param architecture the name of the base
 * @param workloads the names of what runs on every point, at least one, each once
 * @param space the parameters and their values
 * @param limits what a point has to keep to; others are no answers
 * @param budgets questions to answer besides the front
 * @param objectives what the front is about, at least one
 * @param mapping what the mappings of every layer are chosen for
 * @param method which points are looked at
 */
public record Study(
    String name,
    String digest,
    String architecture,
    List<String> workloads,
    DesignSpace space,
    List<Limit> limits,
    List<Budget> budgets,
    List<Goal> objectives,
    Objective mapping,
    Method method) {
  public Study {
    workloads = List.copyOf(workloads);
    limits = List.copyOf(limits);
    budgets = List.copyOf(budgets);
    objectives = List.copyOf(objectives);
    if (workloads.isEmpty() || objectives.isEmpty()) {
      throw new IllegalArgumentException("a study without a workload, or without an objective");
    }
  }

  /** Everything that points are judged by, each once: objectives, then limits, then budgets. */
  public List<Measure> measures() {
    List<Measure> all = new ArrayList<>();
    objectives.forEach(g -> all.add(g.measure()));
    limits.forEach(l -> all.add(l.measure()));
    budgets.forEach(
        b -> {
          all.add(b.best().measure());
          b.limits().forEach(l -> all.add(l.measure()));
        });
    return all.stream().distinct().toList();
  }
}
