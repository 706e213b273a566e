package org.einloom.component.sram;

import org.einloom.component.Factor;
import org.einloom.component.technology.Scaling;
import org.einloom.component.technology.Technology;

/**
 * From the nearest node that CACTI was run at to one beyond them all, at the same supply voltage:
 * the figures there times these factors ({@link Scaling}) are the estimate.
 *
 * @param fromNm that node
 * @param from the figures there
 * @param energy of reads and writes
 * @param delay of access and cycle
 * @param area of the macro
 * @param leakage of the macro
 */
public record SramScaling(
    int fromNm, SramFigures from, Factor energy, Factor delay, Factor area, Factor leakage) {

  /** Supply of CACTI's transistors up to 22 nm, and from 90 nm. */
  private static final double SMALL_VOLTS = 0.8;

  private static final double LARGE_VOLTS = 1.2;

  static SramScaling of(int fromNm, double toNm, SramFigures from) {
    double volts = toNm < fromNm ? SMALL_VOLTS : LARGE_VOLTS;
    Technology here = new Technology(fromNm, volts);
    Technology there = new Technology(toNm, volts);
    return new SramScaling(
        fromNm,
        from,
        Scaling.energy(here, there),
        Scaling.delay(here, there),
        Scaling.area(here, there),
        Scaling.leakage(here, there));
  }

  SramFigures figures() {
    return from.times(energy.value(), delay.value(), area.value(), leakage.value());
  }
}
