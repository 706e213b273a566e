package org.einloom.io.timeloop.against;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.einloom.component.Catalog;
import org.einloom.io.input.InputException;
import org.einloom.io.timeloop.EnergyTable;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.accelergy.AccelergyEnergies;
import org.einloom.io.timeloop.accelergy.ComponentFigures;

/**
 * What Einloom's component classes say of a level, beside what a table of energies says.
 *
 * @param level its name
 * @param action of the table
 * @param oursPj of an action; empty where no class matches, or none has the action
 * @param theirsPj of an action, the most where it has arguments
 * @param how what the level was matched with, or why it was not
 */
public record EnergyComparison(
    String level, String action, OptionalDouble oursPj, double theirsPj, String how) {
  private static final List<String> ACTIONS = List.of("read", "write", "update", "compute");

  /** All actions that words or operations are charged with, level by level, outermost first. */
  public static List<EnergyComparison> of(TimeloopSpec spec, EnergyTable table) {
    List<EnergyComparison> rows = new ArrayList<>();
    var energies = AccelergyEnergies.of(Catalog.installed(), spec);
    for (Level level : spec.architecture().orElseThrow().levels()) {
      table.component(level.name()).ifPresent(c -> rows.addAll(of(level, c, energies)));
    }
    return rows;
  }

  private static List<EnergyComparison> of(
      Level level, EnergyTable.Component component, AccelergyEnergies energies) {
    List<EnergyComparison> rows = new ArrayList<>();
    for (String action : ACTIONS) {
      OptionalDouble theirs = component.most(action);
      if (theirs.isEmpty()) {
        continue;
      }
      OptionalDouble ours = OptionalDouble.empty();
      String how;
      try {
        ComponentFigures figures = energies.of(level);
        var energy = figures.energiesPj().get(action);
        ours = energy == null ? ours : OptionalDouble.of(energy.value());
        how = figures.match().toString();
      } catch (InputException e) {
        how = e.problem();
      }
      rows.add(new EnergyComparison(level.name(), action, ours, theirs.getAsDouble(), how));
    }
    return rows;
  }
}
