package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.component.Catalog;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.Section;
import org.einloom.io.timeloop.TimeloopSpec;

/** What levels cost by their Accelergy classes. */
public final class AccelergyEnergies {
  private final Catalog catalog;
  private final Compounds compounds;

  /**
   * @param catalog Einloom's classes
   */
  public AccelergyEnergies(Catalog catalog) {
    this(catalog, new Compounds(Map.of()));
  }

  private AccelergyEnergies(Catalog catalog, Compounds compounds) {
    this.catalog = catalog;
    this.compounds = compounds;
  }

  /**
   * With the compound classes that a specification defines.
   *
   * @throws org.einloom.io.input.InputException if anything in them is wrong
   */
  public static AccelergyEnergies of(Catalog catalog, TimeloopSpec spec) {
    List<Section> sections = new ArrayList<>(spec.sections("compound_components"));
    sections.addAll(spec.sections("components"));
    return new AccelergyEnergies(catalog, new Compounds(CompoundReader.read(sections)));
  }

  /** The names of all classes that are matched. */
  public static Collection<String> classes() {
    return AccelergyClasses.names();
  }

  /**
   * The attribute of a level, or of its class, that a name is likely meant for; empty if it is one,
   * or is near to none.
   *
   * @param known attributes that mean something besides
   */
  public Optional<String> meant(String name, Level level, Collection<String> known) {
    List<String> all = new ArrayList<>(known);
    all.addAll(compounds.attributes(level.type()));
    return KnownAttributes.meant(name, all);
  }

  /**
   * What an instance of a level costs.
   *
   * @throws org.einloom.io.input.InputException if its class is matched by none, an attribute is
   *     missing, or there is no such component
   */
  public ComponentFigures of(Level level) {
    return ComponentFigures.of(compounds.match(Given.of(level)), catalog, level.at());
  }
}
