package org.einloom.description;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.einloom.explanation.Explanation;
import org.einloom.explanation.Explanation.Traffic;
import org.einloom.workload.Checked;

/**
 * How one layer runs.
 *
 * @param layer what is described
 * @param steps its temporal loops that iterate, outermost first
 * @param levels of memories below the outermost one, as far as the mapping uses them, outermost
 *     first
 * @param spreads every dimension of every fanout on its path
 * @param sharing what the networks merge
 * @param handedOn what neighbours hand on to each other
 * @param routes of its tensors
 * @param traffic words moved by memory and tensor, against the least there could be
 */
public record LayerDescription(
    MappedLayer layer,
    List<Step> steps,
    List<Level> levels,
    List<Spread> spreads,
    List<Sharing> sharing,
    List<HandedOn> handedOn,
    List<Route> routes,
    List<Traffic> traffic) {
  public LayerDescription {
    steps = List.copyOf(steps);
    levels = List.copyOf(levels);
    spreads = List.copyOf(spreads);
    sharing = List.copyOf(sharing);
    handedOn = List.copyOf(handedOn);
    routes = List.copyOf(routes);
    traffic = List.copyOf(traffic);
  }

  /** Describes a layer. */
  public static LayerDescription of(MappedLayer layer) {
    var order = new Order(layer.einsum(), layer.mapping());
    return new LayerDescription(
        layer,
        order.steps(),
        levels(layer, order.stays()),
        Spread.of(layer.einsum(), layer.path(), layer.mapping()),
        Sharing.of(layer),
        HandedOn.of(layer),
        Route.of(layer),
        Explanation.traffic(layer.einsum(), layer.path(), layer.mapping(), layer::flows));
  }

  private static List<Level> levels(MappedLayer layer, List<Stay> stays) {
    List<Level> levels = new ArrayList<>();
    for (List<String> memories : Level.of(layer.path())) {
      List<Stay> here =
          stays.stream()
              .filter(s -> memories.contains(s.memory()))
              .sorted(Comparator.comparingLong(Stay::uses).reversed())
              .toList();
      if (!here.isEmpty()) {
        levels.add(
            new Level(
                memories,
                here,
                RowStationary.is(layer.einsum(), layer.path(), layer.mapping(), memories)));
      }
    }
    return levels;
  }

  /** Computes there are on the path. */
  public long computes() {
    return layer.path().instances(layer.path().compute());
  }

  /** Computes that get work. */
  public long usedComputes() {
    long used = 1;
    for (Spread s : spreads) {
      used = Checked.multiply(used, s.used(), "the computes in use");
    }
    return used;
  }
}
