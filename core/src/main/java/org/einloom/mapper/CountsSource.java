package org.einloom.mapper;

import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/**
 * Where a mapper gets the exact counts of a candidate from: the model, or in tests the simulator.
 */
@FunctionalInterface
public interface CountsSource {
  /** The counts of a legal mapping. May be called by several threads at once. */
  Counts counts(Einsum einsum, Architecture architecture, LoopTree mapping);
}
