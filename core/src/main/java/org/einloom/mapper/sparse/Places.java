package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.density.Box;
import org.einloom.workload.TensorAccess;

/**
 * Tiles of one tensor, rank by rank, where coordinates outside of it are padding. Ranks share no
 * variables, so a sum over all places of a product over ranks is a product of sums.
 */
final class Places {
  private final Ranks ranks;
  private final long[] extent;

  /** By rank. */
  final RankPlaces[] rank;

  Places(TensorAccess tensor, Ranks ranks, long[] extent) {
    this.ranks = ranks;
    this.extent = extent;
    rank = new RankPlaces[ranks.variable.length];
    Arrays.setAll(
        rank,
        r ->
            new RankPlaces(
                ranks.offset[r], tensor.ranks().get(r).size(), !ranks.window(r), ranks.pads[r]));
  }

  /** The most words of a tile, wherever it stands. */
  double mostWords(long[] values) {
    double words = 1;
    for (int r = 0; r < rank.length; r++) {
      long[] tile = RankPlaces.NONE;
      long[] places = RankPlaces.NONE;
      for (int v : ranks.variable[r]) {
        tile = RankPlaces.with(tile, ranks.factor[v], values[v]);
        places = RankPlaces.with(places, ranks.factor[v] * values[v], extent[v] / values[v]);
      }
      words *= (double) rank[r].most(tile, places);
    }
    return words;
  }

  /**
   * The extents of tiles, of each size one, that are not all padding; none if tiles have gaps that
   * are not.
   */
  List<List<Long>> sizes(long[] values) {
    boolean gaps = ranks.extents(values) == null;
    List<List<Long>> sizes = List.of(List.of());
    for (int r = 0; r < rank.length; r++) {
      long[] tile = RankPlaces.NONE;
      long[] places = RankPlaces.NONE;
      for (int v : ranks.variable[r]) {
        tile = RankPlaces.with(tile, ranks.factor[v], values[v]);
        places = RankPlaces.with(places, ranks.factor[v] * values[v], extent[v] / values[v]);
      }
      if (gaps && rank[r].hasGaps(tile, places)) {
        return List.of();
      }
      var next = new ArrayList<List<Long>>();
      for (long length : rank[r].lengths(tile, places).length()) {
        for (List<Long> outer : length == 0 ? List.<List<Long>>of() : sizes) {
          var extents = new ArrayList<>(outer);
          extents.add(length);
          next.add(extents);
        }
      }
      sizes = next;
    }
    return sizes;
  }

  /**
   * A tile where it stands, padding left out.
   *
   * @param share of all places, where several have the same
   */
  record Placed(Box box, double share) {}

  /**
   * A tile at all places, those with the same words together; none if they are too many.
   *
   * @param values by variable; without gaps
   * @param first variables that stay at their first values, as bits
   */
  List<Placed> boxes(long[] values, long first, double most) {
    List<Placed> boxes = List.of(new Placed(new Box(List.of(), List.of()), 1));
    for (int r = 0; r < rank.length; r++) {
      long[] tile = RankPlaces.NONE;
      long[] places = RankPlaces.NONE;
      for (int v : ranks.variable[r]) {
        tile = RankPlaces.with(tile, ranks.factor[v], values[v]);
        long n = (first >> v & 1) == 1 ? 1 : extent[v] / values[v];
        places = RankPlaces.with(places, ranks.factor[v] * values[v], n);
      }
      List<RankPlaces.Span> spans = rank[r].spans(tile, places);
      if ((double) boxes.size() * (double) spans.size() > most) {
        return List.of();
      }
      var next = new ArrayList<Placed>();
      for (Placed outer : boxes) {
        for (RankPlaces.Span s : spans) {
          var low = new ArrayList<>(outer.box.low());
          var extents = new ArrayList<>(outer.box.extents());
          low.add(s.from());
          extents.add(s.length());
          next.add(new Placed(new Box(low, extents), outer.share * s.share()));
        }
      }
      boxes = next;
    }
    return boxes;
  }

  /** Values of the variables of a rank, all together. */
  double points(int r) {
    double points = 1;
    for (int v : ranks.variable[r]) {
      points *= (double) extent[v];
    }
    return points;
  }

  /** Of these, those that touch no padding. */
  double inside(int r) {
    return rank[r].moved(RankPlaces.NONE, RankPlaces.NONE, 0, 0, all(r, 0)).touched();
  }

  /** The share of all points that touch no padding. */
  double insideShare() {
    double share = 1;
    for (int r = 0; r < rank.length; r++) {
      share *= inside(r) / points(r);
    }
    return share;
  }

  /**
   * The fewest words of which some instances of single words have one each, if none is padding.
   *
   * @param merged loops over these instances
   */
  double fewest(State s, long merged) {
    double words = 1;
    for (int r = 0; r < rank.length; r++) {
      double most = 1;
      for (int v : ranks.variable[r]) {
        double own = 1;
        for (int i = 0; i < s.variable.length; i++) {
          own *= (merged >> i & 1) == 1 && s.variable[i] == v ? (double) s.count[i] : 1;
        }
        most = Math.max(most, own);
      }
      words *= most;
    }
    return words;
  }

  /**
   * By rank: how many coordinates a region has, wherever it stands.
   *
   * @param region the loops that are fixed
   * @param alternatives of the others, loops that are no part of the region
   * @param first variables that stay at their first values, as bits
   */
  RankPlaces.Lengths[] lengths(State s, long region, long alternatives, long first) {
    var lengths = new RankPlaces.Lengths[rank.length];
    for (int r = 0; r < rank.length; r++) {
      lengths[r] =
          rank[r].lengths(
              region == Needs.POINT ? RankPlaces.NONE : free(s, r, region | alternatives),
              region == Needs.POINT ? all(r, first) : loops(s, r, region, first));
    }
    return lengths;
  }

  /**
   * By rank: how many of the alternatives touch it, wherever they stand, and nothing for a rank in
   * which they do not differ. No ranks at all if two of them may touch the same, or more than one
   * coordinate each of a rank with padding.
   */
  RankPlaces.Lengths[] alternatives(State s, long region, long alternatives, long first) {
    var lengths = new RankPlaces.Lengths[rank.length];
    for (int r = 0; r < rank.length; r++) {
      long[] set = loops(s, r, alternatives, 0);
      long[] free = free(s, r, region | alternatives);
      boolean several = set.length > 0;
      if (several && (!rank[r].differ(set) || (free.length > 0 && ranks.window(r)))) {
        return new RankPlaces.Lengths[0];
      }
      lengths[r] =
          several
              ? rank[r].lengths(set, loops(s, r, region & ~alternatives, first))
              : RankPlaces.Lengths.NONE;
    }
    return lengths;
  }

  /** All values of a rank's variables, but of those that stay at their first. */
  private long[] all(int r, long first) {
    long[] found = RankPlaces.NONE;
    for (int v : ranks.variable[r]) {
      found = RankPlaces.with(found, ranks.factor[v], (first >> v & 1) == 1 ? 1 : extent[v]);
    }
    return found;
  }

  /** Loops that are not fixed, and what is left below all of them. */
  private long[] free(State s, int r, long fixed) {
    long[] found = RankPlaces.NONE;
    for (int v : ranks.variable[r]) {
      found = RankPlaces.with(found, ranks.factor[v], below(s, v));
    }
    long[] more = loops(s, r, ~fixed, 0);
    long[] both = Arrays.copyOf(found, found.length + more.length);
    System.arraycopy(more, 0, both, found.length, more.length);
    return both;
  }

  /** These loops, but for those that stay at their first iterations. */
  private long[] loops(State s, int r, long which, long first) {
    long[] found = RankPlaces.NONE;
    for (int v : ranks.variable[r]) {
      long tile = below(s, v);
      for (int i = s.variable.length - 1; i >= 0; i--) {
        if (s.variable[i] == v) {
          if ((which >> i & 1) == 1 && (first >> v & 1) == 0) {
            found = RankPlaces.with(found, ranks.factor[v] * tile, s.count[i]);
          }
          tile *= s.count[i];
        }
      }
    }
    return found;
  }

  private long below(State s, int v) {
    long below = extent[v];
    for (int i = 0; i < s.variable.length; i++) {
      below /= s.variable[i] == v ? s.count[i] : 1;
    }
    return below;
  }
}
