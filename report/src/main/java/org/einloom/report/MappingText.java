package org.einloom.report;

import org.einloom.arch.Architecture;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/** How a mapping is written for people to read. */
@FunctionalInterface
public interface MappingText {
  /** The loop nest of one Einsum, over several lines. */
  String of(Einsum einsum, Architecture architecture, LoopTree mapping);
}
