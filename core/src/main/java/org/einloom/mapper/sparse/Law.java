package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.einloom.density.ActualDensity;
import org.einloom.density.BandedDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.PowerLawDensity;
import org.einloom.density.UniformDensity;
import org.einloom.format.Occupancy;
import org.einloom.format.RankFormat;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * What the density of an operand says of tiles, asked once for each shape. Where tiles of a shape
 * differ by their place, it is the mean over all places, or the most: loops take a tile to each
 * place of its grid equally often.
 */
final class Law {
  /** As the model: more places than this are not looked at one by one. */
  private static final double MOST_PLACES = 5_000_000;

  private static final int MOST_SHAPES = 20_000;

  private static final int FEW_WORDS = 1 << 14;

  private final Density density;
  private final Ranks ranks;
  private final long[] extent;

  /** Whether tiles stand at multiples of their extents. */
  private final boolean onGrid;

  /** Where tiles stand that may have gaps and touch padding. */
  private final @Nullable Places placed;

  private final boolean even;
  private final boolean certain;

  /** Not a number until it is asked for: of an actual tensor, every word is looked at. */
  private double share = Double.NaN;

  /** Asked for at every point: not a number until it is. */
  private final double[] emptyOfFew = new double[FEW_WORDS];

  private final Map<Long, Double> emptyWords = new HashMap<>();
  private final Map<Place, Double> occupied = new HashMap<>();
  private final IdentityHashMap<TensorFormat, Map<Long, Stored>> stored = new IdentityHashMap<>();
  private final Map<Integer, Map<Long, Room>> rooms = new HashMap<>();
  private final Map<Long, Boolean> alike = new HashMap<>();

  /**
   * A tile in a format, where sizes differ that which takes most.
   *
   * @param perWord the mean for a word, where sizes differ no more than that
   */
  record Stored(Size expected, Size worst, Size perWord) {
    /** Of a format that does not fit the tile. */
    static final Stored NONE = new Stored(new Size(-1, -1), new Size(-1, -1), new Size(-1, -1));

    /** As the model: the mean for a word, times words. */
    static Stored of(Size mean, Size worst, double words) {
      Size each = new Size(mean.metadataBits() / words, mean.words() / words);
      return new Stored(new Size(each.metadataBits() * words, each.words() * words), worst, each);
    }

    /** Whether the format fits the tile. */
    boolean fits() {
      return expected.words() >= 0;
    }
  }

  /** Bits that a tile takes at least, of words and of metadata apart. */
  record Room(double bits, double metadata) {}

  /** A shape, and the variables that stay at their first values, as bits. */
  private record Place(long key, long first) {}

  /**
   * @param extent by variable
   */
  Law(Density density, Ranks ranks, long[] extent, @Nullable Places placed) {
    this.density = density;
    this.ranks = ranks;
    this.extent = extent;
    this.placed = placed;
    Arrays.fill(emptyOfFew, Double.NaN);
    onGrid = !ranks.windows && Arrays.stream(ranks.offset).allMatch(o -> o == 0);
    even = placed == null && even();
    certain = density instanceof UniformDensity u && u.nonZeros() == Box.whole(u.shape()).words();
  }

  /** Whether no word is ever zero. */
  boolean certain() {
    return certain;
  }

  /** Whether tiles are alike whatever their shape. */
  boolean isEven() {
    return even;
  }

  boolean uniform() {
    return density instanceof UniformDensity;
  }

  /** Whether words are more often occupied at some places than at others. */
  boolean uneven() {
    return density instanceof BandedDensity
        || density instanceof ActualDensity
        || density instanceof PowerLawDensity;
  }

  /** The share of the words that are touched that are occupied, as expected. */
  double share() {
    if (Double.isNaN(share)) {
      Box touched = boxes(extent, 0).getFirst();
      share =
          uniform()
              ? density.density()
              : density.expectedOccupied(touched) / Math.max(1, (double) touched.words());
    }
    return share;
  }

  /**
   * The same of the words that points ask for: in a window some are asked for more often than
   * others. Not a number where these are too many to look at.
   */
  double shareAtPoints() {
    long[] one = new long[extent.length];
    Arrays.fill(one, 1);
    double inside = placed == null ? 1 : placed.insideShare();
    return inside == 0 ? 0 : occupied(one, 0) / inside;
  }

  /** The probability that so many words, alike in all places, are zero; of a uniform law. */
  double emptyWords(long words) {
    if (words >= emptyOfFew.length) {
      return emptyWords.computeIfAbsent(words, w -> ((UniformDensity) density).probabilityEmpty(w));
    }
    int few = (int) words;
    if (Double.isNaN(emptyOfFew[few])) {
      emptyOfFew[few] = ((UniformDensity) density).probabilityEmpty(words);
    }
    return emptyOfFew[few];
  }

  /** Whether all tiles of a shape are alike. */
  boolean alike(long[] values) {
    if (even) {
      return true;
    }
    if (!onGrid) {
      return false;
    }
    return alike.computeIfAbsent(key(values), _ -> density.sameEverywhere(list(extents(values))));
  }

  /** Whether tiles are alike whatever their shape. */
  private boolean even() {
    if (uniform() || !onGrid || shapes() > MOST_SHAPES) {
      return uniform();
    }
    long[] values = new long[extent.length];
    Arrays.fill(values, 1);
    return even(values, 0);
  }

  private boolean even(long[] values, int v) {
    if (v == values.length) {
      return density.sameEverywhere(list(extents(values)));
    }
    boolean all = true;
    for (long value : ranks.indexedBy(v) ? divisors(extent[v]) : List.of(1L)) {
      values[v] = value;
      all = all && even(values, v + 1);
    }
    values[v] = 1;
    return all;
  }

  private double shapes() {
    double shapes = 1;
    for (int v = 0; v < extent.length; v++) {
      shapes *= ranks.indexedBy(v) ? (double) divisors(extent[v]).size() : 1;
    }
    return shapes;
  }

  /**
   * The probability that a tile is not empty; not a number where it is not counted. Added up over
   * places as it is, so that nothing is left by rounding where there is nothing.
   *
   * @param values by variable
   * @param first variables that stay at their first values, as bits; of no account where all tiles
   *     are alike
   */
  double occupied(long[] values, long first) {
    if (density instanceof UniformDensity) {
      double words = ranks.words(values);
      return Double.isNaN(words) ? words : 1 - emptyWords((long) words);
    }
    if (ranks.extents(values) == null) {
      return Double.NaN;
    }
    if (placed != null) {
      return occupied.computeIfAbsent(
          new Place(key(values), first), _ -> mean(placed, values, first));
    }
    boolean all = alike(values);
    return occupied.computeIfAbsent(
        new Place(key(values), all ? 0 : first),
        _ -> mean(values, all ? -1L : first, this::occupied));
  }

  private double occupied(Box box) {
    return 1 - density.probabilityEmpty(box);
  }

  /** The mean over all places of the probability that a tile is not empty; padding always is. */
  private double mean(Places at, long[] values, long first) {
    List<Places.Placed> boxes = at.boxes(values, first, MOST_PLACES);
    double mean = 0;
    for (Places.Placed b : boxes) {
      mean += b.box().words() == 0 ? 0 : b.share() * occupied(b.box());
    }
    return boxes.isEmpty() ? Double.NaN : mean;
  }

  /**
   * The probability that a word is not zero; one that is padding always is.
   *
   * @param at values of variables
   */
  double occupiedAt(long[] at) {
    long[] low = ranks.offset.clone();
    for (int v = 0; v < at.length; v++) {
      if (ranks.rankOf[v] >= 0) {
        low[ranks.rankOf[v]] += ranks.factor[v] * at[v];
      }
    }
    for (int r = 0; r < low.length; r++) {
      if (low[r] < 0 || low[r] >= density.shape().get(r)) {
        return 0;
      }
    }
    long[] one = new long[low.length];
    Arrays.fill(one, 1);
    return occupied(new Box(list(low), list(one)));
  }

  /** What a tile takes. */
  Stored stored(TensorFormat format, long[] values) {
    return stored
        .computeIfAbsent(format, _ -> new HashMap<>())
        .computeIfAbsent(key(values), _ -> store(format, values));
  }

  private Stored store(TensorFormat format, long[] values) {
    if (placed != null && !format.compresses()) {
      return new Stored(new Size(0, 0), new Size(0, 0), new Size(0, 1));
    }
    try {
      return placed == null || isWhole(values)
          ? everywhere(format, values)
          : bySize(format, placed.sizes(values));
    } catch (InvalidSpecException e) {
      return Stored.NONE; // blocks that do not divide the tile, say
    }
  }

  private Stored everywhere(TensorFormat format, long[] values) {
    long one = alike(values) ? -1L : 0;
    double words = placed == null ? ranks.words(values) : placed.mostWords(values);
    if (places(values, one) > MOST_PLACES || Double.isNaN(words)) {
      return Stored.NONE;
    }
    List<Box> boxes = boxes(values, one);
    List<Size> expected = boxes.stream().map(b -> Occupancy.expected(format, density, b)).toList();
    List<Size> worst = boxes.stream().map(b -> Occupancy.worst(format, density, b)).toList();
    return Stored.of(
        new Size(
            expected.stream().mapToDouble(Size::metadataBits).average().orElseThrow(),
            expected.stream().mapToDouble(Size::words).average().orElseThrow()),
        new Size(
            worst.stream().mapToDouble(Size::metadataBits).max().orElseThrow(),
            worst.stream().mapToDouble(Size::words).max().orElseThrow()),
        words);
  }

  /** Tiles that are smaller at borders; how many there are of each size does not matter. */
  private Stored bySize(TensorFormat format, List<List<Long>> sizes) {
    if (!uniform() || sizes.isEmpty()) {
      return Stored.NONE;
    }
    double[] most = new double[4];
    double bitsPerWord = Double.POSITIVE_INFINITY;
    double wordsPerWord = Double.POSITIVE_INFINITY;
    for (List<Long> extents : sizes) {
      var box = new Box(extents.stream().map(_ -> 0L).toList(), extents);
      Size expected = Occupancy.expected(format, density, box);
      Size worst = Occupancy.worst(format, density, box);
      most[0] = Math.max(most[0], expected.metadataBits());
      most[1] = Math.max(most[1], expected.words());
      most[2] = Math.max(most[2], worst.metadataBits());
      most[3] = Math.max(most[3], worst.words());
      double words = (double) box.words();
      bitsPerWord = Math.min(bitsPerWord, expected.metadataBits() / words);
      wordsPerWord = Math.min(wordsPerWord, expected.words() / words);
    }
    return new Stored(
        new Size(most[0], most[1]),
        new Size(most[2], most[3]),
        new Size(bitsPerWord, wordsPerWord));
  }

  /**
   * The fewest bits of metadata that go with a word in a format, of all tiles that divide; 0 where
   * these are too many to look at, or take too long, or differ by their place.
   */
  double leastMetadata(TensorFormat format) {
    boolean runs =
        format.levels().stream().anyMatch(l -> l.format() instanceof RankFormat.RunLength);
    if (!uniform() || runs || shapes() > MOST_SHAPES) {
      return 0;
    }
    long[] values = new long[extent.length];
    Arrays.fill(values, 1);
    return leastMetadata(format, values, 0);
  }

  private double leastMetadata(TensorFormat format, long[] values, int v) {
    if (v == values.length) {
      Stored in = stored(format, values);
      return in.fits() ? in.perWord().metadataBits() : Double.POSITIVE_INFINITY;
    }
    if (!ranks.indexedBy(v)) {
      return leastMetadata(format, values, v + 1);
    }
    double least = Double.POSITIVE_INFINITY;
    for (long value : divisors(extent[v])) {
      values[v] = value;
      least = Math.min(least, leastMetadata(format, values, v + 1));
    }
    values[v] = 1;
    return least;
  }

  private static List<Long> divisors(long n) {
    var divisors = new ArrayList<Long>();
    for (long d = 1; d <= n; d++) {
      if (n % d == 0) {
        divisors.add(d);
      }
    }
    return divisors;
  }

  /** What is found once for a tile at a node. */
  Room room(int node, long[] values, Supplier<Room> find) {
    return rooms
        .computeIfAbsent(node, _ -> new HashMap<>())
        .computeIfAbsent(key(values), _ -> find.get());
  }

  private double mean(long[] values, long first, ToDoubleFunction<Box> figure) {
    if (places(values, first) > MOST_PLACES) {
      return Double.NaN;
    }
    return boxes(values, first).stream().mapToDouble(figure).average().orElseThrow();
  }

  private double places(long[] values, long first) {
    double places = 1;
    for (int v = 0; v < values.length; v++) {
      if (ranks.indexedBy(v) && (first >> v & 1) == 0) {
        places *= (double) extent[v] / (double) values[v];
      }
    }
    return places;
  }

  private boolean isWhole(long[] values) {
    boolean whole = true;
    for (int v = 0; v < extent.length; v++) {
      whole &= !ranks.indexedBy(v) || values[v] == extent[v];
    }
    return whole;
  }

  /** The tile at every place. */
  private List<Box> boxes(long[] values, long first) {
    if (placed != null) {
      List<Places.Placed> all = placed.boxes(values, first, Double.POSITIVE_INFINITY);
      return all.stream().map(Places.Placed::box).toList();
    }
    List<Long> extents = list(extents(values));
    var boxes = new ArrayList<Box>();
    place(values, first, 0, ranks.offset.clone(), extents, boxes);
    return boxes;
  }

  private void place(
      long[] values, long first, int v, long[] low, List<Long> extents, List<Box> boxes) {
    if (v == values.length) {
      boxes.add(new Box(list(low), extents));
      return;
    }
    int r = ranks.rankOf[v];
    if (r < 0) {
      place(values, first, v + 1, low, extents, boxes);
      return;
    }
    long factor = ranks.factor[v];
    long places = (first >> v & 1) == 1 ? 1 : extent[v] / values[v];
    for (long i = 0; i < places; i++) {
      long at = factor * i * values[v] + Math.min(0, factor * (values[v] - 1));
      low[r] += at;
      place(values, first, v + 1, low, extents, boxes);
      low[r] -= at;
    }
  }

  /** Different for different tiles; {@link Coverage} sees to it that it fits. */
  private long key(long[] values) {
    long key = 0;
    for (int v = 0; v < values.length; v++) {
      if (ranks.indexedBy(v)) {
        key = key * extent[v] + values[v] - 1;
      }
    }
    return key;
  }

  private long[] extents(long[] values) {
    long[] extents = ranks.extents(values);
    if (extents == null) {
      throw new IllegalStateException("a tile with gaps");
    }
    return extents;
  }

  private static List<Long> list(long[] extents) {
    return Arrays.stream(extents).boxed().toList();
  }
}
