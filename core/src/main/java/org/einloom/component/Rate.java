package org.einloom.component;

/** How often a component can do an action. */
public sealed interface Rate {
  /** As often as anyone asks. */
  record Unlimited() implements Rate {}

  /**
   * In step with the clock: so many begin in a cycle.
   *
   * @param perCycle more than 0
   * @param busyNs until the next can begin, in whole cycles; 0 for what is pipelined
   */
  record Clocked(double perCycle, double busyNs) implements Rate {}

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
    return new Clocked(1, 0);
  }

  /** The rate of what takes so many of these actions. */
  default Rate over(double times) {
    return switch (this) {
      case Unlimited u -> u;
      case Fixed(double perSecond) -> new Fixed(perSecond / times);
      case Clocked(double perCycle, double busyNs) -> new Clocked(perCycle / times, busyNs);
    };
  }

  /**
   * The slower of two, whatever the clock; of one in step with the clock and one at a rate of its
   * own the latter, which is that of something outside.
   */
  static Rate slower(Rate a, Rate b) {
    if (a instanceof Unlimited || (a instanceof Clocked && b instanceof Fixed)) {
      return b;
    }
    if (a instanceof Clocked c && b instanceof Clocked d) {
      return new Clocked(Math.min(c.perCycle(), d.perCycle()), Math.max(c.busyNs(), d.busyNs()));
    }
    return a instanceof Fixed f && b instanceof Fixed g && g.perSecond() < f.perSecond() ? b : a;
  }

  /** Actions per clock cycle and instance; positive infinity without a limit. */
  default double perCycle(double clockHz) {
    return switch (this) {
      case Unlimited() -> Double.POSITIVE_INFINITY;
      case Fixed(double perSecond) -> perSecond / clockHz;
      // a time that exceeds whole cycles by rounding errors alone does not need one more
      case Clocked(double perCycle, double busyNs) ->
          perCycle / Math.max(1, Math.ceil(busyNs * 1e-9 * clockHz * (1 - 1e-12)));
    };
  }
}
