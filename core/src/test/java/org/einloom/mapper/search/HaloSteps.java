package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;

/** A mapping as seen from the operand whose tiles overlap: what {@link Halo} asks to count it. */
final class HaloSteps {
  /**
   * A temporal loop.
   *
   * @param at by variable, sizes of the tile below it
   * @param iterations by variable, temporal iterations below it
   * @param links how many links have their child below it, that of the computes included
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Step(long[] at, long[] iterations, int variable, long bound, int links) {}

  /** From inside. */
  final List<Step> steps = new ArrayList<>();

  /** By fanout and variable, the sizes of the tile below its loops. */
  final long[][] passed;

  /** By link, sizes of the tile of its child. */
  final List<long[]> start = new ArrayList<>();

  /** By link, temporal iterations below its child. */
  final List<long[]> began = new ArrayList<>();

  HaloSteps(Problem p, int tensor, LoopTree mapping) {
    passed = new long[p.fanouts.length][p.variables];
    for (long[] row : passed) {
      Arrays.fill(row, 1);
    }
    long[] bound = new long[mapping.nodes().size()];
    long[] tile = p.extent.clone();
    for (int i = 0; i < bound.length; i++) {
      if (mapping.nodes().get(i) instanceof MappingNode.Loop loop) {
        int v = p.number(loop.variable());
        bound[i] = tile[v] / loop.tile();
        tile[v] = loop.tile();
      }
    }
    long[] iterations = tile.clone(); // all ones
    start.add(tile.clone());
    began.add(tile.clone());
    for (int i = bound.length - 1; i >= 0; i--) {
      switch (mapping.nodes().get(i)) {
        case Storage s -> {
          if (s.tensor().equals(p.tensors.get(tensor).name())) {
            start.add(tile.clone());
            began.add(iterations.clone());
          }
        }
        case Temporal t -> {
          int v = p.number(t.variable());
          steps.add(new Step(tile.clone(), iterations.clone(), v, bound[i], start.size()));
          tile[v] *= bound[i];
          iterations[v] *= bound[i];
        }
        case Spatial s -> {
          int f = Arrays.binarySearch(p.fanouts, EveryStructure.node(p, s.fanout()));
          int v = p.number(s.variable());
          passed[f][v] = tile[v];
          tile[v] *= bound[i];
        }
      }
    }
  }
}
