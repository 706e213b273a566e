package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.counts.Flows;
import org.einloom.evaluation.ComponentCost;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;

/** What neighbours hand on to each other, fanout by fanout, over the whole network. */
final class HandedOnNotes {
  private HandedOnNotes() {}

  private static final class Tally {
    double links;
    double reads;
    final Set<String> tensors = new LinkedHashSet<>();
  }

  static List<String> of(NetworkResult result) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (LayerResult l : result.layers()) {
      for (ComponentCost c : l.evaluation().components()) {
        if (c.node() instanceof Fanout) {
          c.flows()
              .forEach(
                  (tensor, flows) -> {
                    if (flows.links() > 0) {
                      Tally t = tallies.computeIfAbsent(c.node().name(), _ -> new Tally());
                      add(t, tensor, flows, l.repeats());
                    }
                  });
        }
      }
    }
    List<String> notes = new ArrayList<>();
    tallies.forEach(
        (fanout, t) ->
            notes.add(
                "neighbours on %s hand on %s words of %s; %s cross %s from above"
                    .formatted(
                        fanout,
                        Si.count(Math.round(t.links)),
                        String.join(", ", t.tensors),
                        Si.count(Math.round(t.reads)),
                        fanout)));
    return notes;
  }

  private static void add(Tally tally, String tensor, Flows flows, long repeats) {
    tally.links += (double) flows.links() * repeats;
    tally.reads += (double) flows.reads() * repeats;
    tally.tensors.add(tensor);
  }
}
