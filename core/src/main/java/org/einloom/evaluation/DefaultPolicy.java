package org.einloom.evaluation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.counts.Flows;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * Einloom's own rules.
 *
 * <ul>
 *   <li>{@code read} actions serve reads, drains and what is handed on to neighbours; {@code write}
 *       actions take fills and updates, unless the memory declares {@code update} actions, which
 *       then take the updates.
 *   <li>A fanout's {@code transfer} actions serve reads and updates, its {@code link} actions what
 *       neighbours hand on.
 *   <li>A toll's {@code read} actions serve reads, its {@code update} actions updates.
 *   <li>Of a result, updates and drains of complete values have the complete width; all else, and
 *       so starting values and words read to be added to, has the partial width.
 *   <li>Words are packed: an action moves its width in bits, so counts may be fractional; an action
 *       without a width moves one word.
 * </ul>
 */
record DefaultPolicy() implements Policy {
  @Override
  public String name() {
    return "default";
  }

  @Override
  public SequencedMap<String, Words> memoryWords(Memory memory, TensorAccess tensor, Flows flows) {
    Words updates = updates(tensor, flows);
    Words fills = unfinished(tensor, flows.fills());
    var words = new LinkedHashMap<String, Words>();
    put(
        words,
        "read",
        unfinished(tensor, flows.reads())
            .plus(drains(tensor, flows))
            .plus(unfinished(tensor, flows.links())));
    if (memory.actions().containsKey("update")) {
      put(words, "write", fills);
      put(words, "update", updates);
    } else {
      put(words, "write", fills.plus(updates));
    }
    return words;
  }

  @Override
  public SequencedMap<String, Words> tollWords(TensorAccess tensor, Flows flows) {
    var words = new LinkedHashMap<String, Words>();
    put(words, Toll.DOWN, unfinished(tensor, flows.reads()));
    put(words, Toll.UP, updates(tensor, flows));
    return words;
  }

  @Override
  public Words transferWords(TensorAccess tensor, Flows flows) {
    return unfinished(tensor, flows.reads()).plus(updates(tensor, flows));
  }

  @Override
  public Words linkWords(TensorAccess tensor, Flows flows) {
    return unfinished(tensor, flows.links());
  }

  @Override
  public double actions(Action action, Words words, TensorAccess tensor, Widths widths) {
    return action.widthBits() == 0
        ? words.count()
        : words.bits(tensor, widths) / action.widthBits();
  }

  private static void put(SequencedMap<String, Words> words, String action, Words of) {
    if (of.count() > 0) {
      words.put(action, of);
    }
  }

  private static Words unfinished(TensorAccess tensor, long words) {
    return tensor.role() == Role.OUTPUT ? new Words(0, words) : new Words(words, 0);
  }

  private static Words updates(TensorAccess tensor, Flows flows) {
    return split(tensor, flows.updates(), flows.finalUpdates());
  }

  private static Words drains(TensorAccess tensor, Flows flows) {
    return split(tensor, flows.drains(), flows.finalDrains());
  }

  private static Words split(TensorAccess tensor, long words, long complete) {
    return tensor.role() == Role.OUTPUT
        ? new Words(complete, words - complete)
        : new Words(words, 0);
  }
}
