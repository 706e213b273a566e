package org.einloom.io.timeloop.model;

import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/**
 * A Timeloop specification in Einloom's terms.
 *
 * @param einsum the problem
 * @param hardware the architecture
 * @param mapping how it runs, if the files say so
 * @param remarks what of the files has no meaning, or is taken in a certain way
 */
public record TimeloopModel(
    Einsum einsum, Hardware hardware, Optional<Mapped> mapping, List<Remark> remarks) {
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
   * Reads what a specification means.
   *
   * @throws org.einloom.io.input.InputException if the architecture or the problem is missing, or
   *     anything in the files contradicts
   */
  public static TimeloopModel of(TimeloopSpec spec) {
    return new Translation(spec).model();
  }

  /**
   * What the mapping costs by Timeloop's rules.
   *
   * @throws org.einloom.workload.InvalidSpecException if it does not fit the hardware, or something
   *     is not modelled
   */
  public Accounting.Account account(Switches switches) {
    Mapped mapped = mapping.orElseThrow();
    return mapped
        .at()
        .locate(
            () ->
                Accounting.of(
                    mapped.nest(), hardware.architecture(), hardware.machine(), switches));
  }
}
