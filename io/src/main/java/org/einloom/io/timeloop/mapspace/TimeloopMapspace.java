package org.einloom.io.timeloop.mapspace;

import java.util.List;
import org.einloom.io.timeloop.Remark;

/**
 * What a specification asks of mappings that are searched.
 *
 * @param constraints in the order of the files
 * @param imperfect whether tiles need not divide what they cut (Timeloop's template {@code ruby})
 * @param remarks what has no meaning
 */
public record TimeloopMapspace(
    List<TimeloopConstraint> constraints, boolean imperfect, List<Remark> remarks) {
  public TimeloopMapspace {
    constraints = List.copyOf(constraints);
    remarks = List.copyOf(remarks);
  }
}
