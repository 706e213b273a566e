package org.einloom.sim;

import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;

/** What is counted of one tensor at one component: one entry per instance and flow. */
final class Tally {
  final long[] reads;
  final long[] fills;
  final long[] updates;
  final long[] drains;
  final long[] finalUpdates;
  final long[] finalDrains;
  final long[] links;
  private long largest;
  private boolean partial;

  Tally(int instances) {
    reads = new long[instances];
    fills = new long[instances];
    updates = new long[instances];
    drains = new long[instances];
    finalUpdates = new long[instances];
    finalDrains = new long[instances];
    links = new long[instances];
  }

  /** Notes how many words an instance holds. */
  void occupy(int words) {
    largest = Math.max(largest, words);
  }

  /** Notes that a word entered which later reductions still change. */
  void enteredIncomplete() {
    partial = true;
  }

  Flows flows(int instance) {
    return new Flows(
        reads[instance],
        fills[instance],
        updates[instance],
        drains[instance],
        finalUpdates[instance],
        finalDrains[instance],
        links[instance]);
  }

  Occupancy occupancy() {
    return new Occupancy(largest, partial);
  }

  int instances() {
    return reads.length;
  }
}
