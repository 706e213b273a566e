package org.einloom.io.timeloop;

import java.util.List;
import org.einloom.io.input.Position;

/**
 * Timeloop's tree of hardware, flattened.
 *
 * @param version as written, {@code 0.4}
 * @param name of the outermost subtree
 * @param storage the memories, outermost first; at least one
 * @param compute what stands innermost
 * @param networks those that levels name
 * @param others what Timeloop's model passes over
 * @param at where it begins
 */
public record TimeloopArchitecture(
    String version,
    String name,
    List<Level> storage,
    Level compute,
    List<Level> networks,
    List<Level> others,
    Position at) {
  public TimeloopArchitecture {
    storage = List.copyOf(storage);
    networks = List.copyOf(networks);
    others = List.copyOf(others);
  }

  /** The memories and then the compute. */
  public List<Level> levels() {
    return java.util.stream.Stream.concat(storage.stream(), java.util.stream.Stream.of(compute))
        .toList();
  }
}
