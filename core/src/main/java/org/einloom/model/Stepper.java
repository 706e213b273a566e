package org.einloom.model;

import org.einloom.workload.InvalidSpecException;

/** Walks through the steps of one tensor. */
final class Stepper {
  private Stepper() {}

  static Stepped step(Compiled compiled, Compiled.Tensor tensor) {
    throw new InvalidSpecException("TODO stepping " + tensor.access + compiled.variables);
  }
}
