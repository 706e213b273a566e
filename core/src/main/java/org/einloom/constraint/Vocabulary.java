package org.einloom.constraint;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.arch.Keep;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.Spelling;
import org.einloom.workload.TensorAccess;

/**
 * The names that the Einsums of a workload give meaning to.
 *
 * @param workload its name
 */
record Vocabulary(String workload, Set<String> variables, Set<String> tensors) {
  private static final int MOST_LISTED = 20;

  static Vocabulary of(String workload, Collection<Einsum> einsums) {
    var variables = new TreeSet<String>();
    var tensors = new TreeSet<String>();
    for (Einsum einsum : einsums) {
      einsum.variables().stream().map(RankVariable::name).forEach(variables::add);
      for (TensorAccess tensor : einsum.tensors()) {
        tensors.add(tensor.name());
        tensors.add(tensor.tensor());
      }
    }
    return new Vocabulary(workload, variables, tensors);
  }

  void check(Constraint constraint) {
    switch (constraint) {
      case Constraint.Kept c -> tensors(c, c.tensors());
      case Constraint.Bypassed c -> tensors(c, c.tensors());
      case Constraint.TemporalFactor c -> variables(c, List.of(c.variable()));
      case Constraint.SpatialFactor c -> variables(c, List.of(c.variable()));
      case Constraint.LoopOrder c -> variables(c, c.variables());
      case Constraint.SpatialVariables c -> variables(c, c.variables());
      case Constraint.MinUtilization c -> {}
      case Constraint.Limit l -> {}
    }
  }

  private void variables(Constraint constraint, Collection<String> names) {
    check(constraint.origin(), "rank variable", names, variables);
  }

  private void tensors(Constraint constraint, Collection<String> names) {
    var known = new TreeSet<>(tensors);
    known.add(Keep.ALL);
    for (Role role : Role.values()) {
      known.add(role.label());
    }
    check(constraint.origin(), "tensor or role", names, known);
  }

  private void check(String origin, String what, Collection<String> names, Set<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        String more = known.size() > MOST_LISTED ? ", ..." : "";
        throw new InvalidSpecException(
            "%s: no layer of workload '%s' has a %s '%s'; there are %s%s%s"
                .formatted(
                    origin,
                    workload,
                    what,
                    name,
                    String.join(", ", known.stream().limit(MOST_LISTED).toList()),
                    more,
                    Spelling.nearest(name, known)
                        .map(n -> "; did you mean '" + n + "'?")
                        .orElse("")));
      }
    }
  }
}
