package org.einloom.component.sram;

import java.util.List;
import java.util.Optional;

/**
 * What an SRAM costs, and how well that is founded.
 *
 * @param spec the memory
 * @param figures what it costs
 * @param organisation how each bank is cut; of the nearer node where nodes are interpolated
 * @param model which constants the figures rest on
 * @param scaling what brought them to this technology, where it lies beyond all nodes
 * @param notes where the estimate goes beyond what it was checked on; empty where it does not
 * @param errors as measured; empty where the estimate goes beyond
 */
public record SramEstimate(
    SramSpec spec,
    SramFigures figures,
    SramOrganisation organisation,
    String model,
    Optional<SramScaling> scaling,
    List<String> notes,
    Optional<SramErrors> errors) {

  public SramEstimate {
    notes = List.copyOf(notes);
  }

  /** Whether it goes beyond the memories and technologies that it was checked on. */
  public boolean extrapolated() {
    return !notes.isEmpty();
  }
}
