package org.einloom.mapper.sparse;

import java.util.Arrays;

/** Energy, and time by port, while they are added up. */
final class Bill {
  double energyPj;

  /** By port, the cycles that its busiest instance takes. */
  final double[] cycles;

  /** Whether it needs an action that is not declared. */
  boolean impossible;

  Bill(int ports) {
    cycles = new double[ports];
  }

  void clear() {
    energyPj = 0;
    impossible = false;
    Arrays.fill(cycles, 0);
  }

  void add(Bill o) {
    energyPj += o.energyPj;
    impossible |= o.impossible;
    for (int i = 0; i < cycles.length; i++) {
      cycles[i] += o.cycles[i];
    }
  }

  /** The least of both in every figure. */
  void least(Bill o) {
    energyPj = Math.min(energyPj, o.energyPj);
    impossible &= o.impossible;
    for (int i = 0; i < cycles.length; i++) {
      cycles[i] = Math.min(cycles[i], o.cycles[i]);
    }
  }

  void set(Bill o) {
    energyPj = o.energyPj;
    impossible = o.impossible;
    System.arraycopy(o.cycles, 0, cycles, 0, cycles.length);
  }

  /** Whether it is no more than the other in any figure. */
  boolean atMost(Bill o) {
    if (energyPj > o.energyPj || (impossible && !o.impossible)) {
      return false;
    }
    for (int i = 0; i < cycles.length; i++) {
      if (cycles[i] > o.cycles[i]) {
        return false;
      }
    }
    return true;
  }

  double slowest() {
    double most = 0;
    for (double c : cycles) {
      most = Math.max(most, c);
    }
    return most;
  }

  Bill copy() {
    var copy = new Bill(cycles.length);
    copy.set(this);
    return copy;
  }
}
