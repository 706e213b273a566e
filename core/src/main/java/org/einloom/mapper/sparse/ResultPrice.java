package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.sparse.Tariff.Flow;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * What the result costs and takes room for, format by format. It may be compressed at its outermost
 * memory alone, where every word has to arrive once, complete. What arrives is counted so that it
 * is never more than in a mapping that begins so: if that is already more than the words there are,
 * no such mapping can compress. If it is not, what compressed updates cost is known: each word, as
 * its law says, whatever else is chosen.
 */
final class ResultPrice {
  private final Problem problem;
  private final Stock stock;
  private final Room room;
  private final Link[] links;

  /** Whether what was asked for last is no more than it costs, and may be less. */
  boolean estimated;

  ResultPrice(Problem problem, Odds odds, Stock stock, Room room) {
    this.problem = problem;
    this.stock = stock;
    this.room = room;
    links = new Link[problem.architecture.memories().size() + 1];
    Arrays.setAll(links, _ -> new Link(problem, odds));
  }

  /**
   * All ways to store it.
   *
   * @param point what has to be there for a point to be done, but for what its own link needs,
   *     which is added
   * @param pointNotSkipped the same for it not to be skipped
   * @return empty if there is none that is counted
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
          s,
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
    for (int k = 0; k < bits.length; k++) {
      boolean known = (k + 1 < s.placed(t) || k + 1 == last) && toldWidth(s);
      double words = problem.ranks[t].words(s.valuesBelow(t, k));
      bits[k] = Math.ceil(words * (known ? width(partial[k]) : room.leastWidth(t)));
    }
    boolean bound = last > 1 ? !s.settled(t, 1) : !exact;
    var all = new ArrayList<Option>();
    boolean plain = false;
    for (TensorFormat f : problem.formats[t][chain[0]]) {
      if (!f.compresses() && !plain) {
        plain = true;
        all.add(plain(s, f, bits, bill, bound || links[1].estimated));
      } else if (f.compresses() && links[1].merged <= problem.words[t]) {
        compressed(s, f, bits, bill).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Whether it is known if all words that are kept are complete. */
  private static boolean toldWidth(State s) {
    ResultWindow window = s.structure.window();
    return window == null || !window.coincides || (s.exact() && window.reduces);
  }

  private double width(boolean partial) {
    Widths widths = problem.architecture.widths();
    TensorAccess access = problem.tensors.get(problem.result);
    return partial ? widths.partialOf(access) : widths.of(access);
  }

  /** Every word that arrives at the outermost memory is stored. */
  private Option plain(State s, TensorFormat f, double[] bits, Bill bill, boolean bound) {
    Link link = links[1];
    int ways = s.structure.between[problem.result][1].length;
    Bill with = bill.copy();
    flow(
        with,
        s.structure.chain[problem.result][0],
        Flow.UPDATES,
        link.words[ways],
        link.busiest[ways],
        link.complete[ways],
        link.completeBusiest[ways],
        link.sureDone[ways],
        link.sureNotSkipped[ways],
        bound);
    return new Option(new TensorFormat[] {f}, bits, new double[bits.length], with);
  }

  /** Words arrive complete, and those that the law says are stored, whatever is left undone. */
  private Optional<Option> compressed(State s, TensorFormat f, double[] bits, Bill bill) {
    int t = problem.result;
    int node = s.structure.chain[t][0];
    Law.Stored stored = problem.law[t].stored(f, problem.extent);
    if (!stored.fits()) {
      return Optional.empty();
    }
    double words = problem.words[t];
    Bill with = bill.copy();
    problem.tariff.charge(
        with,
        node,
        t,
        Flow.UPDATES,
        words,
        words,
        words,
        words,
        stored.perWord().words(),
        1,
        1,
        stored.perWord().metadataBits(),
        1,
        1,
        false,
        false);
    double[] taken = bits.clone();
    double[] metadata = new double[bits.length];
    taken[0] = stock.bits(node, words, f, stored, (int) width(false));
    metadata[0] = stock.metadata(node, words, f, stored);
    return Optional.of(new Option(new TensorFormat[] {f}, taken, metadata, with));
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
    double instances = s.structure.instances[node];
    double busiest =
        Math.max(
            0, link.entries / instances - problem.words[t] / s.structure.relevantAbove[t][node]);
    // where it has less than others of what is padded, it may not be the busiest
    return s.structure.unequal ? Math.min(busiest, link.starts / instances) : busiest;
  }

  /** All but what arrives at the outermost memory, which depends on how that stores it. */
  private void charge(State s, Link link, int k, boolean bound, Bill bill) {
    int t = problem.result;
    int[] chain = s.structure.chain[t];
    int ways = s.structure.between[t][k].length;
    for (int i = 0; i <= ways; i++) {
      int node = i < ways ? s.structure.between[t][k][i] : chain[k - 1];
      if (i < ways || k > 1) {
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
      }
      flow(
          bill,
          node,
          Flow.READS,
          i < ways ? link.sent : link.starts,
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
