package org.einloom.mapper.timeloop;

/**
 * What is added up on the way: energy of all instances, pJ; by port the cycles that it is busy; and
 * the words of links of which fractions are rounded in the end, so that equal sums can be told from
 * equal costs.
 */
final class Tally {
  double energyPj;
  final double[] cycles;
  final double[] words;

  Tally(int ports, int words) {
    cycles = new double[ports];
    this.words = new double[words];
  }

  private Tally(Tally o) {
    energyPj = o.energyPj;
    cycles = o.cycles.clone();
    words = o.words.clone();
  }

  Tally copy() {
    return new Tally(this);
  }
}
