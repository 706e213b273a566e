package org.einloom.report;

import java.util.function.Consumer;
import org.einloom.explore.PointResult;

/** The finished points of a study, which are too many to be held at once and can be read again. */
@FunctionalInterface
public interface FinishedPoints {
  /** Reads all of them, in the same order each time. */
  void read(Consumer<PointResult> point);
}
