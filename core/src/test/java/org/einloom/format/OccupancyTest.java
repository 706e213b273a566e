package org.einloom.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.einloom.density.ActualDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.EveryTensor;
import org.einloom.density.Pattern;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.format.RankFormat.Bitmask;
import org.einloom.format.RankFormat.Coordinates;
import org.einloom.format.RankFormat.Offsets;
import org.einloom.format.RankFormat.RunLength;
import org.einloom.format.RankFormat.Uncompressed;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OccupancyTest {
  /** X.X. / .... / ..X. / ...X */
  private static final Pattern MATRIX = matrix(4, 4, 0, 2, 10, 15);

  private static Pattern matrix(long rows, long columns, int... words) {
    var occupied = new BitSet();
    for (int w : words) {
      occupied.set(w);
    }
    return new Pattern(List.of(rows, columns), occupied);
  }

  private static Size encoded(TensorFormat format) {
    return Encoding.size(format, MATRIX, Box.whole(MATRIX.shape()));
  }

  @Test
  @DisplayName("formats with a name, counted by hand")
  void byHand() {
    assertThat(encoded(TensorFormat.uncompressed(2))).isEqualTo(new Size(0, 16));
    assertThat(encoded(TensorFormat.named("bitmask", 2))).isEqualTo(new Size(16, 4));
    assertThat(encoded(TensorFormat.named("coo", 2))).isEqualTo(new Size(4 * 4, 4));
    // five offsets that count to 16, then four coordinates of 2 bits
    assertThat(encoded(TensorFormat.named("csr", 2))).isEqualTo(new Size(5 * 5 + 4 * 2, 4));
    assertThat(encoded(TensorFormat.named("csc", 2))).isEqualTo(new Size(5 * 5 + 4 * 2, 4));
    // three rows of 2 bits, four columns of 2 bits
    assertThat(encoded(TensorFormat.named("csf", 2))).isEqualTo(new Size(3 * 2 + 4 * 2, 4));
    // runs of 0, 1, 7 and 4
    assertThat(encoded(runs(3))).isEqualTo(new Size(4 * 3, 4));
    // runs of at most 3: one of 7 breaks once (its fourth zero is stored), and one of 4
    assertThat(encoded(runs(2))).isEqualTo(new Size(6 * 2, 6));
    // runs of at most 1: of 1 none, of 7 three breaks, of 4 two
    assertThat(encoded(runs(1))).isEqualTo(new Size(9, 9));
    // blocks of 2 x 2 by coordinates, dense inside: three blocks are occupied
    var blocked =
        new TensorFormat(
            "blocks",
            List.of(
                new TreeLevel(new Coordinates(OptionalInt.empty()), List.of(0), 2),
                new TreeLevel(new Coordinates(OptionalInt.of(4)), List.of(1), 2),
                new TreeLevel(new Uncompressed(), List.of(0), 1),
                new TreeLevel(new Uncompressed(), List.of(1), 1)));
    assertThat(encoded(blocked)).isEqualTo(new Size(2 * 1 + 3 * 4, 12));
  }

  private static TensorFormat runs(int bits) {
    return new TensorFormat(
        "runs", List.of(new TreeLevel(new RunLength(OptionalInt.of(bits)), List.of(0, 1), 1)));
  }

  private static TensorFormat random(SplittableRandom random, List<Long> extents, boolean flat) {
    var levels = new ArrayList<TreeLevel>();
    var left = new ArrayList<>(extents);
    if (flat) {
      var ranks = new ArrayList<Integer>();
      for (int r = 0; r < extents.size(); r++) {
        ranks.add(random.nextInt(ranks.size() + 1), r);
      }
      int first = random.nextInt(ranks.size());
      if (first > 0) {
        levels.add(new TreeLevel(format(random, false), ranks.subList(0, first), 1));
      }
      RankFormat last = format(random, true);
      levels.add(new TreeLevel(last, ranks.subList(first, ranks.size()), 1));
      return new TensorFormat("random", levels);
    }
    while (left.stream().anyMatch(e -> e > 1) || levels.isEmpty()) {
      int rank = random.nextInt(extents.size());
      long block = 1 + random.nextLong(left.get(rank));
      if (left.get(rank) % block == 0 && (left.get(rank) > 1 || levels.isEmpty())) {
        levels.add(new TreeLevel(format(random, false), List.of(rank), block));
        left.set(rank, block);
      }
    }
    if (levels.getLast().format() instanceof Offsets) {
      TreeLevel last = levels.removeLast();
      levels.add(new TreeLevel(format(random, true), last.ranks(), last.block()));
    }
    return new TensorFormat("random", levels);
  }

  private static RankFormat format(SplittableRandom random, boolean last) {
    OptionalInt bits =
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3));
    return switch (random.nextInt(last ? 4 : 5)) {
      case 0 -> new Uncompressed();
      case 1 -> new Bitmask();
      case 2 -> new Coordinates(bits);
      case 3 -> new RunLength(bits);
      default -> new Offsets(bits);
    };
  }

  @Test
  @DisplayName("the expected size is the mean over all tensors, and none exceeds the worst")
  void meanOverAllTensors() {
    long seed = new SplittableRandom().nextLong();
    var random = new SplittableRandom(seed);
    int looked = 0;
    for (int i = 0; i < 600; i++) {
      Density density = EveryTensor.SMALL.get(random.nextInt(EveryTensor.SMALL.size()));
      List<Box> tiles = EveryTensor.boxes(density.shape());
      Box tile = tiles.get(random.nextInt(tiles.size()));
      boolean flat = density instanceof UniformDensity && random.nextBoolean();
      TensorFormat format = random(random, tile.extents(), flat);
      String what = "%s of %s at %s, seed %d".formatted(format, density, tile, seed);
      double metadata = 0;
      double words = 0;
      Size worst = Occupancy.worst(format, density, tile);
      var every = EveryTensor.of(density);
      if (every.size() > 1500) {
        continue;
      }
      looked++;
      for (var e : every.entrySet()) {
        Size size = Encoding.size(format, e.getKey(), tile);
        metadata += e.getValue() * size.metadataBits();
        words += e.getValue() * size.words();
        assertThat(size.metadataBits()).as(what).isLessThanOrEqualTo(worst.metadataBits());
        assertThat(size.words()).as(what).isLessThanOrEqualTo(worst.words());
      }
      Size expected = Occupancy.expected(format, density, tile);
      assertThat(expected.metadataBits()).as(what).isCloseTo(metadata, within(1e-9));
      assertThat(expected.words()).as(what).isCloseTo(words, within(1e-9));
    }
    assertThat(looked).isGreaterThan(300);
  }

  @Test
  @DisplayName("of an actual tensor what is expected, and the worst, is what a tile takes")
  void actual() {
    long seed = new SplittableRandom().nextLong();
    var random = new SplittableRandom(seed);
    int broken = 0;
    for (int i = 0; i < 2_000; i++) {
      var shape = new ArrayList<Long>();
      for (int r = 1 + random.nextInt(3); r > 0; r--) {
        shape.add(1L + random.nextInt(8));
      }
      var occupied = new BitSet();
      double share = random.nextDouble() * random.nextDouble();
      for (int w = 0; w < Box.whole(shape).words(); w++) {
        occupied.set(w, random.nextDouble() < share);
      }
      var density = new ActualDensity(new Pattern(shape, occupied), "a test");
      Box tile = Box.whole(shape);
      for (int r = 0; r < shape.size(); r++) {
        long low = random.nextLong(shape.get(r));
        tile = tile.with(r, low, 1 + random.nextLong(shape.get(r) - low));
      }
      TensorFormat format = random(random, tile.extents(), random.nextBoolean());
      Size is = Encoding.size(format, density.pattern(), tile);
      String what = "%s of %s at %s, seed %d".formatted(format, occupied, tile, seed);
      assertThat(Occupancy.expected(format, density, tile)).as(what).isEqualTo(is);
      assertThat(Occupancy.worst(format, density, tile)).as(what).isEqualTo(is);
      TreeLevel last = format.levels().getLast();
      boolean runs = last.ranks().size() > 1 && last.format() instanceof RunLength;
      broken += runs && is.words() > density.pattern().count(tile) ? 1 : 0;
    }
    assertThat(broken).as("tiles with broken runs through several ranks").isPositive();
  }

  @Test
  @DisplayName("runs through several ranks of which all but one have one coordinate")
  void runsOfARow() {
    var density = new StructuredDensity(List.of(2L, 8L), 1, 1, 4);
    Box row = Box.whole(density.shape()).with(0, 1, 1);
    var along =
        new TensorFormat(
            "along",
            List.of(
                new TreeLevel(new Uncompressed(), List.of(0), 1),
                new TreeLevel(new RunLength(OptionalInt.of(1)), List.of(1), 1)));
    Size size = Occupancy.expected(runs(1), density, row);
    assertThat(size).isEqualTo(Occupancy.expected(along, density, row));
    assertThat(size.words()).isGreaterThan(2);
  }

  @Test
  @DisplayName("the worst case occurs where words can lie as they take most")
  void worstOccurs() {
    var density = new UniformDensity(List.of(3L, 4L), 4);
    for (String name : List.of("bitmask", "coo", "csr", "csc", "csf", "uncompressed")) {
      var format = TensorFormat.named(name, 2);
      for (Box tile : EveryTensor.boxes(density.shape())) {
        Size worst = Occupancy.worst(format, density, tile);
        double most = 0;
        for (Pattern p : EveryTensor.of(density).keySet()) {
          most = Math.max(most, Encoding.size(format, p, tile).bits(8));
        }
        assertThat(worst.bits(8)).as(name + " at " + tile).isEqualTo(most);
      }
    }
  }

  @Test
  @DisplayName("a large matrix at once")
  void large() {
    var density = UniformDensity.ofShare(List.of(16384L, 16384L), 0.01);
    Box tile = Box.whole(List.of(1024L, 1024L));
    Size csr = Occupancy.expected(TensorFormat.named("csr", 2), density, tile);
    assertThat(csr.words()).isCloseTo(density.density() * 1024 * 1024, within(1e-6));
    assertThat(csr.metadataBits())
        .isCloseTo(1025 * 21 + 10 * density.density() * 1024 * 1024, within(1e-5));
    Size runs = Occupancy.expected(TensorFormat.named("run_length", 2), density, tile);
    // a zero is stored for each run of 32: of words 0.99^32 have one before them, and so on
    double q = Math.pow(1 - density.density(), 32);
    assertThat(runs.words() / csr.words()).isCloseTo(1 + q / (1 - q), within(1e-3));
  }

  @Test
  @DisplayName("2:4 by coordinates takes two bits for each of two words")
  void structured() {
    var density = new StructuredDensity(List.of(8L, 16L), 1, 2, 4);
    var format =
        new TensorFormat(
            "2:4",
            List.of(
                new TreeLevel(new Uncompressed(), List.of(0), 1),
                new TreeLevel(new Uncompressed(), List.of(1), 4),
                new TreeLevel(new Coordinates(OptionalInt.empty()), List.of(1), 1)));
    Box whole = Box.whole(density.shape());
    assertThat(Occupancy.expected(format, density, whole)).isEqualTo(new Size(128, 64));
    assertThat(Occupancy.worst(format, density, whole)).isEqualTo(new Size(128, 64));
  }

  @Test
  @DisplayName("what cannot be is refused")
  void refuses() {
    assertThatThrownBy(() -> TensorFormat.named("cssr", 2))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("did you mean 'csr'?");
    assertThatThrownBy(() -> TensorFormat.named("csr", 3))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("tensor with 3 ranks; it is for 2");
    assertThatThrownBy(
            () ->
                new TensorFormat(
                    "o", List.of(new TreeLevel(new Offsets(OptionalInt.empty()), List.of(0), 1))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("ends with offsets");
    assertThatThrownBy(
            () ->
                Occupancy.expected(
                    runs(1),
                    new StructuredDensity(List.of(4L, 4L), 1, 2, 4),
                    Box.whole(List.of(4L, 4L))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("runs through several ranks");
    assertThatThrownBy(() -> encoded(new TensorFormat("short", List.of())))
        .hasNoCause()
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("cut every rank down");
  }
}
