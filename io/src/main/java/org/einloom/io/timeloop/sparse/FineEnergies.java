package org.einloom.io.timeloop.sparse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.einloom.arch.Figure;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Kind;
import org.einloom.io.timeloop.EnergyTable;

/**
 * What gated, skipped and metadata accesses cost: the first action that Timeloop takes for one of
 * them, of an energy table or of a class.
 */
final class FineEnergies {
  private FineEnergies() {}

  /** By action, what an energy table says. */
  static Function<String, Optional<Figure>> of(EnergyTable.Component table) {
    return name -> {
      OptionalDouble energy = table.most(name);
      return energy.isPresent()
          ? Optional.of(
              Figure.of(energy.getAsDouble(), "ERT, " + table.entries(name).getFirst().at()))
          : Optional.empty();
    };
  }

  static Map<String, Figure> storage(Function<String, Optional<Figure>> costs) {
    var energies = new LinkedHashMap<String, Figure>();
    for (Kind kind : Kind.all()) {
      put(energies, costs, kind.label(), names(kind, ""));
      put(energies, costs, kind.metadataLabel(), names(kind, "metadata_"));
    }
    for (String count : List.of("decompression_count", "compression_count")) {
      put(energies, costs, count, List.of(count));
    }
    return energies;
  }

  /** A fill is a write, and so is an update; a skipped access costs what a gated one does. */
  private static List<String> names(Kind kind, String metadata) {
    List<String> verbs =
        switch (kind.way()) {
          case READ -> List.of("read");
          case FILL -> List.of("fill", "write");
          case UPDATE -> List.of("update", "write");
        };
    List<String> prefixes =
        switch (kind.fate()) {
          case ACTUAL -> List.of("random_", "");
          case GATED -> List.of("gated_");
          case SKIPPED -> List.of("skipped_", "gated_");
        };
    List<String> names = new ArrayList<>();
    for (String prefix : prefixes) {
      verbs.forEach(verb -> names.add(prefix + metadata + verb));
    }
    return names;
  }

  static Map<String, Figure> compute(Function<String, Optional<Figure>> costs) {
    var energies = new LinkedHashMap<String, Figure>();
    List<String> plain = List.of("mac", "mult", "compute");
    for (Fate fate : List.of(Fate.GATED, Fate.SKIPPED)) {
      List<String> names = new ArrayList<>();
      if (fate == Fate.SKIPPED) {
        plain.forEach(p -> names.add(p + "_skipped"));
      }
      plain.forEach(p -> names.add(p + "_gated"));
      names.addAll(plain);
      put(energies, costs, fate == Fate.GATED ? "gated_compute" : "skipped_compute", names);
    }
    return energies;
  }

  private static void put(
      Map<String, Figure> energies,
      Function<String, Optional<Figure>> costs,
      String action,
      List<String> names) {
    names.stream()
        .flatMap(name -> costs.apply(name).stream())
        .findFirst()
        .ifPresent(cost -> energies.put(action, cost));
  }
}
