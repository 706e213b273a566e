package org.einloom.mapper.sparse;

import org.einloom.arch.Fanout;
import org.einloom.mapper.sparse.Structure.Rule;
import org.einloom.sparsity.Kind;

/**
 * What moves between a place of a tensor and its parent, the place outside it: words by component
 * on the way, and the probabilities that they do.
 *
 * <p>With tiles that divide, and ranks that are variables ({@link Overlap} has the others), a place
 * gets its tile once in every round: all words of the tensor times the iterations of other
 * variables' loops outside the last one that moves it. Further in, no loop makes that less. So if
 * the place is not decided yet, what it would get here is the least that it gets, and the least
 * probable that any of it is needed is that a single word is.
 */
final class Link {
  private final Problem problem;
  private final Odds odds;
  private final Overlap overlap;
  private final SharedWords sharedWords;
  private final Needs notSkipped;
  private final Needs done;
  private final Needs metaNotSkipped;
  private final Needs metaDone;

  /** Words that enter the place, over all instances; of the compute, points. */
  double entries;

  /** By component on the way up, the parent last: words, and at the busiest instance. */
  final double[] words;

  final double[] busiest;

  /** Of a result that goes up: complete ones. */
  final double[] complete;

  final double[] completeBusiest;

  /** Of a result: what arrives at the parent. */
  double merged;

  /** Of a result: what is read to be added to. */
  double starts;

  /** Of these, starting values that go down: all, but for what the parent alone adds up. */
  double sent;

  final double[] startsBusiest;

  /** By component: the probability of being done, and of not being skipped. */
  final double[] sureDone;

  final double[] sureNotSkipped;
  final double[] metaSureDone;
  final double[] metaSureNotSkipped;

  /** The same for the place itself. */
  double ownDone;

  double ownNotSkipped;

  /** Whether the model refuses to count it. */
  boolean refused;

  /**
   * Whether the model may count it, but there is no closed form for how much of it is done: that is
   * then as little as it can be.
   */
  boolean estimated;

  Link(Problem problem, Odds odds) {
    this.problem = problem;
    this.odds = odds;
    overlap = new Overlap(problem);
    sharedWords = new SharedWords(problem);
    int tensors = problem.tensors.size();
    notSkipped = new Needs(tensors);
    done = new Needs(tensors);
    metaNotSkipped = new Needs(tensors);
    metaDone = new Needs(tensors);
    int most = problem.architecture.nodes().size() + 1;
    words = new double[most];
    busiest = new double[most];
    complete = new double[most];
    completeBusiest = new double[most];
    startsBusiest = new double[most];
    sureDone = new double[most];
    sureNotSkipped = new double[most];
    metaSureDone = new double[most];
    metaSureNotSkipped = new double[most];
  }

  Needs notSkipped() {
    return notSkipped;
  }

  Needs done() {
    return done;
  }

  /** Finds what has to be there for words to move to a place. */
  void need(State s, int t, int place) {
    notSkipped.clear();
    done.clear();
    metaNotSkipped.clear();
    metaDone.clear();
    int[] chain = s.structure.chain[t];
    for (int k = 1; k <= place; k++) {
      boolean known = k < chain.length && s.settled(t, k);
      long visit = known ? s.visit(t, s.above[t][k]) : Needs.POINT;
      for (Rule rule : s.structure.rules[t][k - 1]) {
        for (int leader : rule.leaders()) {
          long region = known ? visit & Odds.moving(s, leader) : Needs.POINT;
          done.require(leader, region);
          if (rule.kind() == Kind.SKIP) {
            notSkipped.require(leader, region);
          }
          if (k < place || !rule.mutual()) {
            metaDone.require(leader, region);
            if (rule.kind() == Kind.SKIP) {
              metaNotSkipped.require(leader, region);
            }
          }
        }
      }
    }
  }

  /**
   * What a place of an operand takes; with {@link #need} found.
   *
   * @param entering words that enter it, over all instances, if tiles do not overlap
   * @param held no instance keeps more words than this
   */
  void operand(State s, int t, int place, double entering, double held, boolean bound) {
    count(s, t, place, entering, held, bound);
  }

  /** What computes take at least, whatever the order of all loops. */
  void leastAtComputes(State s, int t) {
    odds.least = true;
    count(s, t, s.structure.chain[t].length, problem.points(), Double.POSITIVE_INFINITY, false);
    odds.least = false;
  }

  private void count(State s, int t, int place, double entering, double held, boolean bound) {
    Structure st = s.structure;
    int[] between = st.between[t][place];
    boolean windows = problem.ranks[t].windows;
    refused = false;
    estimated = false;
    boolean shared = windows && shares(s, t, place);
    boolean byWord = shared && !bound && problem.placed(t);
    refuse(shared && !byWord);
    boolean apart = bound || shared;
    boolean uneven = shared && !odds.alike(s, done);
    entries = windows ? asked(s, t, place, 0, held, bound) : entering;
    long inside = 0;
    long merged = 0;
    double share = 1;
    double insideShare = 1;
    for (int i = 0; i <= between.length; i++) {
      int node = i < between.length ? between[i] : st.chain[t][place - 1];
      words[i] = windows ? asked(s, t, place, merged, held, bound) : entries / share;
      busiest[i] = words[i] / st.instances[node];
      odds(s, i, merged, t, apart);
      boolean told = byWord && shared(s, i, merged, t);
      if (uneven && merged != 0 && !told) {
        nothing(i); // words that few instances share may be all that is done
      }
      if (i < between.length && problem.node(node) instanceof Fanout) {
        inside |= 1L << node;
        insideShare *= st.irrelevant(t, node);
        long next = Odds.mergedAbove(st, node, inside, merged);
        share = next == merged ? share : insideShare;
        merged = next;
      }
    }
    ownDone = known(odds.any(s, done, 0, t), bound);
    ownNotSkipped = known(odds.any(s, notSkipped, 0, t), bound);
    if (problem.ranks[t].padded && odds.goesWithPadding(s, done, t)) {
      estimated = true;
      for (int i = 0; i <= between.length; i++) {
        nothing(i);
      }
      ownDone = 0;
      ownNotSkipped = 0;
    }
  }

  /**
   * Of words that instances may have in common, once it is known what one of them does; whether
   * that can be told.
   */
  private boolean shared(State s, int i, long merged, int t) {
    double ofDone = sharedWords.any(s, done, merged, t, odds.least);
    double ofNotSkipped = sharedWords.any(s, notSkipped, merged, t, odds.least);
    double ofMetaDone = sharedWords.any(s, metaDone, merged, t, odds.least);
    double ofMetaNotSkipped = sharedWords.any(s, metaNotSkipped, merged, t, odds.least);
    if (Double.isNaN(ofDone + ofNotSkipped + ofMetaDone + ofMetaNotSkipped)) {
      estimated = true;
      return false;
    }
    sureDone[i] = ofDone;
    sureNotSkipped[i] = ofNotSkipped;
    metaSureDone[i] = ofMetaDone;
    metaSureNotSkipped[i] = ofMetaNotSkipped;
    return true;
  }

  /** As if nothing were done. */
  private void nothing(int i) {
    sureDone[i] = 0;
    sureNotSkipped[i] = 0;
    metaSureDone[i] = 0;
    metaSureNotSkipped[i] = 0;
  }

  private void refuse(boolean no) {
    if (problem.byPlace) {
      estimated |= no;
    } else {
      refused |= no;
    }
  }

  private double asked(State s, int t, int place, long merged, double held, boolean bound) {
    int[] chain = s.structure.chain[t];
    return place < chain.length
        ? overlap.words(s, t, s.loopsAbove(t, place), chain[place], merged, held)
        : overlap.atComputes(s, t, merged, !bound && !odds.least);
  }

  /**
   * Whether instances have some words in common and others not, and it depends on zeros what they
   * take: the model does not count that. Only what computes take ever does.
   */
  private boolean shares(State s, int t, int place) {
    boolean needs = false;
    for (int l = 0; l < problem.result; l++) {
      needs |= done.regions(l) > 0;
    }
    int[] chain = s.structure.chain[t];
    if (!needs || place < chain.length) {
      return false;
    }
    long[] one = new long[problem.variables];
    java.util.Arrays.fill(one, 1);
    long[] together = one.clone();
    double instances = 1;
    for (int f : s.structure.between[t][place]) {
      for (int v = 0; v < problem.variables; v++) {
        if (problem.node(f) instanceof Fanout && problem.relevant[t][v]) {
          together[v] *= s.structure.count(f, v);
          instances *= (double) s.structure.count(f, v);
        }
      }
    }
    double words = problem.ranks[t].words(together);
    return words != instances;
  }

  /**
   * What a place of the result gives and takes; with {@link #need} found.
   *
   * @param of the state that says what is needed: one with all loops, where that depends on points
   *     alone
   * @param empties words of the parent that began empty, over all its instances; not a number if
   *     that is not known
   * @param anyOrder whether the loops of the state may stand in any order, and the least is asked
   *     for
   */
  void result(
      State s,
      State of,
      int place,
      double entering,
      double empties,
      boolean bound,
      boolean anyOrder) {
    odds.least = anyOrder;
    count(s, of, place, entering, empties, bound);
    odds.least = false;
  }

  private void count(State at, State s, int place, double entering, double empties, boolean bound) {
    refused = false;
    estimated = false;
    entries = entering;
    int t = problem.result;
    Structure st = s.structure;
    int[] between = st.between[t][place];
    int parent = st.chain[t][place - 1];
    double all = problem.words[t];
    ResultWindow window = st.window();
    long inside = 0;
    long reduced = 0;
    double share = 1;
    for (int i = 0; i <= between.length; i++) {
      int node = i < between.length ? between[i] : parent;
      boolean together = window != null && window.coincides && reduced != 0;
      // where anything may be left out, only what instances add to apart is counted
      words[i] =
          together && (at.exact() || done.isEmpty())
              ? overlap.atComputes(at, t, reduced, at.exact())
              : entries / share;
      refused |= !done.isEmpty() && words[i] != entries / share;
      busiest[i] = words[i] / st.instances[node];
      // what this fanout itself adds up is not complete yet where it enters
      boolean adds = i < between.length && st.irrelevant(t, node) > 1;
      boolean whole = !adds && st.irrelevantAbove(t, node) <= 1;
      complete[i] = whole ? all : 0;
      completeBusiest[i] = whole ? all / st.relevantAbove[t][node] : 0;
      odds(s, i, inside, t, bound);
      if (i < between.length && problem.node(node) instanceof Fanout) {
        inside |= 1L << node;
        reduced = problem.fanout(node).reduce() ? inside : reduced;
        share *= st.irrelevant(t, node);
      }
      if (window != null) {
        complete[i] = window.complete(node, words[i], complete[i]);
        completeBusiest[i] = complete[i] / st.instances[node];
      }
      // the instance with all indices 0 passes on all starting values of those that add up
      startsBusiest[i] =
          Math.max(0, entries / share / st.instances[node] - all / st.relevantAbove[t][node]);
    }
    merged = words[between.length];
    starts = Double.isNaN(empties) ? 0 : Math.max(0, merged - empties);
    for (int i = 0; i <= between.length && st.unequal; i++) {
      // it may have less of what is padded than others have
      int node = i < between.length ? between[i] : parent;
      startsBusiest[i] = Math.min(startsBusiest[i], starts / st.instances[node]);
    }
    sent = starts;
    if (window != null && window.coincides && !window.reduces) {
      sent = Math.max(0, overlap.atComputes(at, t, inside, at.exact()) - all);
    }
    for (int i = 0; i <= between.length && window != null; i++) {
      // the instances that differ from others in other variables have no starting values; they may
      // have more of what is padded
      int node = i < between.length ? between[i] : parent;
      double among = st.unequal ? st.instances[node] : st.relevantAbove[t][node];
      startsBusiest[i] = (i < between.length ? sent : starts) / among;
    }
    estimated |= window != null && window.orderMatters;
    begun(s, place, inside, between.length, bound);
    ownDone = known(odds.any(s, done, 0, t), bound);
    ownNotSkipped = known(odds.any(s, notSkipped, 0, t), bound);
  }

  /**
   * Starting values have the fate of what is merged at the parent, and there are none of the first
   * iterations. Where places differ, these are not as the others are.
   */
  private void begun(State s, int place, long merged, int ways, boolean bound) {
    int t = problem.result;
    double doneShare = sureDone[ways];
    double notSkippedShare = sureNotSkipped[ways];
    if (starts > 0 && odds.uneven(s, done) > 0) {
      double times = iterations(s, place);
      boolean several = s.structure.irrelevantAbove(t, s.structure.chain[t][place - 1]) > 1;
      if (odds.least && !several) {
        // of the first iterations no more is done than if nothing were padding
        double all = times / (times - 1);
        doneShare = Math.max(0, all * doneShare - (all - 1) * mostOf(s, doneShare));
        notSkippedShare =
            Math.max(0, all * notSkippedShare - (all - 1) * mostOf(s, notSkippedShare));
      } else if (bound
          || several
          || problem.ranks[t].windows
          || odds.mayBeInPieces(s, done, merged, t)) {
        // of a piece of the first too little is known, and would leave too much for the others
        refuse(!bound);
        doneShare = 0;
        notSkippedShare = 0;
      } else {
        double all = times / (times - 1);
        long first = ~problem.bits(t);
        doneShare = all * doneShare - (all - 1) * known(odds.any(s, done, merged, t, first), false);
        notSkippedShare =
            all * notSkippedShare
                - (all - 1) * known(odds.any(s, notSkipped, merged, t, first), false);
        if (estimated) {
          doneShare = 0; // too little of all, less too little of the first, can be anything
          notSkippedShare = 0;
        }
      }
    }
    for (int i = 0; i <= ways; i++) {
      metaSureDone[i] = doneShare;
      metaSureNotSkipped[i] = notSkippedShare;
    }
  }

  /**
   * What a probability can be at some places at most, if padding makes it at least so much on
   * average: what it would be without padding. One where it is not known how many words that is, or
   * words are more often zero at some places than at others.
   */
  private double mostOf(State s, double mean) {
    double most = mean;
    for (int l = 0; l < problem.result; l++) {
      if (!problem.law[l].uniform() && done.regions(l) > 0) {
        return 1;
      }
      if (problem.placed(l) && done.regions(l) > 0) {
        if (estimated || s.structure.sumsTogether(l)) {
          return 1;
        }
        most /= problem.places(l).insideShare();
      }
    }
    return Math.min(1, most);
  }

  /** Of the temporal loops over other variables that are fixed while a place keeps its tile. */
  private double iterations(State s, int place) {
    int t = problem.result;
    if (place < s.structure.chain[t].length) {
      return s.rounds(t, s.loopsAbove(t, place), false);
    }
    double iterations = 1;
    for (int v = 0; v < problem.variables; v++) {
      iterations *= problem.relevant[t][v] ? 1 : (double) s.structure.temporal[v];
    }
    return iterations;
  }

  private void odds(State s, int i, long merged, int t, boolean bound) {
    sureDone[i] = together(s, done, merged, t, bound);
    sureNotSkipped[i] = together(s, notSkipped, merged, t, bound);
    if (t != problem.result) {
      metaSureDone[i] = together(s, metaDone, merged, t, bound);
      metaSureNotSkipped[i] = together(s, metaNotSkipped, merged, t, bound);
    }
  }

  private double together(State s, Needs needs, long merged, int t, boolean bound) {
    double p = odds.any(s, needs, bound ? 0 : merged, t);
    if (Double.isNaN(p) && problem.byPlace && !bound && merged != 0) {
      estimated = true;
      return known(odds.any(s, needs, 0, t), true); // any of several at least as likely as one
    }
    return known(p, bound);
  }

  private double known(double p, boolean bound) {
    if (Double.isNaN(p)) {
      refuse(!bound);
      return 0;
    }
    return p;
  }
}
