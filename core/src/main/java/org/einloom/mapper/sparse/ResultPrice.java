package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.sparse.Tariff.Flow;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** What the result costs and takes room for. */
final class ResultPrice {
  private final Problem problem;
  private final Room room;
  private final Link[] links;

  /** Whether what was asked for last is no more than it costs, and may be less. */
  boolean estimated;

  ResultPrice(Problem problem, Odds odds, Room room) {
    this.problem = problem;
    this.room = room;
    links = new Link[problem.architecture.memories().size() + 1];
    Arrays.setAll(links, _ -> new Link(problem, odds));
  }

  /**
   * The one way to store it.
   *
   * @param point what has to be there for a point to be done, but for what its own link needs,
   *     which is added
   * @param pointNotSkipped the same for it not to be skipped
   * @return empty if it is not counted
   */
  List<Option> options(State s, Needs point, Needs pointNotSkipped) {
    estimated = false;
    boolean exact = s.exact() || s.structure.regular;
    boolean anyOrder = problem.padded && s.structure.pointwise && !exact;
    int t = problem.result;
    int[] chain = s.structure.chain[t];
    int last = chain.length;
    double[] bits = new double[s.placed(t)];
    Bill bill = new Bill(problem.tariff.ports);
    double empties = problem.words[t];
    boolean[] partial = new boolean[last];
    for (int k = 1; k <= last; k++) {
      Link link = links[k];
      link.need(s, t, k);
      if (k == last) {
        point.addAll(link.done());
        pointNotSkipped.addAll(link.notSkipped());
        link.done().set(point);
        link.notSkipped().set(pointNotSkipped);
      }
      boolean bound = k < last ? !s.settled(t, k) : !exact;
      // what began empty is known where the parent is placed, or where nothing is added up above
      boolean knownAbove = s.settled(t, k - 1) || s.structure.irrelevantAbove(t, chain[k - 1]) <= 1;
      State of = k == last && (s.structure.regular || anyOrder) ? s.structure.whole() : s;
      link.result(
          of,
          k,
          entries(s, k),
          knownAbove ? empties : Double.NaN,
          bound && !(anyOrder && k == last),
          anyOrder && k == last);
      if (link.refused) {
        return List.of();
      }
      estimated |= link.estimated;
      empties =
          s.structure.irrelevantAbove(t, k < last ? chain[k] : chain[k - 1]) <= 1
              ? problem.words[t]
              : link.entries - link.starts;
      int ways = s.structure.between[t][k].length;
      partial[k - 1] |= link.merged > link.complete[ways];
      charge(s, link, k, bound || link.estimated, bill);
      if (k < last) {
        partial[k] = fillsBusiest(s, link, k) > 0;
      }
    }
    Widths widths = problem.architecture.widths();
    TensorAccess access = problem.tensors.get(t);
    for (int k = 0; k < bits.length; k++) {
      boolean known = k + 1 < s.placed(t) || k + 1 == last;
      double width = partial[k] ? widths.partialOf(access) : widths.of(access);
      double words = problem.ranks[t].words(s.valuesBelow(t, k));
      bits[k] = Math.ceil(words * (known ? width : room.leastWidth(t)));
    }
    var all = new ArrayList<Option>();
    all.add(new Option(new TensorFormat[0], bits, new double[bits.length], bill));
    return all;
  }

  private double entries(State s, int place) {
    int t = problem.result;
    if (place == s.structure.chain[t].length) {
      return problem.points();
    }
    boolean moves = place >= s.placed(t) && room.tooLarge(s, t, place);
    return problem.words[t]
        * s.rounds(t, s.loopsAbove(t, place), moves)
        * s.structure.irrelevantAbove(t, s.structure.chain[t][place]);
  }

  private double fillsBusiest(State s, Link link, int k) {
    int t = problem.result;
    int node = s.structure.chain[t][k];
    return Math.max(
        0,
        link.entries / s.structure.instances[node]
            - problem.words[t] / s.structure.relevantAbove[t][node]);
  }

  private void charge(State s, Link link, int k, boolean bound, Bill bill) {
    int t = problem.result;
    int[] chain = s.structure.chain[t];
    int ways = s.structure.between[t][k].length;
    for (int i = 0; i <= ways; i++) {
      int node = i < ways ? s.structure.between[t][k][i] : chain[k - 1];
      flow(
          bill,
          node,
          Flow.UPDATES,
          link.words[i],
          link.busiest[i],
          link.complete[i],
          link.completeBusiest[i],
          link.sureDone[i],
          link.sureNotSkipped[i],
          bound);
      flow(
          bill,
          node,
          Flow.READS,
          link.starts,
          link.startsBusiest[i],
          0,
          0,
          link.metaSureDone[i],
          link.metaSureNotSkipped[i],
          bound);
    }
    if (k < chain.length) {
      int node = chain[k];
      double busiest = link.entries / s.structure.instances[node];
      boolean whole = s.structure.irrelevantAbove(t, node) <= 1;
      flow(
          bill,
          node,
          Flow.FILLS,
          link.starts,
          fillsBusiest(s, link, k),
          0,
          0,
          link.metaSureDone[ways],
          link.metaSureNotSkipped[ways],
          bound);
      flow(
          bill,
          node,
          Flow.DRAINS,
          link.entries,
          busiest,
          whole ? problem.words[t] : 0,
          whole ? problem.words[t] / s.structure.relevantAbove[t][node] : 0,
          link.ownDone,
          link.ownNotSkipped,
          bound);
    }
  }

  private void flow(
      Bill bill,
      int node,
      Flow flow,
      double words,
      double busiest,
      double complete,
      double completeBusiest,
      double done,
      double notSkipped,
      boolean bound) {
    problem.tariff.charge(
        bill,
        node,
        problem.result,
        flow,
        words,
        busiest,
        complete,
        completeBusiest,
        1,
        done,
        notSkipped,
        0,
        0,
        0,
        false,
        bound);
  }
}
