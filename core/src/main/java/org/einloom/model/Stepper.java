package org.einloom.model;

/**
 * Counts one tensor by walking through its steps, exactly, where no closed form is known. Operands
 * are walked through level by level, since what one level requests does not depend on the others;
 * results word by word, since no count of a result depends on two words.
 */
final class Stepper {
  private Stepper() {}

  /**
   * The tensor's exact counts.
   *
   * @throws org.einloom.workload.InvalidSpecException when it would be too much to walk through
   */
  static Stepped step(Compiled compiled, Compiled.Tensor tensor) {
    StepLimit limit = new StepLimit(compiled, tensor);
    Chain chain = new Chain(compiled, tensor);
    return tensor.result
        ? new ResultStepper(chain, limit).count()
        : new OperandStepper(chain, limit).count();
  }
}
