package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that no other stands for. Of two with one {@link LabelKey key} the same loops may
 * follow, and cost the same; so one that costs no more so far, in energy and on every port, stands
 * for both. Where sums are rounded in the end, either the sums that are have to be equal, or the
 * difference larger than what rounding can change.
 */
final class KnownLabels {
  private final Map<Structure, Map<LabelKey, List<Label>>> known = new HashMap<>();

  /** Whether no label that came later stands for it. */
  boolean isStill(Label l) {
    if (!l.structure().comparable) {
      return true;
    }
    List<Label> same = of(l.structure()).get(LabelKey.of(l));
    return same != null && same.contains(l);
  }

  /** Whether no known label stands for it; those that it stands for are forgotten. */
  boolean remember(Label l) {
    if (!l.structure().comparable) {
      return true;
    }
    List<Label> same = of(l.structure()).computeIfAbsent(LabelKey.of(l), k -> new ArrayList<>(1));
    for (Label o : same) {
      if (standsFor(o, l)) {
        return false;
      }
    }
    same.removeIf(o -> standsFor(l, o));
    same.add(l);
    return true;
  }

  private Map<LabelKey, List<Label>> of(Structure s) {
    return known.computeIfAbsent(s, k -> new HashMap<>());
  }

  private static boolean standsFor(Label a, Label b) {
    Structure s = a.structure();
    boolean same = Arrays.equals(a.tally().words, b.tally().words);
    double slack = same ? 0 : s.slackPj;
    if (!(a.tally().energyPj + slack <= b.tally().energyPj)) {
      return false;
    }
    for (int i = 0; i < s.slackCycles.length; i++) {
      double more = same ? 0 : s.slackCycles[i];
      if (!(a.tally().cycles[i] + more <= b.tally().cycles[i])) {
        return false;
      }
    }
    return true;
  }
}
