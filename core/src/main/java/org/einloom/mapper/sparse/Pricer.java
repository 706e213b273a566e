package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Memory;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.sparse.Tariff.Flow;
import org.einloom.sparsity.Kind;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * What a state costs at least, and a mapping exactly. With the mapping fixed, what a format changes
 * is what its own tensor costs and takes room for; so formats are chosen tensor by tensor, those
 * that are worse in everything left out, and then together.
 */
final class Pricer {
  /** One way to store a tensor at all places that are decided. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Option(TensorFormat[] formats, double[] bits, double[] metadata, Bill bill) {}

  /** The best formats for a mapping. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Best(double value, Option[] options) {}

  private static final double ROUNDING = 1e-12;

  private final Problem problem;
  private final Odds odds;
  private final Stock stock;
  private final Tariff tariff;
  private final Link[][] links;
  private final List<List<Option>> options = new ArrayList<>();
  private final Bill total;
  private final Bill least;
  private final Needs point;
  private final Needs pointNotSkipped;

  Pricer(Problem problem) {
    this.problem = problem;
    odds = new Odds(problem);
    stock = new Stock(problem);
    tariff = problem.tariff;
    int tensors = problem.tensors.size();
    int memories = problem.architecture.memories().size();
    links = new Link[tensors][memories + 1];
    for (Link[] of : links) {
      java.util.Arrays.setAll(of, _ -> new Link(problem, odds));
    }
    total = new Bill(tariff.ports);
    least = new Bill(tariff.ports);
    point = new Needs(tensors);
    pointNotSkipped = new Needs(tensors);
  }

  /**
   * A value that no mapping that begins so is below; positive infinity if there is none that fits
   * and is counted.
   */
  double bound(State s) {
    if (!price(s)) {
      return Double.POSITIVE_INFINITY;
    }
    for (List<Option> of : options) {
      least.set(of.getFirst().bill);
      for (Option o : of) {
        least.least(o.bill);
      }
      total.add(least);
    }
    return total.impossible ? Double.POSITIVE_INFINITY : tariff.value(total);
  }

  /** The best formats of a complete mapping, if they are better than a value. */
  Best best(State s, double than) {
    var none = new Best(Double.POSITIVE_INFINITY, new Option[0]);
    if (!price(s)) {
      return none;
    }
    for (List<Option> of : options) {
      undominated(of);
    }
    return choose(s, 0, new Option[options.size()], total.copy(), new Best(than, new Option[0]));
  }

  private Best choose(State s, int t, Option[] chosen, Bill sum, Best best) {
    if (t == options.size()) {
      double value = sum.impossible ? Double.POSITIVE_INFINITY : tariff.value(sum);
      return value < best.value && fits(s, chosen) ? new Best(value, chosen.clone()) : best;
    }
    Best found = best;
    for (Option o : options.get(t)) {
      Bill with = sum.copy();
      with.add(o.bill);
      chosen[t] = o;
      found = choose(s, t + 1, chosen, with, found);
    }
    return found;
  }

  private boolean fits(State s, Option[] chosen) {
    for (int n = 0; n < problem.architecture.nodes().size(); n++) {
      if (problem.node(n) instanceof Memory && stock.limited(n)) {
        double bits = 0;
        double metadata = 0;
        for (int t = 0; t < chosen.length; t++) {
          int k = place(s, t, n);
          bits += k < 0 ? 0 : chosen[t].bits[k];
          metadata += k < 0 ? 0 : chosen[t].metadata[k];
        }
        if (bits > stock.capacity(n) || metadata > stock.metadataCapacity(n)) {
          return false;
        }
      }
    }
    return true;
  }

  private static int place(State s, int tensor, int node) {
    int[] chain = s.structure.chain[tensor];
    for (int k = 0; k < chain.length; k++) {
      if (chain[k] == node) {
        return k;
      }
    }
    return -1;
  }

  /** Leaves out what another is no worse than; of equal ones the first stays. */
  private static void undominated(List<Option> of) {
    var kept = new ArrayList<Option>();
    for (Option o : of) {
      if (kept.stream().noneMatch(k -> atMost(k, o))) {
        kept.removeIf(k -> atMost(o, k));
        kept.add(o);
      }
    }
    of.clear();
    of.addAll(kept);
  }

  private static boolean atMost(Option a, Option b) {
    return a.bill.atMost(b.bill) && atMost(a.bits, b.bits) && atMost(a.metadata, b.metadata);
  }

  private static boolean atMost(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }

  /** Finds the options of all tensors, and in {@link #total} what is the same in all. */
  private boolean price(State s) {
    boolean complete = s.complete();
    boolean exact = complete || s.structure.pointwise;
    if (!hasRoom(s)) {
      return false;
    }
    total.clear();
    options.clear();
    point.clear();
    pointNotSkipped.clear();
    for (int t = 0; t < problem.result; t++) {
      if (!operand(s, t, exact)) {
        return false;
      }
    }
    return result(s, exact) && compute(s, exact);
  }

  private boolean operand(State s, int t, boolean exact) {
    int[] chain = s.structure.chain[t];
    for (int k = 1; k <= chain.length; k++) {
      Link link = k == chain.length ? atCompute(s, t) : links[t][k];
      if (k < chain.length || !s.structure.pointwise) {
        link.need(s, t, k);
        boolean bound = k < chain.length ? k >= s.placed(t) : !exact;
        link.operand(s, t, k, entries(s, t, k), bound);
      }
      if (link.refused) {
        return false;
      }
    }
    point.addAll(atCompute(s, t).done());
    pointNotSkipped.addAll(atCompute(s, t).notSkipped());
    var of = new ArrayList<Option>();
    var formats = new TensorFormat[s.placed(t)];
    combine(s, t, 0, formats, new double[2][formats.length], new Law.Stored[formats.length], of);
    options.add(of);
    return !of.isEmpty();
  }

  /** What computes take of an operand; found once for a structure if it depends on points alone. */
  private Link atCompute(State s, int t) {
    int last = s.structure.chain[t].length;
    if (!s.structure.pointwise) {
      return links[t][last];
    }
    Link known = s.structure.atComputes[t];
    if (known == null) {
      known = new Link(problem, odds);
      known.need(s.structure.whole(), t, last);
      known.operand(s.structure.whole(), t, last, problem.points(), false);
      s.structure.atComputes[t] = known;
    }
    return known;
  }

  private double entries(State s, int t, int place) {
    int[] chain = s.structure.chain[t];
    if (place == chain.length) {
      return problem.points();
    }
    boolean moves = place >= s.placed(t) && tooLarge(s, t, place);
    return problem.words[t]
        * s.rounds(t, s.loopsAbove(t, place), moves)
        * s.structure.irrelevantAbove(t, chain[place]);
  }

  /** Whether what is left of a tensor is too much for a memory even if it had it for itself. */
  private boolean tooLarge(State s, int t, int place) {
    int node = s.structure.chain[t][place];
    if (!stock.limited(node)) {
      return false;
    }
    double words = leftWords(s, t, node);
    return words > 1
        && Math.ceil(words * leastStored(t, node) * leastWidth(t) * (1 - ROUNDING))
            > stock.capacity(node) - held(s, t, node);
  }

  /** What tensors but one hold in a memory at least. */
  private double held(State s, int but, int node) {
    double bits = 0;
    for (int t = 0; t < problem.tensors.size(); t++) {
      int k = t == but ? -1 : place(s, t, node);
      if (k >= 0 && k < s.placed(t)) {
        double words = 1;
        for (long e : s.tile(t, s.above[t][k])) {
          words *= (double) e;
        }
        bits += words * leastStored(t, node) * leastWidth(t);
      } else if (k >= 0) {
        bits += leastStored(t, node) * leastWidth(t);
      }
    }
    return bits * (1 - ROUNDING);
  }

  /** Words of the tile that the place would have here. */
  private double leftWords(State s, int t, int node) {
    double words = 1;
    for (long e : s.tile(t, s.variable.length)) {
      words *= (double) e;
    }
    for (int f = s.crossed; f < s.structure.active.length; f++) {
      int fanout = s.structure.active[f];
      for (int v = 0; v < problem.variables && fanout < node; v++) {
        words /= problem.relevant[t][v] ? (double) s.structure.count(fanout, v) : 1;
      }
    }
    return words;
  }

  private double leastStored(int t, int node) {
    double least = 1;
    for (TensorFormat f : problem.formats[t][node]) {
      least = f.compresses() ? Math.min(least, problem.law[t].share()) : least;
    }
    return least;
  }

  private double leastWidth(int t) {
    Widths widths = problem.architecture.widths();
    TensorAccess of = problem.tensors.get(t);
    return Math.min(widths.of(of), widths.partialOf(of));
  }

  private void combine(
      State s,
      int t,
      int place,
      TensorFormat[] formats,
      double[][] bits,
      Law.Stored[] stored,
      List<Option> of) {
    if (place == formats.length) {
      var bill = new Bill(tariff.ports);
      charge(s, t, formats, stored, bill);
      of.add(new Option(formats.clone(), bits[0].clone(), bits[1].clone(), bill));
      return;
    }
    int node = s.structure.chain[t][place];
    long[] tile = s.tile(t, s.above[t][place]);
    double words = 1;
    for (long e : tile) {
      words *= (double) e;
    }
    int width = problem.architecture.widths().of(problem.tensors.get(t));
    for (TensorFormat f : problem.formats[t][node]) {
      stored[place] = problem.law[t].stored(f, tile);
      if (!stored[place].fits()) {
        continue;
      }
      formats[place] = f;
      boolean limited = stock.limited(node);
      bits[0][place] = limited ? stock.bits(node, words, f, stored[place], width) : 0;
      bits[1][place] = limited ? stock.metadata(node, words, f, stored[place]) : 0;
      combine(s, t, place + 1, formats, bits, stored, of);
    }
  }

  private void charge(State s, int t, TensorFormat[] formats, Law.Stored[] stored, Bill bill) {
    int[] chain = s.structure.chain[t];
    int last = chain.length;
    for (int k = 1; k <= last; k++) {
      Link link = k == last ? atCompute(s, t) : links[t][k];
      boolean unknown = k < last ? k >= s.placed(t) : !(s.complete() || s.structure.pointwise);
      boolean parentKnown = k - 1 < formats.length;
      boolean childKnown = k < formats.length;
      boolean parentCompresses = parentKnown && formats[k - 1].compresses();
      double parentWords = words(s, t, k - 1, formats, stored);
      double parentBits = bits(s, t, k - 1, formats, stored);
      double childWords = k < last ? words(s, t, k, formats, stored) : 1;
      double childBits = k < last ? bits(s, t, k, formats, stored) : 0;
      boolean ofChild = k < last && !parentCompresses;
      double wayWords = ofChild ? childWords : parentWords;
      double wayBits = ofChild ? childBits : parentBits;
      if (k < last && !parentKnown) {
        wayWords = Math.min(childWords, parentWords);
        wayBits = 0;
      }
      boolean decompress =
          parentCompresses && (k == last || (childKnown && !formats[k].compresses()));
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
            link.sureDone[i],
            link.sureNotSkipped[i],
            way ? wayBits : parentBits,
            link.metaSureDone[i],
            link.metaSureNotSkipped[i],
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
            link.ownDone,
            link.ownNotSkipped,
            childBits,
            link.ownDone,
            link.ownNotSkipped,
            false,
            unknown);
      }
    }
  }

  /** Stored words of a word of a tile; where the tile is not known the fewest. */
  private double words(State s, int t, int place, TensorFormat[] formats, Law.Stored[] stored) {
    if (place >= formats.length) {
      return leastStored(t, s.structure.chain[t][place]);
    }
    return formats[place].compresses()
        ? stored[place].expected().words() / tileWords(s, t, place)
        : 1;
  }

  private double bits(State s, int t, int place, TensorFormat[] formats, Law.Stored[] stored) {
    return place < formats.length && formats[place].compresses()
        ? stored[place].expected().metadataBits() / tileWords(s, t, place)
        : 0;
  }

  private static double tileWords(State s, int t, int place) {
    double words = 1;
    for (long e : s.tile(t, s.above[t][place])) {
      words *= (double) e;
    }
    return words;
  }

  private boolean result(State s, boolean exact) {
    int t = problem.result;
    int[] chain = s.structure.chain[t];
    int last = chain.length;
    double[] bits = new double[s.placed(t)];
    Bill bill = new Bill(tariff.ports);
    double empties = problem.words[t];
    boolean[] partial = new boolean[last];
    for (int k = 1; k <= last; k++) {
      Link link = links[t][k];
      link.need(s, t, k);
      if (k == last) {
        point.addAll(link.done());
        pointNotSkipped.addAll(link.notSkipped());
        s.structure.variant.compute().ifPresent(this::zeros);
        link.done().set(point);
        link.notSkipped().set(pointNotSkipped);
      }
      boolean bound = k < last ? k >= s.placed(t) : !exact;
      // what began empty is known where the parent is placed, or where nothing is added up above
      boolean knownAbove = k - 1 < s.placed(t) || s.structure.irrelevantAbove(t, chain[k - 1]) <= 1;
      State of = k == last && s.structure.pointwise ? s.structure.whole() : s;
      link.result(of, k, entries(s, t, k), knownAbove ? empties : Double.NaN, bound);
      if (link.refused) {
        return false;
      }
      empties =
          s.structure.irrelevantAbove(t, k < last ? chain[k] : chain[k - 1]) <= 1
              ? problem.words[t]
              : link.entries - link.starts;
      int ways = s.structure.between[t][k].length;
      partial[k - 1] |= link.merged > link.complete[ways];
      charge(s, link, k, bound, bill);
      if (k < last) {
        partial[k] = fillsBusiest(s, link, k) > 0;
      }
    }
    Widths widths = problem.architecture.widths();
    TensorAccess access = problem.tensors.get(t);
    for (int k = 0; k < bits.length; k++) {
      boolean known = k + 1 < s.placed(t) || k + 1 == last;
      double width = partial[k] ? widths.partialOf(access) : widths.of(access);
      double words = tileWords(s, t, k);
      bits[k] = Math.ceil(words * (known ? width : leastWidth(t)));
    }
    var all = new ArrayList<Option>();
    all.add(new Option(new TensorFormat[0], bits, new double[bits.length], bill));
    options.add(all);
    return true;
  }

  private void zeros(Kind kind) {
    for (int l = 0; l < problem.result; l++) {
      point.require(l, Needs.POINT);
      if (kind == Kind.SKIP) {
        pointNotSkipped.require(l, Needs.POINT);
      }
    }
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
    tariff.charge(
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

  /** Whether what is placed fits in the formats that take least. */
  boolean hasRoom(State s) {
    for (int n = 0; n < problem.architecture.nodes().size(); n++) {
      if (problem.node(n) instanceof Memory && stock.limited(n)) {
        double bits = 0;
        double metadata = 0;
        for (int t = 0; t < problem.tensors.size(); t++) {
          int k = place(s, t, n);
          if (k >= 0 && k < s.placed(t)) {
            Law.Room least = least(t, n, s.tile(t, s.above[t][k]));
            bits += least.bits();
            metadata += least.metadata();
          }
        }
        if (bits > stock.capacity(n) || metadata > stock.metadataCapacity(n)) {
          return false;
        }
      }
    }
    return true;
  }

  private Law.Room least(int t, int node, long[] tile) {
    return problem.law[t].room(
        node,
        tile,
        () -> {
          double words = 1;
          for (long e : tile) {
            words *= (double) e;
          }
          double bits = Double.POSITIVE_INFINITY;
          double metadata = Double.POSITIVE_INFINITY;
          for (TensorFormat f : problem.formats[t][node]) {
            Law.Stored in = problem.law[t].stored(f, tile);
            if (in.fits()) {
              bits = Math.min(bits, stock.bits(node, words, f, in, (int) leastWidth(t)));
              metadata = Math.min(metadata, stock.metadata(node, words, f, in));
            }
          }
          return new Law.Room(bits, metadata);
        });
  }

  private boolean compute(State s, boolean exact) {
    Structure st = s.structure;
    double instances = st.instances[st.spread.length - 1];
    double done = odds.any(s, point, 0, problem.result);
    double not = odds.any(s, pointNotSkipped, 0, problem.result);
    if (Double.isNaN(done) || Double.isNaN(not)) {
      if (exact) {
        return false;
      }
      done = 0;
      not = 0;
    }
    tariff.compute(total, instances, done, not, !exact);
    return true;
  }
}
