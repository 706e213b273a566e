package org.einloom.io.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.einloom.mapper.Tiling;

/**
 * What one place says about tile sizes; it may leave things open.
 *
 * @param imperfect whether tiles may be of any size; empty where it does not say
 * @param byVariable the same for single rank variables
 */
public record TilingChoice(Optional<Boolean> imperfect, Map<String, Boolean> byVariable) {
  /** Says nothing. */
  public static final TilingChoice OPEN = new TilingChoice(Optional.empty(), Map.of());

  public TilingChoice {
    byVariable = Map.copyOf(byVariable);
  }

  /**
   * This, and then what a place says that goes before it: one that speaks of all variables leaves
   * nothing of what was said about single ones.
   */
  public TilingChoice then(TilingChoice stronger) {
    if (stronger.imperfect.isPresent()) {
      return stronger;
    }
    var merged = new HashMap<>(byVariable);
    merged.putAll(stronger.byVariable);
    return new TilingChoice(imperfect, merged);
  }

  /** What it comes to; what nobody says is perfect. */
  public Tiling tiling() {
    return new Tiling(imperfect.orElse(false), byVariable);
  }
}
