package org.einloom.evaluation.timeloop;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What children that ask for words in one step get.
 *
 * @param sent from above
 * @param linked words that they hand on to each other
 */
record Serving(Map<Fan.Signature, Fan.Sent> sent, double linked) {
  /**
   * Serves one step. Links are used if that saves any word from being sent.
   *
   * @param now what each child asks for
   * @param before what each asked for a step ago; empty where nothing is handed on
   * @param shared what children that ask for the same are sent once
   * @param toroidal whether the first and last of a row or column are neighbours
   */
  static Serving of(
      Fan fan,
      Map<Long, Delta> now,
      Map<Long, Delta> before,
      Fan.Sharing shared,
      boolean toroidal) {
    var without = fan.sent(now, now.keySet(), shared);
    Set<Long> linked = before.isEmpty() ? Set.of() : fan.linked(now, before, toroidal);
    if (linked.isEmpty()) {
      return new Serving(without, 0);
    }
    Set<Long> others = new HashSet<>(now.keySet());
    others.removeAll(linked);
    var with = fan.sent(now, others, shared);
    return words(with) < words(without)
        ? new Serving(with, linked.stream().mapToDouble(at -> words(now.get(at))).sum())
        : new Serving(without, 0);
  }

  void addTo(Traffic.Sum sum, double times) {
    sum.add(sent, times);
    sum.addLinked(linked * times);
  }

  private static double words(Map<Fan.Signature, Fan.Sent> sent) {
    return sent.values().stream().mapToDouble(Fan.Sent::words).sum();
  }

  private static double words(@Nullable Delta delta) {
    return delta == null ? 0 : delta.words();
  }
}
