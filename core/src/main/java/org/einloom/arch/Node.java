package org.einloom.arch;

/** A node of the hardware tree. What is below a node is described by the nodes after it. */
public sealed interface Node permits Memory, Toll, Fanout, Compute {
  /** Unique in its architecture. */
  String name();

  /** Per instance, um2. */
  Figure areaUm2();

  /** Leakage power per instance, uW (equal to pJ/us). */
  Figure leakageUw();
}
