package org.einloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.TensorAccess.Rank;

/** A smaller iteration space, fewer operands, plainer ranks. */
final class SimplerEinsum {
  private SimplerEinsum() {}

  static List<Supplier<RandomCase>> of(RandomCase c) {
    List<Supplier<RandomCase>> attempts = new ArrayList<>();
    for (TensorAccess operand : c.einsum().operands()) {
      attempts.add(() -> without(c, operand));
    }
    for (RankVariable v : c.einsum().variables()) {
      attempts.add(() -> without(c, v));
      for (long extent : List.of(v.extent() / 2, v.extent() - 1)) {
        attempts.add(() -> shorter(c, v, extent));
      }
    }
    for (TensorAccess tensor : c.einsum().tensors()) {
      for (int r = 0; r < tensor.ranks().size(); r++) {
        int at = r;
        Rank rank = tensor.ranks().get(r);
        attempts.add(() -> withRank(c, tensor, at, List.of()));
        attempts.add(
            () -> withRank(c, tensor, at, List.of(new Rank(rank.expression(), rank.size() - 1))));
        attempts.add(
            () ->
                withRank(
                    c, tensor, at, List.of(new Rank(shifted(rank.expression()), rank.size()))));
        for (Affine.Term t : rank.expression().terms()) {
          Affine plainer = mapped(rank.expression(), u -> u.equals(t) ? plain(u) : List.of(u));
          attempts.add(() -> withRank(c, tensor, at, List.of(new Rank(plainer, rank.size()))));
        }
      }
    }
    return attempts;
  }

  private static RandomCase rebuilt(
      RandomCase c,
      List<RankVariable> variables,
      List<TensorAccess> operands,
      TensorAccess output) {
    var einsum = new Einsum(c.einsum().name(), variables, operands, output);
    return new RandomCase(
        c.seed(), einsum, c.architecture(), SimplerMapping.fit(einsum, c.mapping().nodes()));
  }

  private static RandomCase without(RandomCase c, TensorAccess operand) {
    var operands = new ArrayList<>(c.einsum().operands());
    operands.remove(operand);
    var nodes = new ArrayList<>(c.mapping().nodes());
    nodes.removeIf(n -> n instanceof Storage s && s.tensor().equals(operand.name()));
    var einsum =
        new Einsum(c.einsum().name(), c.einsum().variables(), operands, c.einsum().output());
    return new RandomCase(c.seed(), einsum, c.architecture(), SimplerMapping.fit(einsum, nodes));
  }

  /** Without a rank variable: it is 0 wherever it occurred. */
  private static RandomCase without(RandomCase c, RankVariable variable) {
    var variables = new ArrayList<>(c.einsum().variables());
    variables.remove(variable);
    UnaryOperator<TensorAccess> strip =
        t ->
            ranked(
                t,
                t.ranks().stream()
                    .map(
                        r ->
                            new Rank(
                                mapped(
                                    r.expression(),
                                    u ->
                                        u.variable().equals(variable.name())
                                            ? List.of()
                                            : List.of(u)),
                                r.size()))
                    .toList());
    return rebuilt(
        c,
        variables,
        c.einsum().operands().stream().map(strip).toList(),
        strip.apply(c.einsum().output()));
  }

  private static RandomCase shorter(RandomCase c, RankVariable variable, long extent) {
    var variables = new ArrayList<>(c.einsum().variables());
    variables.set(variables.indexOf(variable), new RankVariable(variable.name(), extent));
    return rebuilt(c, variables, c.einsum().operands(), c.einsum().output());
  }

  private static RandomCase withRank(
      RandomCase c, TensorAccess tensor, int at, List<Rank> instead) {
    var ranks = new ArrayList<>(tensor.ranks());
    ranks.remove(at);
    ranks.addAll(at, instead);
    UnaryOperator<TensorAccess> replace = t -> t.equals(tensor) ? ranked(t, ranks) : t;
    return rebuilt(
        c,
        c.einsum().variables(),
        c.einsum().operands().stream().map(replace).toList(),
        replace.apply(c.einsum().output()));
  }

  private static TensorAccess ranked(TensorAccess t, List<Rank> ranks) {
    return t.withRanks(ranks);
  }

  private static Affine mapped(
      Affine expression, java.util.function.Function<Affine.Term, List<Affine.Term>> change) {
    return new Affine(
        expression.terms().stream().flatMap(t -> change.apply(t).stream()).toList(),
        expression.offset());
  }

  private static List<Affine.Term> plain(Affine.Term term) {
    return term.coefficient() == 1 ? List.of() : List.of(new Affine.Term(1, term.variable()));
  }

  private static Affine shifted(Affine expression) {
    return new Affine(expression.terms(), expression.offset() - Long.signum(expression.offset()));
  }

  static long size(Einsum einsum) {
    long size = 0;
    for (RankVariable v : einsum.variables()) {
      size += 50 + 20 * v.extent();
    }
    for (TensorAccess t : einsum.tensors()) {
      size += 500;
      for (Rank r : t.ranks()) {
        size += 10 + Math.min(r.size(), 1000) + Math.abs(r.expression().offset());
        for (Affine.Term term : r.expression().terms()) {
          size += 5 + Math.abs(term.coefficient()) + (term.coefficient() < 0 ? 1 : 0);
        }
      }
    }
    return size;
  }
}
