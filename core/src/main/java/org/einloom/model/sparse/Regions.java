package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.einloom.density.Box;
import org.einloom.sparsity.SparseLegality;
import org.einloom.workload.Affine;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** What is touched of tensors at places: a set of coordinates in every rank, padding left out. */
final class Regions {
  /** What is known of the words of a region. */
  enum Content {
    /** All are zero. */
    NOTHING,

    /** Some is not zero. */
    SOMETHING,

    /** Neither for sure. */
    CHANCE
  }

  /** A region of a tensor: the coordinates, by rank. Looked up often, so its hash is kept. */
  static final class Region {
    private final String tensor;
    private final List<BitSet> ranks;
    private final int hash;
    private final long words;
    private @Nullable Content content;

    Region(String tensor, List<BitSet> ranks) {
      this.tensor = tensor;
      this.ranks = List.copyOf(ranks);
      this.hash = 31 * tensor.hashCode() + this.ranks.hashCode();
      long product = 1;
      for (BitSet r : ranks) {
        product = Checked.multiply(product, r.cardinality(), "the words of a region");
      }
      this.words = product;
    }

    String tensor() {
      return tensor;
    }

    List<BitSet> ranks() {
      return ranks;
    }

    long words() {
      return words;
    }

    /**
     * Whether there is something in it.
     *
     * @param find tells, the first time
     */
    Content content(Function<Region, Content> find) {
      Content known = content;
      if (known == null) {
        known = find.apply(this);
        content = known;
      }
      return known;
    }

    @Override
    public boolean equals(Object o) {
      return this == o
          || (o instanceof Region r
              && hash == r.hash
              && tensor.equals(r.tensor)
              && ranks.equals(r.ranks));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    Region meet(Region o) {
      var common = new ArrayList<BitSet>();
      for (int r = 0; r < ranks.size(); r++) {
        var both = (BitSet) ranks.get(r).clone();
        both.and(o.ranks.get(r));
        common.add(both);
      }
      return new Region(tensor, common);
    }

    /** Whether all of another is in it. */
    boolean contains(Region o) {
      return o.words() == 0 || meet(o).words() == o.words();
    }

    /** The tile that it is; empty if it has gaps. */
    Optional<Box> box() {
      var low = new ArrayList<Long>();
      var extents = new ArrayList<Long>();
      for (BitSet r : ranks) {
        int first = Math.max(0, r.nextSetBit(0));
        if (r.length() - first != r.cardinality()) {
          return Optional.empty();
        }
        low.add((long) first);
        extents.add((long) r.cardinality());
      }
      return Optional.of(new Box(low, extents));
    }

    /** The tiles that it is made of. */
    List<Box> boxes() {
      List<Box> boxes = List.of(new Box(List.of(), List.of()));
      for (BitSet r : ranks) {
        var next = new ArrayList<Box>();
        for (Box b : boxes) {
          for (int from = r.nextSetBit(0); from >= 0; from = r.nextSetBit(r.nextClearBit(from))) {
            var low = new ArrayList<>(b.low());
            var extents = new ArrayList<>(b.extents());
            low.add((long) from);
            extents.add((long) r.nextClearBit(from) - from);
            next.add(new Box(low, extents));
          }
        }
        boxes = next;
      }
      return boxes;
    }
  }

  private record Key(String tensor, List<BitSet> values) {}

  private final Einsum einsum;
  private final IndexClasses loops;
  private final List<String> variables;
  private final Map<Key, Region> known = new HashMap<>();
  private final Map<String, Own> byTensor = new HashMap<>();

  /** What is known of one tensor. */
  private static final class Own {
    /** Whether each variable indexes it. */
    final boolean[] variables;

    /** The loops over these. */
    final int[] loops;

    /** Regions by the indices of these loops. */
    final Map<Place, Region> known = new HashMap<>();

    Own(boolean[] variables, int[] loops) {
      this.variables = variables;
      this.loops = loops;
    }
  }

  Regions(Einsum einsum, IndexClasses loops) {
    this.einsum = einsum;
    this.loops = loops;
    this.variables = einsum.variables().stream().map(v -> v.name()).toList();
  }

  /** What the points of a place touch. */
  Region of(TensorAccess tensor, int[] index) {
    Own own = byTensor.computeIfAbsent(tensor.name(), _ -> own(tensor));
    var place = Place.of(own.loops, index);
    Region region = own.known.get(place);
    if (region == null) {
      var values = new ArrayList<BitSet>();
      for (int v = 0; v < variables.size(); v++) {
        values.add(own.variables[v] ? loops.values(v, index) : new BitSet());
      }
      region = known.computeIfAbsent(new Key(tensor.name(), values), _ -> of(tensor, values));
      own.known.put(place, region);
    }
    return region;
  }

  private Own own(TensorAccess tensor) {
    var indexes = new boolean[variables.size()];
    var over = new BitSet();
    for (int v = 0; v < indexes.length; v++) {
      indexes[v] = tensor.indexedBy(variables.get(v));
      for (int i : indexes[v] ? loops.over(v) : new int[0]) {
        over.set(i);
      }
    }
    return new Own(indexes, over.stream().toArray());
  }

  private Region of(TensorAccess tensor, List<BitSet> values) {
    var ranks = new ArrayList<BitSet>();
    for (TensorAccess.Rank r : tensor.ranks()) {
      List<Long> coordinates = List.of(r.expression().offset());
      for (Affine.Term term : r.expression().terms()) {
        int v = variables.indexOf(term.variable());
        coordinates =
            coordinates.stream()
                .flatMap(x -> values.get(v).stream().mapToObj(y -> x + term.coefficient() * y))
                .distinct()
                .toList();
      }
      var rank = new BitSet();
      coordinates.stream()
          .filter(x -> x >= 0 && x < r.size())
          .forEach(x -> rank.set(Math.toIntExact(x)));
      ranks.add(rank);
    }
    return new Region(einsum.tensor(tensor.name()).name(), ranks);
  }

  /**
   * Values of a variable.
   *
   * @param from the first
   * @param to after the last; not after the first if there are none
   */
  record Inner(long from, long to) {
    Inner meet(Inner o) {
      return new Inner(Math.max(from, o.from), Math.min(to, o.to));
    }
  }

  /** By variable of a padded rank: the values that touch no padding of it, whatever the others'. */
  static Map<String, Inner> inner(Einsum einsum) {
    var inner = new HashMap<String, Inner>();
    for (TensorAccess t : einsum.tensors()) {
      for (TensorAccess.Rank r : t.ranks()) {
        if (SparseLegality.padded(einsum, r)) {
          for (Affine.Term term : r.expression().terms()) {
            inner.merge(term.variable(), inner(einsum, r, term), Inner::meet);
          }
        }
      }
    }
    return inner;
  }

  private static Inner inner(Einsum einsum, TensorAccess.Rank r, Affine.Term of) {
    long low = r.expression().offset();
    long high = low;
    for (Affine.Term other : r.expression().terms()) {
      long reach = other.coefficient() * (einsum.extent(other.variable()) - 1);
      low += other.equals(of) ? 0 : Math.min(0, reach);
      high += other.equals(of) ? 0 : Math.max(0, reach);
    }
    long extent = einsum.extent(of.variable());
    long from = 0;
    long to = extent;
    while (from < to && !inside(r, of.coefficient() * from, low, high)) {
      from++;
    }
    while (to > from && !inside(r, of.coefficient() * (to - 1), low, high)) {
      to--;
    }
    return new Inner(from, to);
  }

  private static boolean inside(TensorAccess.Rank r, long at, long low, long high) {
    return low + at >= 0 && high + at < r.size();
  }

  /** Whether some points touch what is outside of a tensor. */
  static boolean padded(Einsum einsum, TensorAccess t) {
    return t.ranks().stream().anyMatch(r -> SparseLegality.padded(einsum, r));
  }

  /** Whether its ranks slide over others, as the input of a convolution does. */
  static boolean windows(TensorAccess t) {
    return t.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
  }
}
