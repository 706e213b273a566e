package org.einloom.mapper.conflict;

import java.util.List;

/**
 * Requirements that leave no mapping together, though each of them can be met without the others.
 *
 * @param members in the order in which they are told
 * @param smallest whether it is proven that no smaller set leaves none
 */
public record Conflict(List<Member> members, boolean smallest) {
  /**
   * One of them.
   *
   * @param remedy what would resolve this conflict, beginning with a verb: {@code raise the size of
   *     GLB to 18 KiB}
   * @param enough whether there is a mapping then; otherwise more stands in the way
   */
  public record Member(Requirement requirement, String remedy, boolean enough) {}

  public Conflict {
    members = List.copyOf(members);
  }

  /** In one line: what conflicts, and what would resolve it. */
  public String message() {
    return ConflictText.of(this);
  }
}
