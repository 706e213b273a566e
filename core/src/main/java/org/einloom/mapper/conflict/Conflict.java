package org.einloom.mapper.conflict;

import java.util.List;
import java.util.Optional;
import org.einloom.mapper.conflict.Feasibility.Answer;

/**
 * Requirements that leave no mapping together, though each of them can be met without the others.
 *
 * @param members in the order in which they are told
 * @param smallest whether it is proven that these alone leave none and that no smaller set does;
 *     otherwise they leave none with the tiles and what memories may not keep as they are
 * @param other what is in conflict without any of these, too, if that was found
 */
public record Conflict(List<Member> members, boolean smallest, Optional<Conflict> other) {
  /**
   * One of them.
   *
   * @param remedy what would resolve this conflict, beginning with a verb: {@code raise the size of
   *     GLB to 18 KiB}
   * @param then whether there is a mapping then: where there is none, more stands in the way
   */
  public record Member(Requirement requirement, String remedy, Answer then) {}

  public Conflict {
    members = List.copyOf(members);
  }

  /** In one line: what conflicts, and what would resolve it. */
  public String message() {
    return ConflictText.of(this);
  }
}
