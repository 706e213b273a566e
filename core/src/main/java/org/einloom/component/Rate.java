package org.einloom.component;

/** How often a component can do an action. */
public sealed interface Rate {
  /** As often as anyone asks. */
  record Unlimited() implements Rate {}

  /**
   * In step with the clock: so many begin in a cycle.
   *
   * @param perCycle more than 0
   * @param pipelined whether the next begins before the last is done; if not, an action takes as
   *     many cycles as its latency needs
   */
  record Clocked(double perCycle, boolean pipelined) implements Rate {}

  /**
   * At a rate of its own, such as a memory chip's.
   *
   * @param perSecond more than 0
   */
  record Fixed(double perSecond) implements Rate {}

  /** No limit. */
  static Rate unlimited() {
    return new Unlimited();
  }

  /** One a cycle, pipelined. */
  static Rate onePerCycle() {
    return new Clocked(1, true);
  }

  /**
   * Actions per clock cycle and instance; positive infinity without a limit.
   *
   * @param latencyNs of one action
   */
  default double perCycle(double latencyNs, double clockHz) {
    return switch (this) {
      case Unlimited() -> Double.POSITIVE_INFINITY;
      case Fixed(double perSecond) -> perSecond / clockHz;
      case Clocked(double perCycle, boolean pipelined) ->
          pipelined
              ? perCycle
              // a latency that exceeds whole cycles by rounding errors alone does not need one more
              : perCycle / Math.max(1, Math.ceil(latencyNs * 1e-9 * clockHz * (1 - 1e-12)));
    };
  }
}
