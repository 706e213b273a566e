package org.einloom.component.sram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.einloom.component.technology.Technology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What estimates are beside close to CACTI. */
class SramEstimatorTest {
  private static final List<ToDoubleFunction<SramFigures>> SIZED =
      List.of(
          SramFigures::readPj,
          SramFigures::writePj,
          SramFigures::accessNs,
          SramFigures::areaUm2,
          SramFigures::leakageUw);

  private static final List<ToDoubleFunction<SramFigures>> FIGURES =
      Stream.concat(SIZED.stream(), Stream.of(SramFigures::cycleNs)).toList();

  private final SramEstimator estimator = new SramEstimator();

  @Test
  @DisplayName("the parts of a read sum up to it, whatever the memory")
  void partsSumUp() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      SramSpec spec = any(random);
      SramEstimate estimate = estimator.estimate(spec);
      String which = "seed " + seed + ", case " + i + ": " + spec;
      SramFigures f = estimate.figures();
      assertThat(parts(f.read())).as(which).allMatch(pj -> pj >= 0);
      assertThat(parts(f.read()).stream().mapToDouble(pj -> pj).sum())
          .as(which)
          .isCloseTo(f.readPj(), within(1e-9 * f.readPj()));
      for (ToDoubleFunction<SramFigures> figure : FIGURES) {
        assertThat(figure.applyAsDouble(f)).as(which).isPositive().isFinite();
      }
      double cellUm2 = 140 * Math.pow(spec.technologyNm() / 1000, 2);
      if (spec.technologyNm() >= 22) {
        assertThat(f.areaUm2()).as(which).isGreaterThan(cellUm2 * spec.sizeBytes() * 8 * 0.7);
      }
    }
  }

  private static List<Double> parts(SramReadEnergy read) {
    return List.of(
        read.hTree(),
        read.decoder(),
        read.wordLine(),
        read.columnSelect(),
        read.precharge(),
        read.bitLine(),
        read.senseAmplifier(),
        read.output());
  }

  private static SramSpec any(Random random) {
    int banks = 1 + random.nextInt(9);
    long bytes = banks * (1 + random.nextLong(1L << random.nextInt(22)));
    int width = 1 + random.nextInt((int) Math.min(600, bytes / banks * 8));
    return new SramSpec(
        bytes,
        width,
        banks,
        1 + random.nextInt(2),
        random.nextInt(3),
        random.nextInt(3),
        5 + 125 * random.nextDouble(),
        random.nextBoolean() ? SramFlavour.LOW_STANDBY_POWER : SramFlavour.HIGH_PERFORMANCE);
  }

  @Test
  @DisplayName("between two nodes every figure lies between theirs, and rises or falls throughout")
  void monotoneBetweenNodes() {
    for (SramFlavour flavour : SramFlavour.values()) {
      for (int i = 1; i < Node.NODES_NM.size(); i++) {
        int low = Node.NODES_NM.get(i - 1);
        int high = Node.NODES_NM.get(i);
        for (ToDoubleFunction<SramFigures> figure : FIGURES) {
          List<Double> values = new ArrayList<>();
          for (double share = 0; share <= 1; share += 0.125) {
            SramSpec spec =
                new SramSpec(110592, 64, 1, 1, 0, 0, low + share * (high - low), flavour);
            values.add(figure.applyAsDouble(estimator.estimate(spec).figures()));
          }
          List<Double> sorted = new ArrayList<>(values);
          sorted.sort(values.getFirst() < values.getLast() ? null : (a, b) -> b.compareTo(a));
          assertThat(values).as(flavour + " " + low + " to " + high + " nm").isEqualTo(sorted);
        }
      }
    }
  }

  @Test
  @DisplayName("beyond all nodes the figures are those of the last, times factors that are given")
  void scaled() {
    for (double nm : new double[] {5, 7, 16, 21.9, 90.1, 130}) {
      SramEstimate estimate = estimator.estimate(SramSpec.of(65536, 64, nm));
      SramEstimate from = estimator.estimate(SramSpec.of(65536, 64, nm < 22 ? 22 : 90));
      SramScaling scaling = estimate.scaling().orElseThrow();
      assertThat(estimate.errors()).isEmpty();
      assertThat(estimate.extrapolated()).isTrue();
      assertThat(scaling.from()).isEqualTo(from.figures());
      assertThat(estimate.figures().readPj())
          .isEqualTo(from.figures().read().times(scaling.energy().value()).sum());
      assertThat(estimate.figures().areaUm2())
          .isEqualTo(from.figures().areaUm2() * scaling.area().value());
      assertThat(estimate.figures().readPj() < from.figures().readPj()).isEqualTo(nm < 22);
      assertThat(estimate.figures().areaUm2() < from.figures().areaUm2()).isEqualTo(nm < 22);
      assertThat(estimate.figures().accessNs() < from.figures().accessNs()).isEqualTo(nm < 22);
    }
    assertThat(estimator.estimate(SramSpec.of(65536, 64, 7)).notes())
        .containsExactly("CACTI was not run at 7 nm: scaled from 22 nm");
    assertThat(estimator.estimate(SramSpec.of(65536, 64, Technology.LARGEST_NM)).notes())
        .containsExactly("CACTI was not run at 130 nm: scaled from 90 nm");
  }

  @Test
  @DisplayName("where it was checked it says how far off it may be, and nothing else")
  void withinReach() {
    SramEstimate estimate = estimator.estimate(SramSpec.of(110592, 64, 65));
    assertThat(estimate.notes()).isEmpty();
    assertThat(estimate.extrapolated()).isFalse();
    assertThat(estimate.scaling()).isEmpty();
    assertThat(estimate.errors()).isPresent();
    assertThat(estimate.model())
        .isEqualTo("structural model fitted to CACTI 7 at 65 nm, low standby power at 300 K");
    assertThat(
            estimate.organisation().rows()
                * estimate.organisation().columns()
                * estimate.organisation().ndwl()
                * estimate.organisation().ndbl())
        .isGreaterThanOrEqualTo(110592 * 8);
  }

  @Test
  @DisplayName("where CACTI has no organisation the laws are continued, and the estimate says so")
  void beyondReach() {
    assertThat(estimator.estimate(SramSpec.of(64, 64, 65)).notes())
        .containsExactly(
            "CACTI has no sub-array of fewer than 16 rows: its laws are continued to 4; consider"
                + " registers");
    assertThat(estimator.estimate(SramSpec.of(1, 1, 65)).notes())
        .containsExactly(
            "CACTI has no access of fewer than 4 bits: estimated as 4 bits, not 1",
            "CACTI has no sub-array of fewer than 16 rows: its laws are continued to 1; consider"
                + " registers");
    assertThat(notes(1 << 20, 1024, 1, 1, SramFlavour.LOW_STANDBY_POWER))
        .containsExactly("checked for accesses of 8 to 512 bits, not 1024");
    assertThat(notes(128 << 20, 64, 1, 1, SramFlavour.LOW_STANDBY_POWER))
        .containsExactly("checked for 256 B to 32 MiB, not 134217728 bytes");
    assertThat(notes(110592, 64, 27, 1, SramFlavour.LOW_STANDBY_POWER))
        .containsExactly(
            "checked for 1 to 8 banks, not 27",
            "27 banks, no power of two: the tree between them is that of the next one");
    assertThat(notes(65536, 64, 1, 3, SramFlavour.LOW_STANDBY_POWER))
        .containsExactly("checked for one and two ports, not 3");
    assertThat(notes(65536, 64, 2, 1, SramFlavour.HIGH_PERFORMANCE))
        .containsExactly("ports and banks were checked for low standby power only");
    assertThat(estimator.estimate(SramSpec.of(65536, 64, 40)).notes())
        .containsExactly("40 nm lies between nodes that errors were measured at, 32 and 45 nm");
  }

  private List<String> notes(long bytes, int width, int banks, int ports, SramFlavour flavour) {
    return estimator.estimate(new SramSpec(bytes, width, banks, ports, 0, 0, 65, flavour)).notes();
  }

  @Test
  @DisplayName("an access moves the whole word, whatever its width")
  void wholeWord() {
    for (int width = 4; width <= 130; width++) {
      SramOrganisation o = estimator.estimate(SramSpec.of(4096, width, 45)).organisation();
      assertThat(o.activeMats() * o.matBits()).as(width + " bits").isEqualTo(width);
      assertThat(o.rows() * o.columns() * o.ndwl() * o.ndbl()).isGreaterThanOrEqualTo(4096 * 8);
    }
  }

  @Test
  @DisplayName("no cliff between powers of two: figures follow the size")
  void sizesBetweenPowersOfTwo() {
    for (long kib = 64; kib < 1024; kib += 4) {
      SramFigures a = estimator.estimate(SramSpec.of(kib << 10, 64, 65)).figures();
      SramFigures b = estimator.estimate(SramSpec.of((kib + 4) << 10, 64, 65)).figures();
      // not the cycle, which depends on the sub-array alone and may halve with it
      for (ToDoubleFunction<SramFigures> figure : SIZED) {
        double ratio = figure.applyAsDouble(b) / figure.applyAsDouble(a);
        assertThat(ratio).as(kib + " KiB").isBetween(0.7, 1.4);
      }
      assertThat(b.leakageUw()).as(kib + " KiB").isGreaterThan(a.leakageUw() * 0.9);
    }
  }

  @Test
  @DisplayName("the same from any number of threads, and looked up the second time")
  void threads() throws Exception {
    SramSpec spec = SramSpec.of(1 << 20, 64, 45);
    SramFigures alone = new SramEstimator().estimate(spec).figures();
    try (var pool = Executors.newFixedThreadPool(8)) {
      Callable<SramEstimate> task = () -> estimator.estimate(spec);
      List<Future<SramEstimate>> results = pool.invokeAll(Collections.nCopies(64, task));
      for (Future<SramEstimate> result : results) {
        assertThat(result.get().figures()).isEqualTo(alone);
      }
    }
    assertThat(estimator.estimate(spec)).isSameAs(estimator.estimate(spec));
  }

  @Test
  @DisplayName("a sweep over thousands of sizes takes a moment")
  void fast() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    int memories = 0;
    for (int width = 8; width <= 512; width *= 2) {
      for (int kib = 16; kib <= 4096; kib += 16) {
        estimator.estimate(SramSpec.of((long) kib << 10, width, 22));
        memories++;
      }
    }
    double usEach = (threads.getCurrentThreadCpuTime() - begin) / 1e3 / memories;
    System.out.printf("%d memories, %.0f us each%n", memories, usEach);
    // about 400 us here, the compiling of the code included
    assertThat(usEach).isLessThan(5_000);
  }
}
