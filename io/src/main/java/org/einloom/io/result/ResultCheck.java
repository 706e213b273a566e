package org.einloom.io.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.einloom.io.input.InputException;
import org.einloom.io.result.JsonValue.Fields;
import org.einloom.network.Rates;
import org.einloom.workload.Checked;

/**
 * Whether the figures of a result agree: files are edited by hand and by programs, and a total that
 * is not the sum of its layers must not be compared, drawn or explained. Layers are checked one by
 * one while the file is read, so that a large one takes little memory; what they add up to, when
 * all of it is there.
 */
final class ResultCheck {
  /** What the totals need of a layer. */
  private record Sum(
      long repeats,
      long macs,
      long operations,
      long cycles,
      double energyPj,
      double latencyS,
      double outermostBits,
      OptionalDouble utilization) {}

  private final Set<String> dropped;
  private final List<Sum> layers = new ArrayList<>();
  private Map<String, Long> components = Map.of();
  private Optional<InputException> first = Optional.empty();

  /**
   * A check of one file.
   *
   * @param dropped what nobody needs of a layer after it was checked
   */
  ResultCheck(Set<String> dropped) {
    this.dropped = dropped;
  }

  /** Checks a layer. What is wrong is told later, if the file turns out to be a result. */
  JsonValue layer(int index, JsonValue item) {
    if (first.isEmpty()) {
      try {
        layer(ResultObject.of("layers[" + index + "]", item));
      } catch (InputException e) {
        first = Optional.of(e);
      }
    }
    if (!(item instanceof Fields fields)) {
      return item;
    }
    var kept = new LinkedHashMap<>(fields.values());
    kept.replaceAll((key, v) -> dropped.contains(key) ? new JsonValue.Left(v.at()) : v);
    return new Fields(fields.at(), kept);
  }

  private void layer(ResultObject layer) {
    Map<String, Long> own = LayerCheck.components(layer);
    if (layers.isEmpty()) {
      components = own;
    } else if (!own.equals(components)) {
      throw layer
          .value("components")
          .at()
          .error(
              "'" + layer.path("components") + "' are not those of the first layer",
              "expected all parts of the design, with their 'instances'");
    }
    layers.add(
        new Sum(
            layer.count("repeats"),
            layer.count("macs"),
            layer.count("operations"),
            layer.count("cycles"),
            layer.amount("energyPj"),
            layer.amount("latencyS"),
            layer.amount("outermostBits"),
            LayerCheck.utilization(layer)));
  }

  /**
   * Checks the whole, of which all layers have been seen.
   *
   * @throws InputException at the first value that cannot be
   */
  void whole(ResultObject result) {
    if (first.isPresent()) {
      throw first.get();
    }
    ResultObject totals = result.object("totals");
    totals(totals);
    hardware(result.object("hardware"));
    totals.agrees("areaUm2", areaUm2(result), "the sum of areas in 'figures' x instances");
    OptimalityCheck.check(
        totals.object("optimality"), totals.amount("energyPj"), totals.amount("latencyS"));
    order(result);
    result.optionalObject("fusion").ifPresent(f -> fusion(f, totals));
  }

  private void totals(ResultObject totals) {
    String sum = "the sum over 'layers', repetitions included";
    totals
        .at()
        .locate(
            () -> {
              long macs = 0;
              long operations = 0;
              long cycles = 0;
              for (Sum l : layers) {
                macs = Checked.add(macs, times(l.macs(), l), "'macs'");
                operations = Checked.add(operations, times(l.operations(), l), "'operations'");
                cycles = Checked.add(cycles, times(l.cycles(), l), "'cycles'");
              }
              totals.agrees("macs", macs, sum);
              totals.agrees("operations", operations, sum);
              totals.agrees("cycles", cycles, sum);
              return totals;
            });
    double energyPj = layers.stream().mapToDouble(l -> l.energyPj() * l.repeats()).sum();
    double latencyS = layers.stream().mapToDouble(l -> l.latencyS() * l.repeats()).sum();
    double bits = layers.stream().mapToDouble(l -> l.outermostBits() * l.repeats()).sum();
    totals.agrees("energyPj", energyPj, sum);
    totals.agrees("latencyS", latencyS, sum);
    totals.agrees("outermostBits", bits, sum);
    totals.agrees(
        "utilization", utilization(), "that of the layers, weighted by time, or null without it");
    var rates =
        new Rates(totals.count("macs"), totals.amount("energyPj"), totals.amount("latencyS"));
    totals.agrees("throughputPerS", rates.throughputPerS(), "1 / 'latencyS'");
    totals.agrees("powerW", rates.powerW(), "'energyPj' / 'latencyS' in W");
    totals.agrees("tops", rates.tops(), "2 x 'macs' / 'latencyS' in 10^12");
    totals.agrees("topsPerW", rates.topsPerW(), "2 x 'macs' / 'energyPj'");
  }

  private static long times(long one, Sum layer) {
    return Checked.multiply(one, layer.repeats(), "a sum over 'layers'");
  }

  private OptionalDouble utilization() {
    double busy = 0;
    double time = 0;
    for (Sum l : layers) {
      if (l.utilization().isEmpty()) {
        return OptionalDouble.empty();
      }
      busy += l.utilization().getAsDouble() * l.latencyS() * l.repeats();
      time += l.latencyS() * l.repeats();
    }
    return OptionalDouble.of(busy / time);
  }

  /** The parts are those of the layers, and cycles take their time. */
  private void hardware(ResultObject hardware) {
    Map<String, Long> nodes = new LinkedHashMap<>();
    hardware.objects("nodes").forEach(n -> nodes.put(n.text("component"), n.count("instances")));
    if (!nodes.equals(components)) {
      throw hardware
          .value("nodes")
          .at()
          .error(
              "'" + hardware.path("nodes") + "' are not the 'components' of the layers",
              "expected the same names, with the same 'instances'");
    }
    double clockHz = hardware.amount("clockHz");
    for (int i = 0; i < layers.size(); i++) {
      double cycles = layers.get(i).latencyS() * clockHz;
      double off = layers.get(i).cycles() - cycles; // they are rounded up
      if (!(off >= -1e-9 * cycles && off <= 1 + 1e-9 * cycles)) {
        throw hardware.disagrees(
            "clockHz",
            "a clock",
            "by which 'layers[%d].latencyS' is %d cycles".formatted(i, layers.get(i).cycles()));
      }
    }
  }

  private double areaUm2(ResultObject result) {
    double sum = 0;
    for (ResultObject figure : result.objects("figures")) {
      String component = figure.text("component");
      if (!components.containsKey(component)) {
        throw figure.disagrees("component", "a node of 'hardware'", "as costs are of these");
      }
      if (figure.text("figure").equals("area um2")) {
        sum += figure.amount("value") * components.getOrDefault(component, 0L);
      }
    }
    return sum;
  }

  /** Every layer stands in the order as often as it is repeated. */
  private void order(ResultObject result) {
    var places = new long[layers.size()];
    for (ResultObject place : result.objects("order")) {
      place.text("name");
      long layer = place.count("layer");
      if (layer >= places.length) {
        throw place.disagrees(
            "layer", "at most " + (places.length - 1), "the place of the last of 'layers'");
      }
      places[(int) layer]++;
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] != layers.get(i).repeats()) {
        throw result
            .value("order")
            .at()
            .error(
                "'order' has layer %d %d times".formatted(i, places[i]),
                "expected %d times, its 'repeats'".formatted(layers.get(i).repeats()));
      }
    }
  }

  private static void fusion(ResultObject fusion, ResultObject totals) {
    fusion.count("intermediates");
    atMost(fusion, "outermostBits", totals.amount("outermostBits"), "'totals.outermostBits'");
    atMost(fusion, "outermostEnergyPj", totals.amount("energyPj"), "'totals.energyPj'");
    for (ResultObject kept : fusion.objects("kept")) {
      kept.text("memory");
      atMost(kept, "savedBits", totals.amount("outermostBits"), "'totals.outermostBits'");
      atMost(kept, "savedEnergyPj", totals.amount("energyPj"), "'totals.energyPj'");
      atMost(kept, "savedLatencyS", totals.amount("latencyS"), "'totals.latencyS'");
    }
  }

  private static void atMost(ResultObject of, String key, double most, String why) {
    double amount = of.number(key);
    if (amount > most && !ResultObject.same(amount, most)) {
      throw of.disagrees(key, "at most " + most, why);
    }
  }
}
