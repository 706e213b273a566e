package org.einloom.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A sum of products over a rectangular iteration space: {@code O[n,m,p] += I[n,c,p+r] * W[m,c,r]}.
 * Every point multiplies one word of every operand and adds the product to one word of the result;
 * padding reads as zero, and a product that falls outside the result is computed and dropped.
 *
 * @param name what messages call it
 * @param variables the rank variables, in the order written
 * @param operands the factors, at least one
 * @param output the result
 * @param operation what a compute has to offer for it: {@link #MAC} where it is what is said above.
 *     Counts do not depend on it
 */
public record Einsum(
    String name,
    List<RankVariable> variables,
    List<TensorAccess> operands,
    TensorAccess output,
    String operation) {
  /** To multiply and add. */
  public static final String MAC = "mac";

  /** One that multiplies and adds. */
  public Einsum(
      String name, List<RankVariable> variables, List<TensorAccess> operands, TensorAccess output) {
    this(name, variables, operands, output, MAC);
  }

  public Einsum {
    variables = List.copyOf(variables);
    operands = List.copyOf(operands);
    if (operands.isEmpty()) {
      throw new InvalidSpecException("Einsum '" + name + "' has no operand; expected at least one");
    }
    Map<String, Long> extents = new HashMap<>();
    long points = 1;
    for (RankVariable v : variables) {
      if (extents.put(v.name(), v.extent()) != null) {
        throw new InvalidSpecException(
            "Einsum '" + name + "' declares rank variable '" + v.name() + "' twice");
      }
      points = Checked.multiply(points, v.extent(), "the iteration space of Einsum '" + name + "'");
    }
    var names = new HashSet<String>();
    var all = new ArrayList<TensorAccess>(operands);
    all.add(output);
    for (TensorAccess access : all) {
      if (!names.add(access.name())) {
        throw new InvalidSpecException(
            "Einsum '" + name + "' has two tensors named '" + access.name() + "'");
      }
      if ((access.equals(output)) != (access.role() == Role.OUTPUT)) {
        throw new InvalidSpecException(
            "tensor '"
                + access.name()
                + "' of Einsum '"
                + name
                + "' has role "
                + access.role().label()
                + "; results, and only results, have role output");
      }
      access.words();
      for (TensorAccess.Rank rank : access.ranks()) {
        checkRange(name, access, rank, extents);
      }
    }
  }

  private static void checkRange(
      String name, TensorAccess access, TensorAccess.Rank rank, Map<String, Long> extents) {
    String what = "rank '" + rank.expression() + "' of tensor '" + access.name() + "'";
    long magnitude = Checked.add(Math.absExact(rank.expression().offset()), rank.size(), what);
    for (Affine.Term t : rank.expression().terms()) {
      Long extent = extents.get(t.variable());
      if (extent == null) {
        throw new InvalidSpecException(
            what
                + " of Einsum '"
                + name
                + "' uses '"
                + t.variable()
                + "', which is no rank variable; expected one of "
                + extents.keySet().stream().sorted().toList());
      }
      magnitude =
          Checked.add(
              magnitude, Checked.multiply(Math.absExact(t.coefficient()), extent, what), what);
    }
  }

  /** The operands, then the result. */
  public List<TensorAccess> tensors() {
    var all = new ArrayList<TensorAccess>(operands);
    all.add(output);
    return List.copyOf(all);
  }

  /** The access of that name; an {@link InvalidSpecException} names the known ones if none is. */
  public TensorAccess tensor(String tensorName) {
    for (TensorAccess access : operands) {
      if (access.name().equals(tensorName)) {
        return access;
      }
    }
    if (output.name().equals(tensorName)) {
      return output;
    }
    throw new InvalidSpecException(
        "unknown tensor '"
            + tensorName
            + "'; Einsum '"
            + name
            + "' has "
            + tensors().stream().map(TensorAccess::name).collect(Collectors.joining(", ")));
  }

  /** The extent of a rank variable; an {@link InvalidSpecException} if there is none. */
  public long extent(String variable) {
    for (RankVariable v : variables) {
      if (v.name().equals(variable)) {
        return v.extent();
      }
    }
    throw new InvalidSpecException(
        "unknown rank variable '"
            + variable
            + "'; Einsum '"
            + name
            + "' has "
            + variables.stream().map(RankVariable::name).collect(Collectors.joining(", ")));
  }

  /** The number of points of the iteration space; each is one compute action, never padded. */
  public long computes() {
    long points = 1;
    for (RankVariable v : variables) {
      points *= v.extent();
    }
    return points;
  }

  /** The same computation under another name: what is compared to find layers that repeat. */
  public Einsum named(String newName) {
    return new Einsum(newName, variables, operands, output, operation);
  }

  /** As it is written in files: {@code O[m,n] += A[m,k] * B[k,n]}. */
  public String expression() {
    return output
        + " += "
        + operands.stream().map(TensorAccess::toString).collect(Collectors.joining(" * "));
  }
}
