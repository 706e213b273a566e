package org.einloom.io.timeloop.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.einloom.arch.Figure;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.io.timeloop.Attributes;
import org.einloom.io.timeloop.EnergyTable;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopSpec;

/** The networks between levels: those that Timeloop infers, and those that levels name. */
final class Networks {
  private static final String MULTICAST = "SimpleMulticast";
  private static final String TREE = "ReductionTree";

  private final TimeloopArchitecture source;
  private final TimeloopSpec spec;
  private final IntToDoubleFunction tileUm;

  /**
   * @param tileUm by level, the side of a square that holds an instance and all below it, um
   */
  Networks(TimeloopArchitecture source, TimeloopSpec spec, IntToDoubleFunction tileUm) {
    this.source = source;
    this.spec = spec;
    this.tileUm = tileUm;
  }

  /** What one word costs over one hop below a level, pJ. */
  Figure hopPj(Level level, int position) {
    Attributes a = mesh(level).map(Level::attributes).orElse(level.attributes());
    OptionalDouble hop = a.number("energy_per_hop", 0);
    if (hop.isPresent()) {
      return Figure.of(hop.getAsDouble(), "energy_per_hop, " + a.at("energy_per_hop"));
    }
    return a.number("wire_energy", 0).isPresent()
        ? wire(a, level.attributes(), position)
        : Figure.of(0, "Timeloop without a model of wires");
  }

  /** What one word costs in one router, pJ. */
  Figure routerPj(Level level) {
    Attributes a = mesh(level).map(Level::attributes).orElse(level.attributes());
    OptionalDouble router = a.number("router_energy", 0);
    return router.isPresent()
        ? Figure.of(router.getAsDouble(), "router_energy, " + a.at("router_energy"))
        : Figure.of(0, "Timeloop without a model of routers");
  }

  /** Energy per bit and mm, times the bits of a word and the distance between two children. */
  private Figure wire(Attributes network, Attributes level, int position) {
    long bits =
        network.whole("datawidth", 1).orElseGet(() -> level.whole("datawidth", 1).orElse(16));
    double um = network.number("tile_width", 0).orElseGet(() -> tileUm.applyAsDouble(position + 1));
    return Figure.of(
        network.number("wire_energy", 0).orElse(0) * bits * um / 1000,
        "wire_energy, " + network.at("wire_energy"));
  }

  /** A network of the user's that costs as the inferred ones do. */
  private Optional<Level> mesh(Level level) {
    return named(level, "network_read")
        .filter(n -> !n.type().equals(MULTICAST) && !n.type().equals(TREE));
  }

  Optional<Machine.Multicast> down(Level level) {
    Optional<Level> network = named(level, "network_read");
    if (network.isPresent() && network.get().type().equals(TREE)) {
      throw network
          .get()
          .at()
          .error(
              "'%s' of class %s is a network on the way down".formatted(network.get().name(), TREE),
              "expected it on the way up, as network_update");
    }
    return network.filter(n -> n.type().equals(MULTICAST)).map(this::multicast);
  }

  private Machine.Multicast multicast(Level network) {
    Attributes a = network.attributes();
    String action =
        a.text("action_name")
            .orElseThrow(
                () ->
                    network
                        .at()
                        .error(
                            "network '" + network.name() + "' has no attribute 'action_name'",
                            "expected the name of an action in the ERT"));
    String argument = a.text("multicast_factor_argument").orElse("");
    Map<Long, Figure> energies = new TreeMap<>();
    List<EnergyTable.Entry> entries =
        spec.energies()
            .flatMap(t -> t.component(network.name()))
            .map(c -> c.entries(action))
            .orElse(List.of());
    for (EnergyTable.Entry e : entries) {
      Figure figure = Figure.of(e.energyPj(), "ERT, " + e.at());
      String children = e.arguments().get(argument);
      if (children == null || !children.matches("\\d{1,9}")) {
        throw e.at()
            .error(
                "action '%s' of '%s' does not say for how many children it is"
                    .formatted(action, network.name()),
                "expected the argument '" + argument + "' to be a whole number");
      }
      energies.put(Long.parseLong(children), figure);
    }
    return new Machine.Multicast(network.name(), energies);
  }

  Optional<Machine.ReductionTree> up(Level level, int position) {
    Optional<Level> network = named(level, "network_update");
    if (network.isPresent() && network.get().type().equals(MULTICAST)) {
      throw network
          .get()
          .at()
          .error(
              "'%s' of class %s as a network on the way up is not modelled"
                  .formatted(network.get().name(), MULTICAST),
              "expected a " + TREE);
    }
    return network
        .filter(n -> n.type().equals(TREE))
        .map(
            n -> {
              Attributes a = n.attributes();
              OptionalDouble add = a.number("adder_energy", 0);
              return new Machine.ReductionTree(
                  n.name(),
                  Figure.of(
                      add.orElse(0),
                      add.isPresent() ? "adder_energy, " + a.at("adder_energy") : ""),
                  a.number("wire_energy", 0).isPresent()
                      ? wire(a, level.attributes(), position)
                      : Figure.of(0, ""));
            });
  }

  /**
   * What a network of the user's takes before the first word; its other latencies count nothing.
   */
  long fillCycles(Level level) {
    return named(level, "network_read")
        .filter(n -> n.type().equals(MULTICAST))
        .map(n -> n.attributes().whole("fill_latency", 0).orElse(0))
        .orElse(0L);
  }

  private Optional<Level> named(Level level, String attribute) {
    Optional<String> name = level.attributes().text(attribute);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = source.networks().stream().map(Level::name).toList();
    return Optional.of(
        source.networks().stream()
            .filter(n -> n.name().equals(name.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    Translation.unknown(
                        level.attributes().at(attribute), "network", name.get(), known)));
  }
}
