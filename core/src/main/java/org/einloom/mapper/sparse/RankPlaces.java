package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tiles touch of one rank, wherever they stand: coordinates outside of the tensor are padding,
 * and do not count. A set of coordinates is given by progressions, of which it is all sums; the
 * places where it stands by others. Found once for each.
 */
final class RankPlaces {
  /** Progressions, as a step and how many terms, one after the other. */
  static final long[] NONE = {};

  private final long offset;
  private final long size;

  /** Whether some points touch padding. */
  final boolean padded;

  /** Whether the rank is one variable, so that all sums differ. */
  private final boolean single;

  private final Map<Key, Lengths> lengths = new HashMap<>();
  private final Map<Key, Moved> moved = new HashMap<>();
  private final Map<Key, double[]> shared = new HashMap<>();

  /** How many coordinates there are, and at which share of places. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Lengths(long[] length, double[] share) {
    static final Lengths NONE = new Lengths(new long[0], new double[0]);

    boolean alike() {
      return length.length == 1;
    }
  }

  /**
   * Sums over places.
   *
   * @param touched coordinates that some of several instances have
   * @param known of these, coordinates that no instance has anew
   * @param places how many there are
   */
  record Moved(double touched, double known, double places) {}

  @SuppressWarnings("ArrayRecordComponent") // compared by their values, as below
  private record Key(long[] values) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Key k && Arrays.equals(values, k.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    static Key of(long number, long[]... all) {
      int n = 1;
      for (long[] a : all) {
        n += a.length + 1;
      }
      long[] values = new long[n];
      int at = 0;
      values[at++] = number;
      for (long[] a : all) {
        System.arraycopy(a, 0, values, at, a.length);
        at += a.length;
        values[at++] = Long.MIN_VALUE;
      }
      return new Key(values);
    }
  }

  /**
   * One rank.
   *
   * @param offset of its least coordinate, if no coefficient is negative
   * @param size coordinates from this on are padding, as negative ones are
   */
  RankPlaces(long offset, long size, boolean single, boolean padded) {
    this.offset = offset;
    this.size = size;
    this.single = single;
    this.padded = padded;
  }

  /** With one more progression. */
  static long[] with(long[] progressions, long step, long count) {
    if (count == 1) {
      return progressions;
    }
    long[] more = Arrays.copyOf(progressions, progressions.length + 2);
    more[more.length - 2] = step;
    more[more.length - 1] = count;
    return more;
  }

  /** How many sums there are. */
  long count(long[] set) {
    return single ? product(set) : sums(set).length;
  }

  /** Whether all sums differ. */
  boolean differ(long[] set) {
    return count(set) == product(set);
  }

  /** How many coordinates of a set there are, at all places. */
  Lengths lengths(long[] set, long[] places) {
    if (!padded) {
      return new Lengths(new long[] {count(set)}, new double[] {1});
    }
    return lengths.computeIfAbsent(
        Key.of(0, set, places),
        _ -> {
          long[] sums = sums(set);
          var found = new TreeMap<Long, Double>();
          double all = product(places);
          each(places, 0, offset, at -> found.merge(inside(sums, at), 1 / all, Double::sum));
          return new Lengths(
              found.keySet().stream().mapToLong(l -> l).toArray(),
              found.values().stream().mapToDouble(d -> d).toArray());
        });
  }

  /** Whether coordinates of a set leave out some between them, at any place. */
  boolean hasGaps(long[] set, long[] places) {
    if (single) {
      return false; // counted through
    }
    long[] sums = sums(set);
    var gaps = new boolean[1];
    each(
        padded ? places : NONE,
        0,
        offset,
        at -> {
          int from = padded ? first(sums, -at) : 0;
          int to = padded ? first(sums, size - at) : sums.length;
          gaps[0] |= to > from && sums[to - 1] - sums[from] >= to - from;
        });
    return gaps[0];
  }

  /**
   * Coordinates next to each other, padding left out.
   *
   * @param share of the places at which a tile has just these
   */
  record Span(long from, long length, double share) {}

  /** What a tile without gaps touches, at all places. */
  List<Span> spans(long[] tile, long[] places) {
    long[] sums = sums(tile);
    double each = 1 / product(1, places);
    var shares = new TreeMap<Long, Double>();
    each(places, 0, offset + sums[0], at -> shares.merge(at, each, Double::sum));
    var spans = new ArrayList<Span>();
    shares.forEach(
        (at, share) -> {
          long from = Math.max(0, at);
          long length = Math.max(0, Math.min(size, at + sums.length) - from);
          spans.add(new Span(length == 0 ? 0 : from, length, share));
        });
    return spans;
  }

  /** The most coordinates of a set that there are anywhere. */
  long most(long[] set, long[] places) {
    return Arrays.stream(lengths(set, places).length()).max().orElseThrow();
  }

  /**
   * What instances touch and what of it is new to them, over all places.
   *
   * @param tile of one instance
   * @param instances where the others stand
   * @param shift by how much all have moved
   * @param from the first place
   */
  Moved moved(long[] tile, long[] instances, long shift, long from, long[] places) {
    return moved.computeIfAbsent(
        Key.of(shift, tile, instances, new long[] {from}, places),
        _ -> find(tile, instances, shift, from, places));
  }

  /**
   * Coordinates that instances of one coordinate each have, over all places: by how many of them
   * have it, from one on.
   */
  double[] shared(long[] instances, long[] places) {
    return shared.computeIfAbsent(
        Key.of(1, instances, places),
        _ -> {
          var times = new TreeMap<Long, Integer>();
          each(instances, 0, 0, at -> times.merge(at, 1, Integer::sum));
          int most = times.values().stream().mapToInt(n -> n).max().orElseThrow();
          double[] sums = new double[most + 1];
          for (int n = 1; n <= most; n++) {
            int exactly = n;
            long[] own =
                times.keySet().stream()
                    .filter(x -> times.getOrDefault(x, 0) == exactly)
                    .mapToLong(x -> x)
                    .toArray();
            if (padded) {
              each(places, 0, offset, at -> sums[exactly] += (double) inside(own, at));
            } else {
              sums[n] = product(places) * (double) own.length;
            }
          }
          return sums;
        });
  }

  private Moved find(long[] tile, long[] instances, long shift, long from, long[] places) {
    double n = product(places);
    if (single && !padded) {
      double length = product(tile);
      double anew = Math.min(length, Math.abs((double) shift));
      double children = product(instances);
      return new Moved(n * children * length, n * children * (length - anew), n);
    }
    long[] one = sums(tile);
    long[] starts = sums(instances);
    var old = new java.util.HashSet<Long>();
    Arrays.stream(one).forEach(x -> old.add(x - shift));
    long low = one[0] + starts[0];
    var all = new BitSet();
    var anew = new BitSet();
    for (long start : starts) {
      for (long x : one) {
        int at = Math.toIntExact(x + start - low);
        all.set(at);
        if (!old.contains(x)) {
          anew.set(at);
        }
      }
    }
    all.andNot(anew);
    long[] known = all.stream().mapToLong(x -> x + low).toArray();
    all.or(anew);
    long[] touched = all.stream().mapToLong(x -> x + low).toArray();
    if (!padded) {
      return new Moved(n * (double) touched.length, n * (double) known.length, n);
    }
    double[] sum = new double[2];
    each(
        places,
        0,
        offset + from,
        at -> {
          sum[0] += (double) inside(touched, at);
          sum[1] += (double) inside(known, at);
        });
    return new Moved(sum[0], sum[1], n);
  }

  /** How many of these, from there on, are coordinates of the tensor. */
  private long inside(long[] sorted, long at) {
    return (long) first(sorted, size - at) - first(sorted, -at);
  }

  private static int first(long[] sorted, long least) {
    int found = Arrays.binarySearch(sorted, least);
    return found >= 0 ? found : -found - 1;
  }

  private static void each(
      long[] places, int i, long at, java.util.function.LongConsumer consumer) {
    if (i == places.length) {
      consumer.accept(at);
      return;
    }
    for (long k = 0; k < places[i + 1]; k++) {
      each(places, i + 2, at + k * places[i], consumer);
    }
  }

  private static double product(double n, long[] progressions) {
    double product = n;
    for (int i = 0; i < progressions.length; i += 2) {
      product *= (double) progressions[i + 1];
    }
    return product;
  }

  private static long product(long[] progressions) {
    return (long) product(1, progressions);
  }

  private static long[] sums(long[] progressions) {
    var sums = new java.util.TreeSet<Long>();
    each(progressions, 0, 0, sums::add);
    return sums.stream().mapToLong(x -> x).toArray();
  }
}
