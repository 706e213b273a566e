package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.model.Term.What;

/**
 * Writes the counts of one tensor at one component as sums of products over its ranks. The steps of
 * a node are sorted by the temporal loop that advances: in each kind, every rank's tiles move
 * independently of the others'.
 */
final class Terms {
  private final Compiled compiled;
  private final Factors factors;
  private final int tensor;

  Terms(Compiled compiled, Factors factors, int tensor) {
    this.compiled = compiled;
    this.factors = factors;
    this.tensor = tensor;
  }

  /** Words entering: united over the instances as the view says, summed over steps. */
  List<Term> entering(View view, boolean compute, boolean compare) {
    List<Term> terms = new ArrayList<>();
    if (compute) {
      terms.add(term(1, compare ? What.TILES : What.NOW, view, view.depth(), false));
      return terms;
    }
    terms.add(term(1, compare ? What.TILES : What.NOW, view, -1, false));
    for (int loop = 0; loop < view.depth(); loop++) {
      if (compiled.temporal(loop) && compiled.loopCount[loop] > 1) {
        if (compare) {
          terms.add(term(1, What.TILES, view, loop, true));
        } else {
          terms.add(term(1, What.NOW, view, loop, true));
          terms.add(term(-1, What.KEPT, view, loop, true));
        }
      }
    }
    return terms;
  }

  /** Words leaving, the same way; all are gone after the last step. */
  List<Term> leaving(View view, boolean compute) {
    if (compute) {
      return entering(view, true, false);
    }
    List<Term> terms = new ArrayList<>();
    terms.add(term(1, What.BEFORE, view, -1, true));
    for (int loop = 0; loop < view.depth(); loop++) {
      if (compiled.temporal(loop) && compiled.loopCount[loop] > 1) {
        terms.add(term(1, What.BEFORE, view, loop, true));
        terms.add(term(-1, What.STAYS, view, loop, true));
      }
    }
    return terms;
  }

  /** The tensor's words as seen before any step. */
  List<Term> first(View view) {
    return List.of(term(1, What.NOW, view, -1, false));
  }

  /**
   * The different words that arrive complete.
   *
   * @param words the different words in all
   * @param holder the view of the instances that may hold some of them back
   */
  List<Term> complete(Completion completion, List<Term> words, View holder) {
    return switch (completion) {
      case Completion.All() -> words;
      case Completion.Except e -> {
        List<Term> terms = new ArrayList<>(words);
        if (!e.computes()) {
          Term held = term(-1, What.HOLDS, holder, e.loop(), true);
          terms.add(new Term(-1, What.HOLDS, held.ranks(), new int[0], true));
        }
        yield terms;
      }
      case Completion.None(), Completion.Unknown() -> List.of();
    };
  }

  /** One kind of step: a loop that advances, -1 for the first step, the view's depth for any. */
  private Term term(int sign, What what, View view, int loop, boolean held) {
    Compiled.Tensor t = compiled.tensors.get(tensor);
    int[] ranks = new int[t.ranks.length];
    for (int r = 0; r < ranks.length; r++) {
      ranks[r] = factors.rank(view, tensor, r, loop, held);
    }
    int[] others = new int[t.irrelevant.length];
    for (int i = 0; i < others.length; i++) {
      others[i] = factors.other(view, tensor, t.irrelevant[i], loop);
    }
    return new Term(sign, what, ranks, others, held);
  }

  /** The sum of the terms, given the value of every factor. */
  static long value(List<Term> terms, Sums[] values) {
    long sum = 0;
    for (Term t : terms) {
      long product = product(t, values);
      for (int o : t.others()) {
        if (product == 0) {
          break;
        }
        product = Limits.multiply(product, values[o].now());
      }
      sum = Limits.add(sum, t.sign() * product);
    }
    return sum;
  }

  private static long product(Term t, Sums[] values) {
    if (t.what() == What.TILES) {
      if (t.ranks().length == 0) {
        return t.held() ? 0 : 1;
      }
      List<List<Long>> ranks = new ArrayList<>(t.ranks().length);
      for (int r : t.ranks()) {
        ranks.add(values[r].tiles());
      }
      return TileSums.total(ranks);
    }
    long product = 1;
    for (int r : t.ranks()) {
      Sums s = values[r];
      product =
          Limits.multiply(
              product,
              switch (t.what()) {
                case NOW -> s.now();
                case KEPT -> s.kept();
                case BEFORE -> s.before();
                case STAYS -> s.stays();
                case HOLDS -> s.holds();
                case TILES -> throw new IllegalStateException();
              });
    }
    return product;
  }
}
