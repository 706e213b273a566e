package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.arch.Figure;
import org.einloom.component.Catalog;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.EnergyTable;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.accelergy.AccelergyEnergies;
import org.einloom.io.timeloop.accelergy.ComponentFigures;
import org.jspecify.annotations.Nullable;

/**
 * What levels cost: by the tables of energy and area where they have them, otherwise by their
 * Accelergy classes.
 */
final class LevelCosts {
  /** Timeloop's leakage is pJ per cycle; at 1 GHz that is so many uW. */
  private static final double UW_PER_PJ = 1e-6 * HardwareTranslation.CLOCK_HZ;

  /**
   * In the class of what Timeloop's front end puts between instances; Accelergy has zeros for it.
   */
  private static final String DUMMY = "dummy";

  private final TimeloopSpec spec;
  private final List<Remark> remarks;
  private final boolean asked;
  private @Nullable AccelergyEnergies classes;

  /**
   * @param asked whether anybody wants to know; otherwise nothing is estimated, and all is 0
   */
  LevelCosts(TimeloopSpec spec, boolean asked, List<Remark> remarks) {
    this.spec = spec;
    this.asked = asked;
    this.remarks = remarks;
  }

  /**
   * What a level costs.
   *
   * @param energiesPj of an access to a block, or a compute, by action
   * @param areaUm2 of an instance
   * @param leakageUw of an instance
   */
  record Costs(SequencedMap<String, Figure> energiesPj, Figure areaUm2, Figure leakageUw) {
    Costs {
      energiesPj = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(energiesPj));
    }
  }

  Costs of(Level level) {
    if (!asked) {
      var energies = new LinkedHashMap<String, Figure>();
      actions(level).forEach(action -> energies.put(action, Figure.NONE));
      return new Costs(energies, Figure.NONE, Figure.NONE);
    }
    Optional<EnergyTable.Component> table = spec.energies().flatMap(t -> t.component(level.name()));
    Optional<Figure> area =
        spec.areas()
            .flatMap(t -> t.component(level.name()))
            .map(c -> Figure.of(c.areaUm2(), "ART, " + c.at()));
    if (table.isPresent()) {
      return new Costs(
          energies(level, table.get()),
          area.orElse(Figure.NONE),
          Figure.of(table.get().most("leak").orElse(0) * UW_PER_PJ, "ERT, " + table.get().at()));
    }
    if (level.type().contains(DUMMY)) {
      return new Costs(nothing(level), area.orElse(nothing(level.at())), nothing(level.at()));
    }
    ComponentFigures figures = scaled(classes().of(level), level);
    List<String> said = new ArrayList<>(List.of(figures.match().toString()));
    said.addAll(figures.match().notes());
    remarks.add(
        new Remark(level.at(), "'%s': %s".formatted(level.name(), String.join("; ", said))));
    return new Costs(figures.energiesPj(), area.orElse(figures.areaUm2()), figures.leakageUw());
  }

  /** Any attribute may stand there; one that is nearly a known one is worth a word. */
  void misspelt(Level level) {
    level
        .attributes()
        .all()
        .forEach(
            (name, attribute) ->
                classes()
                    .meant(name, level, Storage.KNOWN)
                    .ifPresent(
                        near ->
                            remarks.add(
                                new Remark(
                                    attribute.at(),
                                    "attribute %s of '%s' means nothing to Timeloop; did you mean '%s'?"
                                        .formatted(Words.quote(name), level.name(), near)))));
  }

  private AccelergyEnergies classes() {
    if (classes == null) {
      classes = AccelergyEnergies.of(Catalog.installed(), spec);
    }
    return classes;
  }

  private static ComponentFigures scaled(ComponentFigures f, Level level) {
    var energies = new LinkedHashMap<String, Figure>();
    f.energiesPj().forEach((k, v) -> energies.put(k, scaled(v, level.energyScale(), true)));
    return new ComponentFigures(
        energies,
        scaled(f.areaUm2(), level.areaScale(), false),
        scaled(f.leakageUw(), level.energyScale(), true),
        f.match());
  }

  private static Figure scaled(Figure figure, double scale, boolean energy) {
    String what = energy ? Level.ENERGY_SCALE : Level.AREA_SCALE;
    return scale == 1 ? figure : figure.times(scale, "'" + what + "'");
  }

  private static Figure nothing(Position at) {
    return Figure.nothing("a class named '" + DUMMY + "', " + at);
  }

  private static SequencedMap<String, Figure> nothing(Level level) {
    var energies = new LinkedHashMap<String, Figure>();
    actions(level).forEach(action -> energies.put(action, nothing(level.at())));
    return energies;
  }

  private static List<String> actions(Level level) {
    return level.kind() == Level.Kind.COMPUTE
        ? List.of("compute")
        : List.of("read", "write", "update");
  }

  private static SequencedMap<String, Figure> energies(Level level, EnergyTable.Component table) {
    var energies = new LinkedHashMap<String, Figure>();
    for (String action : actions(level)) {
      List<String> names = new ArrayList<>(List.of(action));
      if (action.equals("update")) {
        names.add("write");
      }
      if (action.equals("compute")) {
        names.addAll(List.of("mac_random", "mac", "compute_random"));
      }
      for (String name : names) {
        OptionalDouble energy = table.most(name);
        if (energy.isPresent()) {
          energies.put(
              action,
              Figure.of(energy.getAsDouble(), "ERT, " + table.entries(name).getFirst().at()));
          break;
        }
      }
    }
    return energies;
  }
}
