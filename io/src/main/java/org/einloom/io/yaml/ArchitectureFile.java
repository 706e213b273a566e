package org.einloom.io.yaml;

import org.einloom.arch.Architecture;
import org.einloom.arch.Design;

/**
 * All that an architecture's file says.
 *
 * @param mapspace what its {@code constraints} ask of every mapping on it
 */
public record ArchitectureFile(Design design, MapspaceSpec mapspace) {
  /** The only path, or the first. */
  public Architecture architecture() {
    return design.first();
  }
}
