package org.einloom.explore;

import java.util.List;

/**
 * What is to be known of a study to read its results: everything but what makes designs of its
 * points.
 *
 * @param name what reports call it
 * @param architecture the name of the base
 * @param workloads the names of what runs on every point
 * @param limits what a point has to keep to
 * @param budgets questions to answer besides the front
 * @param objectives what the front is about
 * @param mapping what the mappings of every layer are chosen for
 * @param method which points are looked at, in words
 */
public record StudyBrief(
    String name,
    String architecture,
    List<String> workloads,
    List<Limit> limits,
    List<Budget> budgets,
    List<Goal> objectives,
    String mapping,
    String method) {
  /** The words for a method that leaves no combination out. */
  public static final String ALL = "all combinations";

  public StudyBrief {
    workloads = List.copyOf(workloads);
    limits = List.copyOf(limits);
    budgets = List.copyOf(budgets);
    objectives = List.copyOf(objectives);
  }

  /** Of a study. */
  public static StudyBrief of(Study study) {
    return new StudyBrief(
        study.name(),
        study.architecture(),
        study.workloads(),
        study.limits(),
        study.budgets(),
        study.objectives(),
        study.mapping().label(),
        switch (study.method()) {
          case Method.Factorial f -> ALL;
          case Method.Random r when r.points() >= study.space().size() -> ALL;
          case Method.Evolution e when e.points() >= study.space().size() -> ALL;
          case Method.Random r ->
              "%d points drawn at random, seed %d".formatted(r.points(), r.seed());
          case Method.Evolution e ->
              "%d points in generations of %d, seed %d"
                  .formatted(e.points(), e.population(), e.seed());
        });
  }
}
