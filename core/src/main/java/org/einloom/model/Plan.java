package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.counts.Flows;

/** How to get one tensor's flows at one component from sums over its ranks. */
sealed interface Plan {
  /** The flows of one instance, given the factors' values and where its first nonzero index is. */
  Flows flows(Sums[] values, int deepest);

  /**
   * Words that move complete.
   *
   * @param terms how many
   * @param lowestOnly whether only instances reached by indices 0 of reduced variables have them
   */
  record Finals(List<Term> terms, boolean lowestOnly) {
    long value(Sums[] values, int deepest) {
      return lowestOnly && deepest > 0 ? 0 : Terms.value(terms, values);
    }
  }

  /**
   * An operand.
   *
   * @param fills words entering the component's own node; none for a fanout, a toll or the
   *     outermost
   * @param reads requests of the node below
   */
  record OperandPlan(List<Term> fills, List<Term> reads) implements Plan {
    @Override
    public Flows flows(Sums[] values, int deepest) {
      return new Flows(Terms.value(reads, values), Terms.value(fills, values), 0, 0, 0, 0);
    }
  }

  /**
   * A result at a memory. Each word that enters finds the parent's slot with a value, unless it is
   * the first to enter in a residency of the parent that began empty; so entries with a value
   * telescope to entries of this node less entries of the last node above that began empty.
   *
   * @param level place in the tensor's chain, outermost 0
   * @param entries words entering this node
   * @param entriesAbove by level above, words entering there, of those that this instance handles
   * @param updates words leaving the node below, merged
   * @param finalDrains words that leave complete
   * @param finalUpdates words that arrive complete
   */
  record ResultPlan(
      int level,
      List<Term> entries,
      List<List<Term>> entriesAbove,
      List<Term> updates,
      Finals finalDrains,
      Finals finalUpdates)
      implements Plan {
    @Override
    public Flows flows(Sums[] values, int deepest) {
      long entered = Terms.value(entries, values);
      long fills =
          level == 0 || deepest == level
              ? 0
              : entered - Terms.value(entriesAbove.get(deepest), values);
      long received = Terms.value(updates, values);
      return new Flows(
          received - (entered - fills),
          fills,
          received,
          level == 0 ? 0 : entered,
          finalUpdates.value(values, deepest),
          finalDrains.value(values, deepest));
    }
  }

  /**
   * A result at a fanout or a toll.
   *
   * @param level of the storage node above in the tensor's chain
   * @param entries words entering below it, all children united
   * @param entriesAbove by level up to {@code level}, words entering there of those handled here
   * @param updates words going up through the lower face of a fanout, or through a toll
   * @param finalUpdates words that arrive complete
   */
  record CrossedPlan(
      int level,
      List<Term> entries,
      List<List<Term>> entriesAbove,
      List<Term> updates,
      Finals finalUpdates)
      implements Plan {
    @Override
    public Flows flows(Sums[] values, int deepest) {
      long down =
          deepest > level
              ? 0
              : Terms.value(entries, values) - Terms.value(entriesAbove.get(deepest), values);
      return new Flows(
          down, 0, Terms.value(updates, values), 0, finalUpdates.value(values, deepest), 0);
    }
  }

  /** The plan for a tensor with a closed form at a memory that keeps it, or where it crosses. */
  static Plan of(Compiled c, Factors factors, Views views, int tensor, int level, boolean memory) {
    Compiled.Tensor t = c.tensors.get(tensor);
    Terms terms = new Terms(c, factors, tensor);
    boolean compute = level + 1 == t.memory.length;
    View below = views.merged(t, level + 1);
    if (!t.result) {
      boolean compare = false;
      for (byte role : below.role()) {
        compare |= role == View.TILES;
      }
      List<Term> fills =
          memory && level > 0
              ? terms.entering(views.own(t, level, t.depth[level]), false, false)
              : List.of();
      return new OperandPlan(fills, terms.entering(below, compute, compare));
    }
    int reach = memory ? t.depth[level] : below.depth();
    List<List<Term>> above = new ArrayList<>();
    for (int i = 0; i < level + (memory ? 0 : 1); i++) {
      View view = views.own(t, i, reach);
      above.add(i == 0 ? terms.first(view) : terms.entering(view, false, false));
    }
    List<Term> words = terms.first(views.own(t, 0, reach));
    List<Term> updates = terms.leaving(below, compute);
    Finals arriving = finals(c, views, terms, t, below, words, reach, level + 1);
    if (!memory) {
      List<Term> entries = terms.entering(views.united(t, level + 1), compute, false);
      return new CrossedPlan(level, entries, above, updates, arriving);
    }
    View own = views.own(t, level, t.depth[level]);
    List<Term> entries = level == 0 ? terms.first(own) : terms.entering(own, false, false);
    Finals leaving =
        level == 0
            ? new Finals(List.of(), false)
            : finals(c, views, terms, t, own, words, reach, level);
    return new ResultPlan(level, entries, above, updates, leaving, arriving);
  }

  private static Finals finals(
      Compiled c,
      Views views,
      Terms terms,
      Compiled.Tensor t,
      View node,
      List<Term> words,
      int reach,
      int level) {
    Completion completion = Completion.of(c, t, node);
    View holder =
        completion instanceof Completion.Except e && e.level() < level
            ? views.own(t, e.level(), reach)
            : node;
    return new Finals(
        terms.complete(completion, words, holder), completion instanceof Completion.Except);
  }
}
