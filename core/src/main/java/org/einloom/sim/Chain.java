package org.einloom.sim;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.TensorAccess;

/**
 * Where one tensor goes: its storage nodes from the outermost in, then the compute, and the fanouts
 * and tolls between neighbours.
 *
 * @param places the storage nodes, outermost first, then the compute
 */
record Chain(List<Place> places) {
  /**
   * A storage node, or the compute.
   *
   * @param loopsAbove how many loops stand above it
   * @param spatialAbove how many of them are spatial
   * @param tally counts its flows; the compute's is never shown
   * @param up the fanouts and tolls between it and its parent, the innermost first
   * @param beside the instances next to each, and what their links count at
   */
  record Place(
      int loopsAbove, int spatialAbove, Tally tally, List<Crossing> up, Neighbours beside) {
    int instances() {
      return tally.instances();
    }
  }

  /**
   * A fanout or a toll that the tensor's words cross.
   *
   * @param multicast how it merges requests once they are counted; a toll does not
   * @param reduce whether it then adds up results; a toll does not
   * @param spatialAbove how many spatial loops belong to the fanouts above it; they name its
   *     instances
   */
  record Crossing(Node node, Multicast multicast, boolean reduce, int spatialAbove, Tally tally) {}

  Chain {
    places = List.copyOf(places);
  }

  /** The compute. */
  Place compute() {
    return places.getLast();
  }

  static Chain of(
      TensorAccess tensor, Architecture architecture, LoopTree mapping, Loops loops, Board board) {
    var places = new ArrayList<Place>();
    int loopsAbove = 0;
    int spatialAbove = 0;
    int parent = -1;
    for (MappingNode node : mapping.nodes()) {
      switch (node) {
        case Spatial _ -> {
          loopsAbove++;
          spatialAbove++;
        }
        case Loop _ -> loopsAbove++;
        case Storage s when s.tensor().equals(tensor.name()) -> {
          int at = architecture.indexOf(s.memory());
          Tally tally = board.open(s.memory(), tensor.name(), loops.instances(spatialAbove));
          List<Crossing> up = crossings(tensor, architecture, mapping, loops, board, parent, at);
          places.add(
              new Place(
                  loopsAbove,
                  spatialAbove,
                  tally,
                  up,
                  Neighbours.of(tensor, mapping, loops, spatialAbove, up)));
          parent = at;
        }
        case Storage _ -> {}
      }
    }
    int compute = architecture.nodes().size() - 1;
    places.add(
        new Place(
            loopsAbove,
            spatialAbove,
            new Tally(loops.instances(spatialAbove)),
            crossings(tensor, architecture, mapping, loops, board, parent, compute),
            Neighbours.NONE));
    return new Chain(places);
  }

  private static List<Crossing> crossings(
      TensorAccess tensor,
      Architecture architecture,
      LoopTree mapping,
      Loops loops,
      Board board,
      int parent,
      int child) {
    var crossings = new ArrayList<Crossing>();
    for (int at = child - 1; at > parent && parent >= 0; at--) {
      int spatialAbove = spatialAbove(at, architecture, mapping);
      Node node = architecture.nodes().get(at);
      if (node instanceof Fanout f) {
        Tally tally = board.open(f.name(), tensor.name(), loops.instances(spatialAbove));
        crossings.add(new Crossing(f, f.multicast(), f.reduce(), spatialAbove, tally));
      } else if (node instanceof Toll toll && toll.charges(tensor)) {
        Tally tally = board.open(toll.name(), tensor.name(), loops.instances(spatialAbove));
        crossings.add(new Crossing(toll, Multicast.NONE, false, spatialAbove, tally));
      }
    }
    return List.copyOf(crossings);
  }

  private static int spatialAbove(int at, Architecture architecture, LoopTree mapping) {
    int spatialAbove = 0;
    for (MappingNode node : mapping.nodes()) {
      if (node instanceof Spatial s && architecture.indexOf(s.fanout()) < at) {
        spatialAbove++;
      }
    }
    return spatialAbove;
  }
}
