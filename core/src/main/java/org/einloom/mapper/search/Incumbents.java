package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.Objective;
import org.einloom.mapping.LoopTree;
import org.jspecify.annotations.Nullable;

/**
 * The best found so far: one mapping, or the front of energy and latency. Among equals of the
 * objective the smaller energy-delay product wins: many mappings have the least latency, and few of
 * them are sensible.
 */
class Incumbents {
  /** Below this difference two sums of doubles are the same number. */
  private static final double SAME = 1e-11;

  private final Objective objective;
  private final boolean front;
  private final double frontWithin;
  private final double clockHz;
  private final double maxEnergyPj;
  private final double maxLatencyS;

  double value = Double.POSITIVE_INFINITY;
  double tie = Double.POSITIVE_INFINITY;
  @Nullable LoopTree mapping;

  /**
   * A point of the front.
   *
   * @param energyPj leakage included
   */
  record Point(double energyPj, double cycles, LoopTree mapping) {}

  final List<Point> points = new ArrayList<>();

  /** With all of the front. */
  Incumbents(
      Objective objective, boolean front, double clockHz, double maxEnergyPj, double maxLatencyS) {
    this(objective, front, Double.POSITIVE_INFINITY, clockHz, maxEnergyPj, maxLatencyS);
  }

  /**
   * @param frontWithin of the front only points of at most this energy-delay product, pJ s
   */
  Incumbents(
      Objective objective,
      boolean front,
      double frontWithin,
      double clockHz,
      double maxEnergyPj,
      double maxLatencyS) {
    this.objective = objective;
    this.front = front;
    this.frontWithin = frontWithin;
    this.clockHz = clockHz;
    this.maxEnergyPj = maxEnergyPj;
    this.maxLatencyS = maxLatencyS;
  }

  /** The same question with nothing known. */
  Incumbents anew() {
    return new Incumbents(objective, false, clockHz, maxEnergyPj, maxLatencyS);
  }

  /** Whether it costs what is said of the best, if its energy and cycles are these. */
  boolean isBest(double energyPj, double cycles) {
    double v = value(energyPj, cycles);
    double t = tie(energyPj, cycles);
    return Math.abs(v - value) <= 1e-9 * v && Math.abs(t - tie) <= 1e-9 * t;
  }

  /** Nothing is known any more. */
  void forget() {
    value = Double.POSITIVE_INFINITY;
    tie = Double.POSITIVE_INFINITY;
    mapping = null;
    points.clear();
  }

  boolean wantsFront() {
    return front;
  }

  double value(double energyPj, double cycles) {
    return objective.value(energyPj, cycles / clockHz);
  }

  double tie(double energyPj, double cycles) {
    return Objective.EDP.value(energyPj, cycles / clockHz);
  }

  /** Whether nothing that costs at least so much can improve what is known. */
  boolean prunes(double energyPj, double cycles) {
    if (energyPj > maxEnergyPj * (1 + SAME) || cycles / clockHz > maxLatencyS * (1 + SAME)) {
      return true;
    }
    if (front) {
      if (tie(energyPj, cycles) > frontWithin * (1 + SAME)) {
        return true;
      }
      for (Point p : points) {
        if (beats(p, energyPj, cycles)) {
          return true;
        }
      }
      return false;
    }
    double v = value(energyPj, cycles);
    if (v > value * (1 + SAME)) {
      return true;
    }
    return v >= value * (1 - SAME) && tie(energyPj, cycles) >= tie * (1 - SAME);
  }

  private static boolean beats(Point p, double energyPj, double cycles) {
    return p.energyPj <= energyPj * (1 + SAME) && p.cycles <= cycles * (1 + SAME);
  }

  /**
   * The most energy in pJ that may be added to something, so that {@link #prunes} does not hold
   * yet; less than 0 if it does anyhow, and infinite if it never does.
   */
  double roomPj(double energyPj, double cycles) {
    if (prunes(energyPj, cycles)) {
      return -1;
    }
    if (!prunes(Double.POSITIVE_INFINITY, cycles)) {
      return Double.POSITIVE_INFINITY;
    }
    // numbers that are not negative are in the order of their bits
    long room = Double.doubleToRawLongBits(0);
    long tooMuch = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    while (tooMuch - room > 1) {
      long middle = (room + tooMuch) >>> 1;
      if (prunes(energyPj + Double.longBitsToDouble(middle), cycles)) {
        tooMuch = middle;
      } else {
        room = middle;
      }
    }
    return Double.longBitsToDouble(room);
  }

  /**
   * Takes a mapping if it improves what is known. Who offers several at once, as {@link Beam} does,
   * may come with ones that the first of them beat.
   */
  void offer(double energyPj, double cycles, LoopTree found) {
    double v = value(energyPj, cycles);
    double t = tie(energyPj, cycles);
    if (v < value * (1 - SAME) || (v <= value * (1 + SAME) && t < tie)) {
      value = v;
      tie = t;
      mapping = found;
    }
    if (front && points.stream().noneMatch(p -> beats(p, energyPj, cycles))) {
      points.removeIf(p -> energyPj <= p.energyPj * (1 + SAME) && cycles <= p.cycles * (1 + SAME));
      points.add(new Point(energyPj, cycles, found));
    }
  }
}
