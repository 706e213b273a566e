package org.einloom.evaluation;

import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Memory;
import org.einloom.counts.Flows;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * How flows become actions, and actions time. All such rules of one school of thought in one place,
 * so that a report can say by name which were used.
 */
public sealed interface Policy permits DefaultPolicy, TimeloopPolicy {
  /** Einloom's own rules. */
  Policy DEFAULT = new DefaultPolicy();

  /** Whose rules are those of Timeloop. */
  String TIMELOOP = "timeloop";

  /** What reports call it. */
  String name();

  /**
   * Which actions of a memory the flows of one tensor make, in words. Actions without words are
   * left out.
   *
   * @param flows of one instance, or of any sum of instances
   */
  SequencedMap<String, Words> memoryWords(Memory memory, TensorAccess tensor, Flows flows);

  /**
   * Which actions of a toll the flows of one tensor make if it has them, in words. Actions without
   * words are left out.
   */
  SequencedMap<String, Words> tollWords(TensorAccess tensor, Flows flows);

  /** What crosses the lower face of a fanout, in words. */
  Words transferWords(TensorAccess tensor, Flows flows);

  /** What neighbours hand on through a fanout's links, in words. */
  Words linkWords(TensorAccess tensor, Flows flows);

  /** How many actions it takes to move so many words of a tensor; may be fractional. */
  double actions(Action action, Words words, TensorAccess tensor, Widths widths);

  /**
   * The policy of that name: {@code default}, {@code timeloop}, or {@code timeloop:} and switches.
   *
   * @throws InvalidSpecException if there is none
   */
  static Policy named(String name) {
    if (name.equals("default")) {
      return DEFAULT;
    }
    if (name.equals(TIMELOOP)) {
      return new TimeloopPolicy(Switches.NONE);
    }
    if (name.startsWith(TIMELOOP + ":")) {
      return new TimeloopPolicy(Switches.parse(name.substring(TIMELOOP.length() + 1)));
    }
    throw new InvalidSpecException("unknown policy '" + name + "'; expected policy 'default'");
  }
}
