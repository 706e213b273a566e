package org.einloom.model;

import org.einloom.workload.InvalidSpecException;

/** Walks through the steps of one tensor. */
final class Stepper {
  private Stepper() {}

  @SuppressWarnings("DoNotCallSuggester")
  static Stepped step(Compiled compiled, Compiled.Tensor tensor) {
    throw new InvalidSpecException(
        "tensor '"
            + tensor.access.name()
            + "' of Einsum '"
            + compiled.einsum.name()
            + "' has no closed form under this mapping, and stepping is not built yet");
  }
}
