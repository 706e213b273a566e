package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.counts.Flows;

/** How to get one tensor's flows at one component from sums over its ranks. */
sealed interface Plan {
  /** The flows of one instance, given the factors' values and where its first nonzero index is. */
  Flows flows(Sums[] values, int deepest);

  /**
   * An operand.
   *
   * @param fills words entering the component's own node; none for a fanout or the outermost
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
   * the first to enter in a residency of the parent that began empty; so entries with a value telescope
   * to entries of this node less entries of the last node above that began empty.
   *
   * @param level place in the tensor's chain, outermost 0
   * @param entries words entering this node
   * @param entriesAbove by level above, words entering there, of those that this instance handles
   * @param updates words leaving the node below, merged
   * @param words different words that this instance handles
   * @param drainsComplete whether the last drain of each word carries the whole sum
   * @param updatesComplete whether the last update of each word does
   */
  record ResultPlan(
      int level,
      List<Term> entries,
      List<List<Term>> entriesAbove,
      List<Term> updates,
      List<Term> words,
      boolean drainsComplete,
      boolean updatesComplete)
      implements Plan {
    @Override
    public Flows flows(Sums[] values, int deepest) {
      long entered = Terms.value(entries, values);
      long fills =
          level == 0 || deepest == level
              ? 0
              : entered - Terms.value(entriesAbove.get(deepest), values);
      long received = Terms.value(updates, values);
      long complete = drainsComplete || updatesComplete ? Terms.value(words, values) : 0;
      return new Flows(
          received - (entered - fills),
          fills,
          received,
          level == 0 ? 0 : entered,
          updatesComplete ? complete : 0,
          level > 0 && drainsComplete ? complete : 0);
    }
  }

  /**
   * A result at a fanout.
   *
   * @param level of the storage node above in the tensor's chain
   * @param entries words entering below this fanout, all its children united
   * @param entriesAbove by level up to {@code level}, words entering there of those handled here
   * @param updates words going up through its lower face
   * @param words different words handled here
   * @param updatesComplete whether the last update of each word carries the whole sum
   */
  record ResultFanoutPlan(
      int level,
      List<Term> entries,
      List<List<Term>> entriesAbove,
      List<Term> updates,
      List<Term> words,
      boolean updatesComplete)
      implements Plan {
    @Override
    public Flows flows(Sums[] values, int deepest) {
      long down =
          deepest > level
              ? 0
              : Terms.value(entries, values) - Terms.value(entriesAbove.get(deepest), values);
      return new Flows(
          down,
          0,
          Terms.value(updates, values),
          0,
          updatesComplete ? Terms.value(words, values) : 0,
          0);
    }
  }

  /** The plan for a tensor with a closed form at a memory that keeps it, or at a fanout. */
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
    boolean complete = ClosedForm.parts(c, t, below) == 0;
    if (!memory) {
      List<Term> entries = terms.entering(views.united(t, level + 1), compute, false);
      return new ResultFanoutPlan(level, entries, above, updates, words, complete);
    }
    View own = views.own(t, level, t.depth[level]);
    List<Term> entries = level == 0 ? terms.first(own) : terms.entering(own, false, false);
    boolean drains = level > 0 && ClosedForm.parts(c, t, own) == 0;
    return new ResultPlan(level, entries, above, updates, words, drains, complete);
  }
}
