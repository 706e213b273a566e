package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.workload.TensorAccess;

/**
 * The instances of a storage node that are next to each other (model.md, section 7).
 *
 * @param beside by instance, those next to it in the order in which they are asked
 */
record Neighbours(List<List<Beside>> beside) {
  static final Neighbours NONE = new Neighbours(List.of());

  /**
   * An instance next to another one.
   *
   * @param over the fanout whose link joins them
   */
  record Beside(int instance, Crossing over) {}

  /**
   * The instances below so many spatial loops that links of these fanouts join.
   *
   * @param up the innermost first
   */
  static Neighbours of(
      TensorAccess tensor, LoopTree mapping, Loops loops, int spatialAbove, List<Crossing> up) {
    List<Crossing> linked =
        up.stream().filter(c -> c.node() instanceof Fanout f && f.passes(tensor)).toList();
    if (linked.isEmpty()) {
      return NONE;
    }
    List<Spatial> spatial =
        mapping.nodes().stream()
            .filter(Spatial.class::isInstance)
            .map(Spatial.class::cast)
            .limit(spatialAbove)
            .toList();
    var beside = new ArrayList<List<Beside>>();
    for (int i = 0; i < loops.instances(spatialAbove); i++) {
      int[] index = indices(i, spatialAbove, loops);
      var of = new ArrayList<Beside>();
      for (Crossing over : linked) {
        Fanout fanout = (Fanout) over.node();
        for (Fanout.Dimension d : fanout.dimensions()) {
          List<Integer> along = new ArrayList<>();
          for (int l = 0; l < spatialAbove; l++) {
            if (spatial.get(l).fanout().equals(fanout.name())
                && spatial.get(l).dimension().equals(d.name())) {
              along.add(l);
            }
          }
          int children = 1;
          int position = 0;
          for (int l : along) {
            children *= loops.children(l);
            position = position * loops.children(l) + index[l];
          }
          for (int next : new int[] {position - 1, position + 1}) {
            if (next >= 0 && next < children) {
              of.add(new Beside(at(index, along, next, loops), over));
            }
          }
        }
      }
      beside.add(List.copyOf(of));
    }
    return new Neighbours(beside);
  }

  private static int[] indices(int instance, int spatialAbove, Loops loops) {
    int[] index = new int[spatialAbove];
    int rest = instance;
    for (int l = spatialAbove - 1; l >= 0; l--) {
      index[l] = rest % loops.children(l);
      rest /= loops.children(l);
    }
    return index;
  }

  /** The instance with these indices, but at another position along some loops. */
  private static int at(int[] index, List<Integer> along, int position, Loops loops) {
    int[] moved = index.clone();
    int rest = position;
    for (int l : along.reversed()) {
      moved[l] = rest % loops.children(l);
      rest /= loops.children(l);
    }
    int instance = 0;
    for (int l = 0; l < moved.length; l++) {
      instance = instance * loops.children(l) + moved[l];
    }
    return instance;
  }

  /**
   * Takes from the words that an instance needs those that the ones next to it hand on.
   *
   * @param needed what is left is for the parent
   * @param before by instance, what it held when the step began
   */
  void handOn(Place place, int instance, BitSet needed, List<BitSet> before, Loops loops) {
    if (beside.isEmpty()) {
      return;
    }
    for (Beside b : beside.get(instance)) {
      var handed = (BitSet) needed.clone();
      handed.and(before.get(b.instance()));
      place.tally().links[b.instance()] += handed.cardinality();
      int fanout = loops.ancestor(instance, place.spatialAbove(), b.over().spatialAbove());
      b.over().tally().links[fanout] += handed.cardinality();
      needed.andNot(handed);
    }
  }
}
