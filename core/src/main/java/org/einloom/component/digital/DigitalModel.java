package org.einloom.component.digital;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.technology.Technology;

/**
 * A class of logic.
 *
 * @param componentClass its name
 * @param description one line
 * @param attributes those of its own; technology and voltage come on top
 * @param costs what it costs by all attributes
 */
public record DigitalModel(
    String componentClass,
    String description,
    List<Attribute> attributes,
    Function<Attributes, Costs> costs)
    implements ComponentModel {
  public DigitalModel {
    var all = new ArrayList<>(attributes);
    all.addAll(Technology.ATTRIBUTES);
    attributes = List.copyOf(all);
  }

  @Override
  public String model() {
    return "Einloom logic 1";
  }

  @Override
  public Costs estimate(Attributes attributes) {
    return costs.apply(attributes);
  }
}
