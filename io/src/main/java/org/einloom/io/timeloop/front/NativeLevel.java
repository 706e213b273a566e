package org.einloom.io.timeloop.front;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.front.Piece.Node;
import org.jspecify.annotations.Nullable;

/**
 * A level of the native form.
 *
 * @param name without a range
 * @param node the component that it is, or whose instances it is before
 * @param between whether it is the place before the instances of a fanout
 * @param loops what is asked of its loops, by type
 * @param keeps what is asked of its tensors; null for nothing
 */
record NativeLevel(
    String name,
    Node node,
    boolean between,
    long meshX,
    long meshY,
    Map<String, Loops> loops,
    Keeps.@Nullable Choice keeps,
    List<Rules> limits,
    Position at) {
  NativeLevel {
    loops = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(loops));
    limits = List.copyOf(limits);
  }
}
