package org.einloom.io.yaml;

import org.einloom.constraint.Constraints;

/** What files say about the mappings to search: what is asked of them, and their tile sizes. */
public record MapspaceSpec(Constraints constraints, TilingChoice tiling) {
  /** Nothing is said. */
  public static final MapspaceSpec NONE = new MapspaceSpec(Constraints.NONE, TilingChoice.OPEN);

  /** All constraints of both; of tilings, those of the other go before these. */
  public MapspaceSpec and(MapspaceSpec other) {
    return new MapspaceSpec(constraints.and(other.constraints), tiling.then(other.tiling));
  }
}
