package org.einloom.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.Optimality.Status;
import org.einloom.mapper.ParetoPoint;
import org.einloom.network.FrontSum.Corner;
import org.einloom.network.FrontSum.Point;

/**
 * The least energy-delay product of a network, the sum of energies times the sum of latencies, from
 * its layers' fronts of energy and latency.
 *
 * <p><b>The best choice is a corner.</b> A product of two amounts is quasi-concave (its logarithm
 * is the sum of two concave functions), so over a convex hull it is least at a corner. The corners
 * of the hull of all choices are themselves choices ({@link FrontSum}) and few: one more than the
 * fronts have edges. So the least product over them is the least of all choices, whose number is
 * the product of the fronts' sizes. Repetitions of a layer run alike there, as equal fronts have
 * equal corners: other mappings for some of them would not help.
 *
 * <p><b>Layers without a whole front</b> have a bound {@code B} of their own product. By {@code
 * energy * latency >= B} their energy plus {@code r} times their latency is at least {@code 2
 * sqrt(r B)}, for every rate {@code r}. With {@code C} the sum of all their {@code sqrt(B)}, the
 * points of least energy plus {@code r} times latency are, where {@code r} makes {@code (X, Y)} the
 * corner of the whole fronts, at least {@code (X + C sqrt(r), Y + C / sqrt(r))}. The least product
 * of its coordinates over all {@code r} bounds the product, by the argument above.
 */
final class NetworkEdp {
  /** More than the rounding errors of all sums together. */
  private static final double ROUNDING = 1e-12;

  private NetworkEdp() {}

  /**
   * The network's best.
   *
   * @param layers each with the point of its front that is best for the network
   * @param lowerBound of the network's product; empty where a layer has none
   */
  record Best(List<LayerResult> layers, OptionalDouble lowerBound) {}

  /** Chooses a point of every front, or the one mapping of a layer without. */
  static Best of(List<LayerResult> layers) {
    List<List<ParetoPoint>> choices = layers.stream().map(NetworkEdp::choices).toList();
    List<List<Point>> fronts = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      fronts.add(points(layers.get(i), choices.get(i)));
    }
    Corner best =
        FrontSum.corners(fronts).stream()
            .min(Comparator.comparingDouble(NetworkEdp::product))
            .orElseThrow();
    double rate = best.sum().energy() / best.sum().latency();
    List<LayerResult> chosen = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      chosen.add(choose(layers.get(i), choices.get(i).get(best.choice().get(i)), rate));
    }
    return new Best(chosen, lowerBound(layers, fronts));
  }

  /**
   * By layer, the largest energy-delay product that it can have in a network that is better than
   * these mappings, or as good; positive infinity for all where a layer has no bound.
   *
   * <p>With {@code a} and {@code b} the energy and latency of all repetitions of one layer, and
   * {@code C} the sum of the roots of the bounds of the others' products, the product of the sums
   * is at least {@code (sqrt(a b) + C)^2}, by the inequality of Cauchy and Schwarz. So fronts
   * within these limits hold all that the best network can be made of.
   */
  static double[] limits(List<LayerResult> layers) {
    double[] limits = new double[layers.size()];
    Arrays.fill(limits, Double.POSITIVE_INFINITY);
    if (layers.stream().anyMatch(l -> l.optimality().lowerBound().isEmpty())) {
      return limits;
    }
    double known = Math.sqrt(NetworkResult.energyPj(layers) * NetworkResult.latencyS(layers));
    double roots = layers.stream().mapToDouble(NetworkEdp::root).sum();
    for (int i = 0; i < limits.length; i++) {
      double rest = known * (1 + ROUNDING) - (roots - root(layers.get(i))) * (1 - ROUNDING);
      double each = rest / layers.get(i).repeats();
      limits[i] = each * each;
    }
    return limits;
  }

  private static double root(LayerResult l) {
    return l.repeats() * Math.sqrt(l.optimality().lowerBound().orElse(0));
  }

  private static List<ParetoPoint> choices(LayerResult l) {
    List<ParetoPoint> choices = new ArrayList<>(l.front());
    if (!whole(l)) {
      choices.add(new ParetoPoint(l.mapping(), l.evaluation(), l.sparsity()));
    }
    return choices;
  }

  private static boolean whole(LayerResult l) {
    return l.optimality().status() == Status.OPTIMAL && !l.front().isEmpty();
  }

  private static List<Point> points(LayerResult l, List<ParetoPoint> choices) {
    return choices.stream()
        .map(
            c ->
                new Point(
                    c.evaluation().energyPj() * l.repeats(),
                    c.evaluation().latencyS() * l.repeats()))
        .toList();
  }

  private static double product(Corner c) {
    return c.sum().energy() * c.sum().latency();
  }

  private static OptionalDouble lowerBound(List<LayerResult> layers, List<List<Point>> fronts) {
    List<List<Point>> whole = new ArrayList<>();
    double roots = 0;
    for (int i = 0; i < layers.size(); i++) {
      LayerResult l = layers.get(i);
      if (whole(l)) {
        whole.add(fronts.get(i));
      } else if (l.optimality().lowerBound().isPresent()) {
        roots += root(l);
      } else {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(lowerBound(whole, roots));
  }

  /**
   * A lower bound of the product of sums.
   *
   * @param whole fronts that are known as a whole
   * @param roots the sum of the roots of the bounds of the others' products
   */
  static double lowerBound(List<List<Point>> whole, double roots) {
    double least = Double.POSITIVE_INFINITY;
    for (Corner c : FrontSum.corners(whole)) {
      double x = c.sum().energy();
      double y = c.sum().latency();
      // x / u + y u, with u the root of the rate, is least at u = sqrt(x / y)
      double u =
          Math.clamp(
              x == 0 && y == 0 ? 0 : Math.sqrt(x / y),
              Math.sqrt(c.fromRate()),
              Math.sqrt(c.toRate()));
      double mixed = roots == 0 ? 0 : roots * ((x == 0 ? 0 : x / u) + (y == 0 ? 0 : y * u));
      least = Math.min(least, x * y + roots * roots + mixed);
    }
    return roots == 0 ? least : least * (1 - ROUNDING);
  }

  /**
   * The layer with this point. Where {@code energy * latency} of sums is least, so is {@code energy
   * + rate * latency}, with the rate of the sums themselves: the gradient of a product of X and Y
   * is (Y, X). That is a sum over layers, so it is what each layer is best for by itself.
   */
  private static LayerResult choose(LayerResult l, ParetoPoint point, double rate) {
    Optimality o = l.optimality();
    boolean proof = o.status() == Status.OPTIMAL || o.status() == Status.BOUNDED;
    if (!proof || !Double.isFinite(rate)) {
      double value = Objective.EDP.value(point.evaluation());
      return l.with(point, o.rejudged(o.status(), Objective.EDP, value, o.lowerBound()));
    }
    var objective = Objective.weighted("energy + " + rate + "*latency", 1, rate);
    double value = objective.value(point.evaluation());
    double bound =
        whole(l) ? value : Math.min(value, 2 * Math.sqrt(rate * o.lowerBound().orElse(0)));
    Status status = whole(l) ? Status.OPTIMAL : Status.BOUNDED;
    return l.with(point, o.rejudged(status, objective, value, OptionalDouble.of(bound)));
  }
}
