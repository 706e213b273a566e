package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.sparse.Tariff.Flow;

/** What an operand costs and takes room for, format by format. */
final class OperandPrice {
  private final Problem problem;
  private final Odds odds;
  private final Stock stock;
  private final Room room;
  private final Link[][] links;

  // of one question
  private Link atCompute;
  private boolean atComputeKnown;

  /** A tile in a format, and the bits that it takes where room is limited. */
  private record Kept(
      TensorFormat format,
      boolean compresses,
      Law.Stored stored,
      double bits,
      double metadataBits) {}

  /** Whether what was asked for last is no more than it costs, and may be less. */
  boolean estimated;

  OperandPrice(Problem problem, Odds odds, Stock stock, Room room) {
    this.problem = problem;
    this.odds = odds;
    this.stock = stock;
    this.room = room;
    links = new Link[problem.result][problem.architecture.memories().size() + 1];
    for (Link[] of : links) {
      java.util.Arrays.setAll(of, _ -> new Link(problem, odds));
    }
    atCompute = new Link(problem, odds);
  }

  /**
   * All ways to store it.
   *
   * @param point what has to be there for a point to be done is added here
   * @param pointNotSkipped and here, for it not to be skipped
   * @return empty if there is none that is counted
   */
  List<Option> options(State s, int t, Needs point, Needs pointNotSkipped) {
    var of = new ArrayList<Option>();
    int[] chain = s.structure.chain[t];
    for (int k = 1; k < chain.length; k++) {
      boolean bound = !s.settled(t, k);
      double held =
          k >= s.placed(t) && problem.ranks[t].windows
              ? room.mostWords(s, t, k)
              : Double.POSITIVE_INFINITY;
      links[t][k].need(s, t, k);
      links[t][k].operand(s, t, k, entries(s, t, k), held, bound);
      if (links[t][k].refused) {
        return of;
      }
      estimated |= links[t][k].estimated;
    }
    atCompute = atCompute(s, t);
    if (atCompute.refused) {
      return of;
    }
    estimated |= atCompute.estimated;
    point.addAll(atCompute.done());
    pointNotSkipped.addAll(atCompute.notSkipped());
    var ways = new ArrayList<List<Kept>>();
    for (int k = 0; k < s.placed(t); k++) {
      ways.add(kept(s, t, k));
    }
    combine(s, t, ways, 0, new Kept[ways.size()], of);
    return of;
  }

  /** What computes take of an operand; found once for a structure if it depends on points alone. */
  private Link atCompute(State s, int t) {
    int last = s.structure.chain[t].length;
    atComputeKnown = s.structure.atPoints(t) || s.exact();
    if (problem.padded && s.structure.pointwise && !s.exact()) {
      Link known = s.structure.leastAtComputes[t];
      if (known == null) {
        known = new Link(problem, odds);
        known.need(s.structure.whole(), t, last);
        known.leastAtComputes(s.structure.whole(), t);
        s.structure.leastAtComputes[t] = known;
      }
      return known;
    }
    if (!s.structure.atPoints(t)) {
      Link link = links[t][last];
      link.need(s, t, last);
      link.operand(s, t, last, problem.points(), Double.POSITIVE_INFINITY, !s.exact());
      return link;
    }
    Link known = s.structure.atComputes[t];
    if (known == null) {
      known = new Link(problem, odds);
      known.need(s.structure.whole(), t, last);
      known.operand(
          s.structure.whole(), t, last, problem.points(), Double.POSITIVE_INFINITY, false);
      s.structure.atComputes[t] = known;
    }
    return known;
  }

  /** Words that enter a place, over all instances, where tiles do not overlap. */
  private double entries(State s, int t, int place) {
    boolean moves = place >= s.placed(t) && room.tooLarge(s, t, place);
    return problem.words[t]
        * s.rounds(t, s.loopsAbove(t, place), moves)
        * s.structure.irrelevantAbove(t, s.structure.chain[t][place]);
  }

  /** The formats that a place may have its tile in. */
  private List<Kept> kept(State s, int t, int place) {
    int node = s.structure.chain[t][place];
    long[] values = s.valuesBelow(t, place);
    double words = problem.tileWords(t, values);
    int width = problem.architecture.widths().of(problem.tensors.get(t));
    boolean limited = stock.limited(node);
    var kept = new ArrayList<Kept>();
    for (TensorFormat f : problem.formats[t][node]) {
      boolean compresses = f.compresses();
      if (compresses && s.structure.partsDiffer(t)) {
        continue; // it is not told what the part of it takes that a memory further in is filled
        // with
      }
      Law.Stored stored = problem.law[t].stored(f, values);
      if (stored.fits()) {
        double bits = limited ? stock.bits(node, words, f, stored, width) : 0;
        double metadata = limited ? stock.metadata(node, words, f, stored) : 0;
        kept.add(new Kept(f, compresses, stored, bits, metadata));
      }
    }
    return kept;
  }

  private void combine(
      State s, int t, List<List<Kept>> ways, int place, Kept[] kept, List<Option> of) {
    if (place < kept.length) {
      for (Kept way : ways.get(place)) {
        kept[place] = way;
        combine(s, t, ways, place + 1, kept, of);
      }
      return;
    }
    boolean closed = counted(s, t, kept);
    estimated |= !closed && problem.byPlace;
    if (closed || problem.byPlace) {
      var bill = new Bill(problem.tariff.ports);
      charge(s, t, kept, closed, bill);
      var formats = new TensorFormat[kept.length];
      var bits = new double[2][kept.length];
      for (int k = 0; k < kept.length; k++) {
        formats[k] = kept[k].format;
        bits[0][k] = kept[k].bits;
        bits[1][k] = kept[k].metadataBits;
      }
      of.add(new Option(formats, bits[0], bits[1], bill));
    }
  }

  /** Whether its words are occupied may depend on the place, or what they need, but not both. */
  private boolean counted(State s, int t, Kept[] kept) {
    boolean compressed = false;
    for (int k = 0; k < kept.length && problem.law[t].uneven(); k++) {
      compressed |= kept[k].compresses;
    }
    if (!compressed) {
      return true;
    }
    boolean others = problem.ranks[t].windows;
    for (int k = 1; k <= s.structure.chain[t].length && !others; k++) {
      boolean last = k == s.structure.chain[t].length;
      Link link = last ? atCompute : links[t][k];
      // while loops are open regions may still change, and with them whether places differ
      boolean known = last ? atComputeKnown : s.settled(t, k);
      others = known ? odds.uneven(s, link.done()) > 0 : odds.mayBeUneven(link.done());
    }
    return !others;
  }

  private void charge(State s, int t, Kept[] kept, boolean closed, Bill bill) {
    Tariff tariff = problem.tariff;
    int[] chain = s.structure.chain[t];
    int last = chain.length;
    for (int k = 1; k <= last; k++) {
      Link link = k == last ? atCompute : links[t][k];
      boolean unknown =
          (k < last ? !s.settled(t, k) : !atComputeKnown) || link.estimated || !closed;
      // what is stored and what is needed may not go together
      double sure = closed || link.done().isEmpty() ? 1 : 0;
      boolean parentKnown = k - 1 < kept.length;
      boolean childKnown = k < kept.length;
      boolean parentCompresses = parentKnown && kept[k - 1].compresses;
      double parentWords = words(s, t, k - 1, kept);
      double parentBits = bits(s, t, k - 1, kept);
      double childWords = k < last ? words(s, t, k, kept) : 1;
      double childBits = k < last ? bits(s, t, k, kept) : 0;
      boolean ofChild = k < last && !parentCompresses;
      double wayWords = ofChild ? childWords : parentWords;
      double wayBits = ofChild ? childBits : parentBits;
      if (k < last && !parentKnown) {
        wayWords = Math.min(childWords, parentWords);
        wayBits = 0;
      }
      boolean decompress = parentCompresses && (k == last || (childKnown && !kept[k].compresses));
      int ways = s.structure.between[t][k].length;
      for (int i = 0; i <= ways; i++) {
        boolean way = i < ways;
        tariff.charge(
            bill,
            way ? s.structure.between[t][k][i] : chain[k - 1],
            t,
            Flow.READS,
            link.words[i],
            link.busiest[i],
            0,
            0,
            way ? wayWords : parentWords,
            sure * link.sureDone[i],
            sure * link.sureNotSkipped[i],
            way ? wayBits : parentBits,
            sure * link.metaSureDone[i],
            sure * link.metaSureNotSkipped[i],
            !way && decompress,
            unknown);
      }
      if (k < last) {
        tariff.charge(
            bill,
            chain[k],
            t,
            Flow.FILLS,
            link.entries,
            link.entries / s.structure.instances[chain[k]],
            0,
            0,
            childWords,
            sure * link.ownDone,
            sure * link.ownNotSkipped,
            childBits,
            sure * link.ownDone,
            sure * link.ownNotSkipped,
            false,
            unknown);
      }
    }
  }

  /** Stored words of a word of a tile; where the tile is not known the fewest. */
  private double words(State s, int t, int place, Kept[] kept) {
    if (place >= kept.length) {
      return room.leastStored(t, s.structure.chain[t][place]);
    }
    if (!kept[place].compresses) {
      return 1;
    }
    double words = kept[place].stored.perWord().words();
    Law law = problem.law[t];
    if (problem.ranks[t].windows && law.uneven() && kept[place].format.leavesOutZeros()) {
      // kept here alone, and some words are asked for more often than others
      double occupied = s.structure.sharesWords(t) ? Double.NaN : law.shareAtPoints();
      words -= law.share() - (Double.isNaN(occupied) ? 0 : occupied);
    }
    return Math.max(0, words);
  }

  /** The same of metadata, in bits. */
  private double bits(State s, int t, int place, Kept[] kept) {
    if (place >= kept.length) {
      return room.leastMetadata(t, s.structure.chain[t][place]);
    }
    return kept[place].compresses ? kept[place].stored.perWord().metadataBits() : 0;
  }
}
