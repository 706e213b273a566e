package org.einloom.explore.engine;

import java.util.List;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;

/** Says which points to look at. */
public interface PointSource {
  /** How many there will be; at most, where conditions may rule some out. */
  long most();

  /**
   * Whether points may be taken in another order within what {@link #next} gave: the promising ones
   * first, which cut others.
   */
  boolean anyOrder();

  /**
   * The next points.
   *
   * @param results of those that it gave before
   * @return none at the end
   */
  List<Point> next(List<PointResult> results);
}
