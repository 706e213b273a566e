package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopProblem.DataSpace;
import org.einloom.io.timeloop.TimeloopProblem.Term;
import org.einloom.workload.Affine;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** From a problem to an Einsum: data spaces are tensors as large as the problem touches them. */
final class ProblemTranslation {
  private ProblemTranslation() {}

  static Einsum einsum(TimeloopProblem problem) {
    List<RankVariable> variables = new ArrayList<>();
    problem.extents().forEach((name, extent) -> variables.add(new RankVariable(name, extent)));
    List<TensorAccess> operands = new ArrayList<>();
    TensorAccess output = null;
    DataSpace weight = weight(problem);
    for (DataSpace space : problem.dataSpaces()) {
      Role role = space.readWrite() ? Role.OUTPUT : space.equals(weight) ? Role.WEIGHT : Role.INPUT;
      var access =
          new TensorAccess(
              space.name(), space.name(), role, ranks(space, problem), OptionalInt.empty());
      if (space.readWrite()) {
        output = access;
      } else {
        operands.add(access);
      }
    }
    return new Einsum(
        problem.name(), variables, operands, java.util.Objects.requireNonNull(output));
  }

  /** The operand that its name calls weights; else the second. */
  private static DataSpace weight(TimeloopProblem problem) {
    List<DataSpace> read = problem.dataSpaces().stream().filter(s -> !s.readWrite()).toList();
    return read.stream()
        .filter(
            s -> {
              String name = s.name().toLowerCase(Locale.ROOT);
              return name.startsWith("weight") || name.startsWith("filter");
            })
        .findFirst()
        .orElse(read.size() > 1 ? read.get(1) : problem.dataSpaces().getLast());
  }

  private static List<TensorAccess.Rank> ranks(DataSpace space, TimeloopProblem problem) {
    List<TensorAccess.Rank> ranks = new ArrayList<>();
    for (List<Term> terms : space.projection()) {
      long size = 1;
      List<Affine.Term> affine = new ArrayList<>();
      for (Term t : terms) {
        affine.add(new Affine.Term(t.coefficient(), t.dimension()));
        long last = problem.extents().getOrDefault(t.dimension(), 1L) - 1;
        String what = "the size of '" + space.name() + "'";
        size = Checked.add(size, Checked.multiply(t.coefficient(), last, what), what);
      }
      ranks.add(new TensorAccess.Rank(new Affine(affine, 0), size));
    }
    return ranks;
  }
}
