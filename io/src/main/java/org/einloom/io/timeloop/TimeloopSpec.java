package org.einloom.io.timeloop;

import java.util.List;
import java.util.Optional;

/**
 * All that the files of one Timeloop specification say.
 *
 * @param architecture of the hardware
 * @param problem what is computed
 * @param mapping how
 * @param energies the ERT
 * @param areas the ART
 * @param sections all other top-level keys that Timeloop knows, in the order of the files; a key of
 *     several files occurs several times
 * @param remarks what stands in the files and has no meaning, or was taken in a certain way
 */
public record TimeloopSpec(
    Optional<TimeloopArchitecture> architecture,
    Optional<TimeloopProblem> problem,
    Optional<TimeloopMapping> mapping,
    Optional<EnergyTable> energies,
    Optional<AreaTable> areas,
    List<Section> sections,
    List<Remark> remarks) {
  public TimeloopSpec {
    sections = List.copyOf(sections);
    remarks = List.copyOf(remarks);
  }

  /** The sections of that key, in the order of the files. */
  public List<Section> sections(String key) {
    return sections.stream().filter(s -> s.key().equals(key)).toList();
  }
}
