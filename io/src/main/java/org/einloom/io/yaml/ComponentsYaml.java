package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.List;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.schema.Keys;

/** Reads component classes of users: compounds and tables in YAML, tables as CSV. */
public final class ComponentsYaml {
  static final String COMPONENTS = "components";
  private static final int MOST_CLASSES = 1_000;
  static final Keys TABLE =
      Keys.of(
          must("class", "name", "The name of the class"),
          must("table", "name", "A CSV file at or below this folder"),
          may("interpolate", "names", "Attributes between whose values costs are interpolated"));

  private ComponentsYaml() {}

  /**
   * The classes there are with those of a text; a text whose name ends in {@code .csv} is a table.
   *
   * @throws InputException when anything in it is wrong, with its place
   */
  public static Catalog read(Source source, Catalog catalog) {
    if (source.name().endsWith(".csv")) {
      return add(catalog, TableReader.read(source, List.of()), Position.of(source.name()));
    }
    YamlNode body = Document.body(source, COMPONENTS);
    List<YamlNode> items = Values.list(body, COMPONENTS, "expected a list of component classes");
    if (items.size() > MOST_CLASSES) {
      throw body.at().error("more than " + MOST_CLASSES + " component classes");
    }
    Catalog all = catalog;
    for (YamlNode item : items) {
      all = add(all, models(item, source, all), item.at());
    }
    return all;
  }

  private static List<? extends ComponentModel> models(
      YamlNode item, Source source, Catalog known) {
    boolean table =
        item instanceof Mapping m
            && m.entries().stream().anyMatch(e -> e.key().value().equals("table"));
    return table
        ? table(Fields.of(item, "a table", TABLE), source)
        : List.of(new CompoundReader(known, source.name()).read(item));
  }

  private static List<? extends ComponentModel> table(Fields fields, Source source) {
    YamlNode path = fields.required("table", "table: costs.csv");
    String name = Values.name(fields.required("class", "class: my_memory"), "class");
    List<String> along =
        fields
            .optional("interpolate")
            .map(n -> List.copyOf(Values.names(n, "interpolate").keySet()))
            .orElse(List.of());
    Source text = source.includes().open(Values.name(path, "table"), path.at());
    return List.of(TableReader.read(text, name, along, fields.keyAt("interpolate")));
  }

  private static Catalog add(Catalog catalog, List<? extends ComponentModel> models, Position at) {
    Catalog all = catalog;
    for (ComponentModel model : models) {
      Catalog before = all;
      all = at.locate(() -> before.with(model));
    }
    return all;
  }
}
