package org.einloom.arch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A memory: holds tiles of tensors.
 *
 * @param name unique in the architecture
 * @param capacityBits per instance; empty for unbounded (an off-chip memory, say)
 * @param keep which tensors it must and may hold
 * @param actions by name, {@code read} and {@code write} and, where updates cost differently,
 *     {@code update}; in file order
 * @param sharedPort whether all actions share one port, so that their times add up; otherwise each
 *     action has its own and the slowest decides
 * @param areaUm2 per instance
 * @param leakageUw per instance
 */
public record Memory(
    String name,
    OptionalLong capacityBits,
    Keep keep,
    SequencedMap<String, Action> actions,
    boolean sharedPort,
    Figure areaUm2,
    Figure leakageUw)
    implements Node {
  public Memory {
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
  }

  /** Convenience for tests and builders: plain map, order unspecified. */
  public static SequencedMap<String, Action> actions(Map<String, Action> actions) {
    return new LinkedHashMap<>(actions);
  }
}
