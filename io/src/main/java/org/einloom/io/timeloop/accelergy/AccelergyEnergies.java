package org.einloom.io.timeloop.accelergy;

import java.util.Collection;
import org.einloom.component.Catalog;
import org.einloom.io.timeloop.Level;

/** What levels cost by their Accelergy classes. */
public final class AccelergyEnergies {
  private final Catalog catalog;

  /**
   * @param catalog Einloom's classes
   */
  public AccelergyEnergies(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The names of all classes that are matched. */
  public static Collection<String> classes() {
    return AccelergyClasses.names();
  }

  /**
   * What an instance of a level costs.
   *
   * @throws org.einloom.io.input.InputException if its class is matched by none, an attribute is
   *     missing, or there is no such component
   */
  public ComponentFigures of(Level level) {
    return ComponentFigures.of(AccelergyClasses.match(Given.of(level)), catalog, level.at());
  }
}
