package org.einloom.model;

/**
 * Numbers the steps of the computes, and their instances, in mixed radix by their temporal and
 * spatial indices, outer loops first. The time at which a step of a node further out begins is the
 * number of the first compute step in it.
 */
final class StepClock {
  /** After the last step. */
  static final long END = Long.MAX_VALUE;

  private final Compiled compiled;
  private final boolean perfect;

  /** What one more of each loop's index adds to the time, or to the instance. */
  private final long[] weight;

  final long times;
  final long instances;

  StepClock(Compiled compiled) {
    this.compiled = compiled;
    weight = new long[compiled.loopVariable.length];
    long time = 1;
    long instance = 1;
    for (int l = weight.length - 1; l >= 0; l--) {
      weight[l] = compiled.temporal(l) ? time : instance;
      if (compiled.temporal(l)) {
        time = Limits.multiply(time, compiled.loopCount[l]);
      } else {
        instance = Limits.multiply(instance, compiled.loopCount[l]);
      }
    }
    times = time;
    instances = instance;
    boolean all = true;
    for (boolean p : compiled.perfect) {
      all &= p;
    }
    perfect = all;
  }

  /** What a value of a variable adds to the time. */
  long time(int v, long value) {
    return sum(v, value, true);
  }

  /** What a value of a variable adds to the number of the instance. */
  long instance(int v, long value) {
    return sum(v, value, false);
  }

  private long sum(int v, long value, boolean temporal) {
    long sum = 0;
    long rest = value;
    for (int l : compiled.loopsOf[v]) {
      if (compiled.temporal(l) == temporal) {
        sum += rest / compiled.loopTile[l] * weight[l];
      }
      rest %= compiled.loopTile[l];
    }
    return sum;
  }

  /**
   * Tells values of a variable apart by whether its temporal indices are the first, the last, or
   * between: the order of what begins and ends in such an iteration does not depend on more.
   */
  long ends(int v, long value) {
    long ends = 0;
    long rest = value;
    for (int l : compiled.loopsOf[v]) {
      long index = rest / compiled.loopTile[l];
      rest %= compiled.loopTile[l];
      if (compiled.temporal(l)) {
        ends = 3 * ends + (index == 0 ? 0 : index == compiled.loopCount[l] - 1 ? 1 : 2);
      }
    }
    return ends;
  }

  /** Compute steps in one step of a node below so many loops. */
  long stepLength(int depth) {
    long n = 1;
    for (int l = depth; l < weight.length; l++) {
      n *= compiled.temporal(l) ? compiled.loopCount[l] : 1;
    }
    return n;
  }

  /**
   * When an instance's next active step begins, {@link #END} if it was its last.
   *
   * @param depth loops above the node
   * @param time when a step began in which the instance was active
   * @param computes the first compute instance below the instance
   */
  long next(int depth, long stepLength, long time, long computes) {
    if (perfect) {
      return times - time > stepLength ? time + stepLength : END;
    }
    // An index that is out of range, alone or together with spatial indices further in, is so for
    // all larger ones: the pieces of a loop are equal, but for the last, which is smaller.
    long next = time;
    for (int l = depth - 1; l >= 0; l--) {
      if (compiled.temporal(l)) {
        long index = next / weight[l] % compiled.loopCount[l];
        if (index + 1 < compiled.loopCount[l] && active(depth, next + weight[l], computes)) {
          return next + weight[l];
        }
        next -= index * weight[l];
      }
    }
    return END;
  }

  private boolean active(int depth, long time, long computes) {
    for (int v = 0; v < compiled.variables; v++) {
      long length = compiled.extent[v];
      for (int l : compiled.loopsOf[v]) {
        if (l >= depth) {
          break;
        }
        long number = compiled.temporal(l) ? time : computes;
        long first = number / weight[l] % compiled.loopCount[l] * compiled.loopTile[l];
        if (first >= length) {
          return false;
        }
        length = Math.min(compiled.loopTile[l], length - first);
      }
    }
    return true;
  }
}
