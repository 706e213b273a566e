package org.einloom.io.timeloop;

import java.util.List;
import java.util.Optional;
import org.einloom.io.input.Position;

/**
 * An area reference table (ART).
 *
 * @param components in file order
 */
public record AreaTable(List<Component> components, Position at) {
  public AreaTable {
    components = List.copyOf(components);
  }

  /**
   * The area of a component.
   *
   * @param name without path and range
   * @param areaUm2 per instance
   */
  public record Component(String name, double areaUm2, Position at) {}

  /** The component of that name. */
  public Optional<Component> component(String name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
