package org.einloom.io.timeloop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.io.input.Position;

/**
 * An energy reference table (ERT).
 *
 * @param components in file order
 */
public record EnergyTable(List<Component> components, Position at) {
  public EnergyTable {
    components = List.copyOf(components);
  }

  /**
   * The actions of a component.
   *
   * @param name without path and range
   */
  public record Component(String name, List<Entry> entries, Position at) {
    public Component {
      entries = List.copyOf(entries);
    }

    /** The entries of an action; several where it has arguments. */
    public List<Entry> entries(String action) {
      return entries.stream().filter(e -> e.action().equals(action)).toList();
    }

    /** The most that an action costs, pJ, whatever its arguments; empty if it is not there. */
    public OptionalDouble most(String action) {
      return entries(action).stream().mapToDouble(Entry::energyPj).max();
    }
  }

  /**
   * One action with one choice of its arguments.
   *
   * @param arguments by name, as written
   * @param energyPj per action
   */
  public record Entry(
      String action, SequencedMap<String, String> arguments, double energyPj, Position at) {}

  /** The component of that name. */
  public Optional<Component> component(String name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
