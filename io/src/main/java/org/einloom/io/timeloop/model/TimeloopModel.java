package org.einloom.io.timeloop.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.SparseAccounting;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;

/**
 * A Timeloop specification in Einloom's terms.
 *
 * @param einsum the problem
 * @param hardware the architecture
 * @param mapping how it runs, if the files say so
 * @param sparse what the files say of zeros, if they do anything about them
 * @param remarks what of the files has no meaning, or is taken in a certain way
 */
public record TimeloopModel(
    Einsum einsum,
    Hardware hardware,
    Optional<Mapped> mapping,
    Optional<Sparse> sparse,
    List<Remark> remarks) {
  public TimeloopModel {
    remarks = List.copyOf(remarks);
  }

  /**
   * The hardware.
   *
   * @param architecture memories by Timeloop's names, a fanout between two of which the inner has
   *     more instances, a compute. Words of all tensors are as wide as those of the outermost
   *     memory: Timeloop counts words, whatever their width
   * @param machine what Timeloop's accounting needs besides
   */
  public record Hardware(Architecture architecture, Machine machine) {}

  /**
   * A mapping.
   *
   * @param nest as Timeloop has it
   * @param tree the same for Einloom's own rules
   * @param at where it stands
   */
  public record Mapped(Nest nest, LoopTree tree, Position at) {}

  /**
   * Sparse tensors.
   *
   * @param spec what hardware does about zeros
   * @param loops of the mapping, if the files have one, with those of one iteration
   * @param at where it stands
   */
  public record Sparse(SparseSpec spec, Optional<SparseNest> loops, Position at) {}

  /**
   * Sparse tensors by Einloom's own rules.
   *
   * @param architecture with memories that hold metadata, too
   * @param nodes what zeros cost, by memory and compute
   * @param remarks what of the files means nothing, or is taken in a certain way
   */
  public record OwnSparse(
      Architecture architecture,
      Sparsity sparsity,
      Map<String, SparseNode> nodes,
      List<Remark> remarks) {
    public OwnSparse {
      nodes = Map.copyOf(nodes);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Reads what a specification means.
   *
   * @throws org.einloom.io.input.InputException if the architecture or the problem is missing, or
   *     anything in the files contradicts
   */
  public static TimeloopModel of(TimeloopSpec spec) {
    return new Translation(spec, true).model();
  }

  /**
   * The same where nobody asks what anything costs: all energies and areas are 0, and neither
   * tables nor technologies are needed.
   *
   * @throws org.einloom.io.input.InputException as {@link #of} does
   */
  public static TimeloopModel withoutCosts(TimeloopSpec spec) {
    return new Translation(spec, false).model();
  }

  /**
   * What the mapping costs by Timeloop's rules.
   *
   * @throws org.einloom.workload.InvalidSpecException if it does not fit the hardware, or something
   *     is not modelled
   */
  public Accounting.Account account(Switches switches) {
    Mapped mapped = mapping.orElseThrow();
    if (sparse.isPresent()) {
      return sparseAccount(switches).account();
    }
    return mapped
        .at()
        .locate(
            () ->
                Accounting.of(
                    mapped.nest(), hardware.architecture(), hardware.machine(), switches));
  }

  /**
   * What the mapping costs by Timeloop's rules, zeros left out where the hardware does.
   *
   * @throws org.einloom.workload.InvalidSpecException as {@link #account} does
   */
  public SparseAccounting.SparseAccount sparseAccount(Switches switches) {
    Mapped mapped = mapping.orElseThrow();
    Sparse s = sparse.orElseThrow();
    return s.at()
        .locate(
            () ->
                SparseAccounting.of(
                    mapped.nest(),
                    s.loops().orElseThrow(),
                    s.spec(),
                    hardware.architecture(),
                    hardware.machine(),
                    switches));
  }

  /**
   * What the files say of sparse tensors, by Einloom's own rules.
   *
   * @throws org.einloom.workload.InvalidSpecException naming what has no counterpart there
   */
  public OwnSparse ownSparse() {
    Sparse s = sparse.orElseThrow();
    Mapped mapped = mapping.orElseThrow();
    return s.at()
        .locate(
            () ->
                OwnSparsity.of(
                    einsum,
                    hardware.architecture(),
                    mapped.nest(),
                    s.loops().orElseThrow(),
                    s.spec(),
                    s.at()));
  }

  /**
   * Returns where the files do nothing about zeros.
   *
   * @param what is not there for them
   * @throws org.einloom.io.input.InputException otherwise
   */
  public void requireDense(String what) {
    sparse.ifPresent(
        s -> {
          throw s.at()
              .error(
                  what,
                  "expected 'evaluate --timeloop ...', or files without sparse_optimizations");
        });
  }
}
