package org.einloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Figure;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.Optimality.Status;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.testing.Tiny;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** The network's least energy-delay product against every choice of every front. */
class NetworkEdpTest {
  private static final int CASES = 2000;

  @Test
  void isTheLeastOverEveryChoice() {
    long first = Long.getLong("einloom.seed", 1);
    int notEachLayersOwnBest = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      var random = new SplittableRandom(seed);
      List<LayerResult> layers = new ArrayList<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        layers.add(layer(random, front(random), Status.OPTIMAL));
      }
      String replay = "replay with -Deinloom.seed=" + seed;
      NetworkResult result = result(layers);
      double least = least(layers, 0, 0, 0);
      assertThat(result.value()).as(replay).isCloseTo(least, within(1e-12 * least));
      assertThat(result.optimality().status()).as(replay).isEqualTo(Status.OPTIMAL);
      assertThat(result.optimality().lowerBound()).as(replay).hasValue(result.value());
      assertThat(result.value()).as(replay).isEqualTo(result.energyPj() * result.latencyS());
      for (LayerResult l : result.layers()) {
        Optimality o = l.optimality();
        assertThat(o.value()).as(replay).isEqualTo(o.objective().value(l.evaluation()));
        for (ParetoPoint other : l.front()) {
          assertThat(o.objective().value(other.evaluation()))
              .as(replay)
              .isGreaterThanOrEqualTo(o.value() * (1 - 1e-12));
        }
      }
      double own = product(layers);
      notEachLayersOwnBest += own > least * (1 + 1e-9) ? 1 : 0;
    }
    // otherwise these cases would show nothing
    assertThat(notEachLayersOwnBest).isGreaterThan(CASES / 5);
  }

  @Test
  void isFoundWithinLimitsThatTheBestOfEachLayerSets() {
    long first = Long.getLong("einloom.seed", 1);
    int left = 0;
    int all = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      var random = new SplittableRandom(seed);
      List<LayerResult> layers = new ArrayList<>();
      for (int n = 2 + random.nextInt(3); n > 0; n--) {
        layers.add(layer(random, front(random), Status.OPTIMAL));
      }
      double[] limits = NetworkResult.edpLimits(layers);
      List<LayerResult> limited = new ArrayList<>();
      for (int i = 0; i < limits.length; i++) {
        double limit = limits[i];
        LayerResult l = layers.get(i);
        List<ParetoPoint> front = l.front().stream().filter(p -> edp(p) <= limit).toList();
        limited.add(layer(l.repeats(), front, Status.OPTIMAL));
        left += front.size();
        all += l.front().size();
      }
      double least = least(layers, 0, 0, 0);
      assertThat(result(limited).value())
          .as("replay with -Deinloom.seed=" + seed)
          .isCloseTo(least, within(1e-12 * least));
    }
    assertThat(left).isLessThan(all * 3 / 4);
  }

  @Test
  void isBoundedByWhatIsKnownOfLayersWithoutAWholeFront() {
    long first = Long.getLong("einloom.seed", 1);
    double tightest = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      var random = new SplittableRandom(seed);
      List<LayerResult> truth = new ArrayList<>();
      List<LayerResult> known = new ArrayList<>();
      for (int n = 2 + random.nextInt(3); n > 0; n--) {
        LayerResult l = layer(random, front(random), Status.OPTIMAL);
        truth.add(l);
        known.add(n == 1 || random.nextBoolean() ? partly(l, random) : l);
      }
      String replay = "replay with -Deinloom.seed=" + seed;
      NetworkResult result = result(known);
      double least = least(truth, 0, 0, 0);
      double bound = result.optimality().lowerBound().orElseThrow();
      assertThat(result.optimality().status()).as(replay).isEqualTo(Status.BOUNDED);
      assertThat(bound).as(replay).isPositive().isLessThanOrEqualTo(least * (1 + 1e-12));
      assertThat(result.value()).as(replay).isGreaterThanOrEqualTo(least * (1 - 1e-12));
      tightest = Math.max(tightest, bound / least);
      for (int i = 0; i < known.size(); i++) {
        Optimality o = result.layers().get(i).optimality();
        for (ParetoPoint p : truth.get(i).front()) {
          assertThat(o.objective().value(p.evaluation()))
              .as(replay)
              .isGreaterThanOrEqualTo(o.lowerBound().orElseThrow() * (1 - 1e-12));
        }
      }
    }
    assertThat(tightest).isGreaterThan(0.99);
  }

  @Test
  void theBoundOfLayersWithoutFrontsIsReachedByLayersOfOnePower() {
    // 2 x 8 and 4 x 16: four times the energy per time is twice the root of the product
    LayerResult a = partly(layer(1, List.of(point(2, 8)), Status.OPTIMAL), 16);
    LayerResult b = partly(layer(1, List.of(point(4, 16)), Status.OPTIMAL), 64);
    assertThat(result(List.of(a, b)).optimality().lowerBound().orElseThrow())
        .isCloseTo(6 * 24, within(1e-9));
  }

  @Test
  void nothingIsClaimedWhereALayerHasNoBound() {
    var random = new SplittableRandom(1);
    LayerResult l = layer(random, front(random), Status.OPTIMAL);
    LayerResult unproven = layer(random, front(random), Status.UNPROVEN);
    Optimality o = result(List.of(l, unproven)).optimality();
    assertThat(o.status()).isEqualTo(Status.UNPROVEN);
    assertThat(o.lowerBound()).isEmpty();
  }

  @Test
  void otherObjectivesAddUpTheirBounds() {
    LayerResult a = layer(3, List.of(point(2, 8)), Status.OPTIMAL);
    LayerResult b = layer(2, List.of(point(4, 16)), Status.OPTIMAL);
    LayerResult bounded =
        new LayerResult(
            b.layer(),
            2,
            b.mapping(),
            b.evaluation(),
            optimality(Status.BOUNDED, Objective.ENERGY, 4, 3));
    LayerResult optimal =
        new LayerResult(
            a.layer(),
            3,
            a.mapping(),
            a.evaluation(),
            optimality(Status.OPTIMAL, Objective.ENERGY, 2, 2));
    Optimality o = result(Objective.ENERGY, List.of(optimal, bounded)).optimality();
    assertThat(o.status()).isEqualTo(Status.BOUNDED);
    assertThat(o.value()).isEqualTo(3 * 2 + 2 * 4);
    assertThat(o.lowerBound()).hasValue(3 * 2 + 2 * 3);
    assertThat(o.gap()).hasValue(2.0 / 14);
    assertThat(result(Objective.ENERGY, List.of(optimal)).optimality().status())
        .isEqualTo(Status.OPTIMAL);
  }

  @Test
  void aLayerThatRepeatsIsBoundedByTheSquareOfItsRepetitions() {
    LayerResult l = partly(layer(3, List.of(point(2, 8)), Status.OPTIMAL), 10);
    Optimality o = result(List.of(l)).optimality();
    assertThat(o.value()).isEqualTo(9 * 16);
    assertThat(o.lowerBound()).hasValue(9 * 10);
  }

  @Test
  void whatTakesNoTimeHasNoProduct() {
    LayerResult a = layer(1, List.of(point(5, 0), point(7, 0)), Status.OPTIMAL);
    NetworkResult r = result(List.of(a, a));
    assertThat(r.value()).isZero();
    assertThat(r.energyPj()).isEqualTo(10);
    assertThat(r.optimality().status()).isEqualTo(Status.OPTIMAL);
  }

  @Test
  void manyLongFrontsTakeNoTime() {
    var random = new SplittableRandom(7);
    List<LayerResult> layers = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      List<ParetoPoint> front = new ArrayList<>();
      for (int p = 0; p < 30; p++) {
        front.add(point(1000.0 / (p + 1) + random.nextDouble(), p + 1 + random.nextDouble()));
      }
      layers.add(layer(1 + random.nextInt(5), front, Status.OPTIMAL));
    }
    result(layers);
    // of this thread alone, whatever else the machine is busy with
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    result(layers);
    assertThat((threads.getCurrentThreadCpuTime() - start) * 1e-6).as("ms").isLessThan(500);
  }

  private static NetworkResult result(List<LayerResult> layers) {
    return result(Objective.EDP, layers);
  }

  private static NetworkResult result(Objective objective, List<LayerResult> layers) {
    var workload = new Workload("w", List.of(), List.of(), OptionalLong.empty());
    return NetworkResult.of(
        workload, Design.of(Tiny.architecture("M0")), "default", objective, layers);
  }

  /** Tries every point of every layer. */
  private static double least(List<LayerResult> layers, int i, double energy, double latency) {
    if (i == layers.size()) {
      return energy * latency;
    }
    LayerResult l = layers.get(i);
    double least = Double.POSITIVE_INFINITY;
    for (ParetoPoint p : l.front()) {
      double e = energy + l.repeats() * p.evaluation().energyPj();
      double t = latency + l.repeats() * p.evaluation().latencyS();
      least = Math.min(least, least(layers, i + 1, e, t));
    }
    return least;
  }

  private static double product(List<LayerResult> layers) {
    return NetworkResult.energyPj(layers) * NetworkResult.latencyS(layers);
  }

  /** Whole numbers, so that several points are alike in something; not all of them undominated. */
  private static List<ParetoPoint> front(SplittableRandom random) {
    List<ParetoPoint> front = new ArrayList<>();
    int scale = 1 << random.nextInt(5);
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      front.add(point(scale * (1 + random.nextInt(30)), 1 + random.nextInt(30)));
    }
    return front;
  }

  private static LayerResult layer(
      SplittableRandom random, List<ParetoPoint> front, Status status) {
    return layer(1 + random.nextInt(4), front, status);
  }

  private static LayerResult layer(long repeats, List<ParetoPoint> front, Status status) {
    ParetoPoint best = front.getFirst();
    for (ParetoPoint p : front) {
      best = edp(p) < edp(best) ? p : best;
    }
    var einsum = Tiny.einsum("O[m] += A[m] * B[m]", "m=1");
    return new LayerResult(
        new Layer("l", "Einsum", einsum, 1),
        repeats,
        best.mapping(),
        best.evaluation(),
        status == Status.UNPROVEN
            ? Optimality.unproven(Objective.EDP, edp(best), 1, 0)
            : optimality(status, Objective.EDP, edp(best), edp(best)),
        front,
        SearchLog.EMPTY);
  }

  /** Some of the front was found, and some bound of the least product. */
  private static LayerResult partly(LayerResult l, SplittableRandom random) {
    double least = l.optimality().value();
    return partly(l, random.nextInt(3) == 0 ? least : least * random.nextDouble(0.5, 1));
  }

  private static LayerResult partly(LayerResult l, double bound) {
    ParetoPoint found = l.front().getFirst();
    return new LayerResult(
        l.layer(),
        l.repeats(),
        found.mapping(),
        found.evaluation(),
        optimality(Status.BOUNDED, Objective.EDP, edp(found), bound),
        l.front().subList(0, 1 + l.front().size() / 2),
        SearchLog.EMPTY);
  }

  private static Optimality optimality(Status s, Objective objective, double value, double bound) {
    return new Optimality(
        s, objective, value, OptionalDouble.of(bound), OptionalLong.of(1), OptionalDouble.of(0));
  }

  private static double edp(ParetoPoint p) {
    return Objective.EDP.value(p.evaluation());
  }

  private static ParetoPoint point(double energyPj, double latencyS) {
    var compute =
        new Compute("X", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE);
    var charge = new Charge("compute", Optional.empty(), 1, Figure.of(energyPj, "test"));
    var cost = new ComponentCost(compute, 1, new LinkedHashMap<>(), List.of(charge), latencyS);
    return new ParetoPoint(
        new LoopTree(List.of()),
        new Evaluation(
            "default",
            1,
            latencyS,
            latencyS,
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(cost)));
  }
}
