package org.einloom.io.yaml;

import org.einloom.arch.Architecture;

/**
 * All that an architecture's file says.
 *
 * @param mapspace what its {@code constraints} ask of every mapping on it
 */
public record ArchitectureFile(Architecture architecture, MapspaceSpec mapspace) {}
