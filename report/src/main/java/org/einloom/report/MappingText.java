package org.einloom.report;

import org.einloom.arch.Architecture;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/** How a mapping is written for people to read. */
@FunctionalInterface
public interface MappingText {
  /** The loop nest of one layer, over several lines. */
  String of(String layer, Einsum einsum, Architecture architecture, LoopTree mapping);
}
