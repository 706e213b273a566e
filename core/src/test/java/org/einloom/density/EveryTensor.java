package org.einloom.density;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tensors that a law allows, with their probabilities. */
public final class EveryTensor {
  private EveryTensor() {}

  /** One law of each kind, of tensors so small that all can be looked at. */
  public static final List<Density> SMALL =
      List.of(
          new UniformDensity(List.of(3L, 4L), 4),
          new UniformDensity(List.of(2L, 2L, 3L), 3),
          new UniformDensity(List.of(3L, 3L), 0),
          new UniformDensity(List.of(3L, 3L), 9),
          new StructuredDensity(List.of(2L, 8L), 1, 2, 4),
          new StructuredDensity(List.of(6L, 2L), 0, 1, 3),
          new BandedDensity(List.of(4L, 5L), 1, 0, 4),
          new BandedDensity(List.of(2L, 3L, 3L), 0, 1, 5),
          new BlockDensity(List.of(4L, 6L), List.of(2L, 3L), 2),
          new BlockDensity(List.of(6L, 4L), List.of(2L, 2L), 3),
          PowerLawDensity.ofShare(List.of(4L, 5L), 1.2, 0.4),
          new ActualDensity(pattern(List.of(3L, 4L), 0, 5, 6, 11), "a test"));

  private static Pattern pattern(List<Long> shape, int... words) {
    var occupied = new BitSet();
    for (int w : words) {
      occupied.set(w);
    }
    return new Pattern(shape, occupied);
  }

  /** All tensors of a law, with how often each occurs among equally likely choices. */
  public static Map<Pattern, Double> of(Density density) {
    return switch (density) {
      case UniformDensity u -> subsets(u.shape(), all(u.shape()), (int) u.nonZeros());
      case BandedDensity b -> {
        var band = new ArrayList<Integer>();
        int rows = (int) (long) b.shape().get(b.shape().size() - 2);
        int columns = (int) (long) b.shape().getLast();
        for (int w : all(b.shape())) {
          int i = w / columns % rows;
          int j = w % columns;
          if (j - i >= -b.below() && j - i <= b.above()) {
            band.add(w);
          }
        }
        yield subsets(b.shape(), band, (int) b.nonZeros());
      }
      case StructuredDensity s -> {
        Map<Pattern, Double> product = Map.of(pattern(s.shape()), 1.0);
        for (List<Integer> group : groups(s)) {
          product = product(product, subsets(s.shape(), group, (int) s.occupiedOfGroup()));
        }
        yield product;
      }
      case PowerLawDensity p -> {
        Map<Pattern, Double> product = Map.of(pattern(p.shape()), 1.0);
        int words = all(p.shape()).size() / p.ofRow().size();
        for (int i = 0; i < p.ofRow().size(); i++) {
          var row = new ArrayList<Integer>();
          for (int j = 0; j < words; j++) {
            row.add(i * words + j);
          }
          product = product(product, subsets(p.shape(), row, (int) (long) p.ofRow().get(i)));
        }
        yield product;
      }
      case BlockDensity b -> {
        long blocks = Box.whole(b.shape()).words() / Box.whole(b.block()).words();
        Map<Pattern, Double> chosen =
            subsets(List.of(blocks), all(List.of(blocks)), (int) b.fullBlocks());
        Map<Pattern, Double> every = new LinkedHashMap<>();
        chosen.forEach(
            (c, p) -> {
              var occupied = new BitSet();
              for (int w : all(b.shape())) {
                occupied.set(w, c.occupied(block(b, w)));
              }
              every.put(new Pattern(b.shape(), occupied), p);
            });
        yield every;
      }
      case ActualDensity a -> Map.of(a.pattern(), 1.0);
    };
  }

  /** The number of the block that a word lies in. */
  private static int block(BlockDensity b, int word) {
    long number = 0;
    long rest = word;
    long scale = 1;
    for (int r = b.shape().size() - 1; r >= 0; r--) {
      number += scale * (rest % b.shape().get(r) / b.block().get(r));
      scale *= b.shape().get(r) / b.block().get(r);
      rest /= b.shape().get(r);
    }
    return (int) number;
  }

  private static List<List<Integer>> groups(StructuredDensity s) {
    Map<List<Long>, List<Integer>> groups = new LinkedHashMap<>();
    for (int w : all(s.shape())) {
      var key = new ArrayList<Long>();
      long rest = w;
      for (int r = s.shape().size() - 1; r >= 0; r--) {
        long x = rest % s.shape().get(r);
        rest /= s.shape().get(r);
        key.add(r == s.rank() ? x / s.group() : x);
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(w);
    }
    return List.copyOf(groups.values());
  }

  private static List<Integer> all(List<Long> shape) {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < Box.whole(shape).words(); i++) {
      all.add(i);
    }
    return all;
  }

  private static Map<Pattern, Double> subsets(List<Long> shape, List<Integer> of, int size) {
    var sets = new ArrayList<Pattern>();
    for (int bits = 0; bits < 1 << of.size(); bits++) {
      if (Integer.bitCount(bits) == size) {
        var occupied = new BitSet();
        for (int i = 0; i < of.size(); i++) {
          if ((bits >> i & 1) == 1) {
            occupied.set(of.get(i));
          }
        }
        sets.add(new Pattern(shape, occupied));
      }
    }
    Map<Pattern, Double> every = new LinkedHashMap<>();
    sets.forEach(s -> every.merge(s, 1.0 / sets.size(), Double::sum));
    return every;
  }

  private static Map<Pattern, Double> product(Map<Pattern, Double> a, Map<Pattern, Double> b) {
    Map<Pattern, Double> product = new LinkedHashMap<>();
    a.forEach(
        (x, p) ->
            b.forEach(
                (y, q) -> {
                  var occupied = new BitSet();
                  for (int w = 0; w < Box.whole(x.shape()).words(); w++) {
                    occupied.set(w, x.occupied(w) || y.occupied(w));
                  }
                  product.merge(new Pattern(x.shape(), occupied), p * q, Double::sum);
                }));
    return product;
  }

  /** Every tile of a tensor of that shape. */
  public static List<Box> boxes(List<Long> shape) {
    List<Box> boxes = List.of(Box.whole(shape));
    for (int r = 0; r < shape.size(); r++) {
      var next = new ArrayList<Box>();
      for (Box b : boxes) {
        for (long low = 0; low < shape.get(r); low++) {
          for (long e = 1; low + e <= shape.get(r); e++) {
            next.add(b.with(r, low, e));
          }
        }
      }
      boxes = next;
    }
    return boxes;
  }
}
