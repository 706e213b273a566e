package org.einloom.evaluation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.counts.Flows;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * Timeloop's rules on actions: reads, fills and updates are {@code read}, {@code write} and {@code
 * update} actions, drains are free, a block that is not full is an action. Its rules on what flows
 * are those of {@link org.einloom.evaluation.timeloop.Accounting}; flows that were counted by other
 * rules are not for this policy.
 */
record TimeloopPolicy(Switches switches) implements Policy {
  @Override
  public String name() {
    return switches.policyName();
  }

  @Override
  public SequencedMap<String, Words> memoryWords(Memory memory, TensorAccess tensor, Flows flows) {
    var words = new LinkedHashMap<String, Words>();
    put(words, "read", flows.reads());
    put(words, "write", flows.fills());
    put(words, "update", flows.updates());
    return words;
  }

  @Override
  public SequencedMap<String, Words> tollWords(TensorAccess tensor, Flows flows) {
    var words = new LinkedHashMap<String, Words>();
    put(words, Toll.DOWN, flows.reads());
    put(words, Toll.UP, flows.updates());
    return words;
  }

  @Override
  public Words transferWords(TensorAccess tensor, Flows flows) {
    return new Words(flows.reads(), 0).plus(new Words(flows.updates(), 0));
  }

  @Override
  public Words linkWords(TensorAccess tensor, Flows flows) {
    return new Words(flows.links(), 0);
  }

  @Override
  public double actions(Action action, Words words, TensorAccess tensor, Widths widths) {
    double blocks =
        action.widthBits() == 0 ? words.count() : words.bits(tensor, widths) / action.widthBits();
    return switches.has(Switches.Switch.NO_CEILINGS) ? blocks : Math.ceil(blocks);
  }

  private static void put(SequencedMap<String, Words> words, String action, long count) {
    if (count > 0) {
      words.put(action, new Words(count, 0));
    }
  }
}
