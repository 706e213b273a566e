package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads {@code ERT:} and {@code ART:}, tables of energy and area by component. */
final class TableReader {
  private TableReader() {}

  static EnergyTable energies(YamlNode node) {
    Fields fields = Fields.of(node, "'ERT'", List.of("version", "tables"));
    List<EnergyTable.Component> components = new ArrayList<>();
    for (YamlNode item : tables(fields)) {
      Fields c = Fields.of(item, "a table of the ERT", List.of("name", "actions"));
      YamlNode nameNode = c.required("name", "name: top.GLB[1..1]");
      String name = ElementName.of(nameNode, "name").name();
      if (components.stream().anyMatch(o -> o.name().equals(name))) {
        throw nameNode.at().error("a second table of " + Words.quote(name) + " in the ERT");
      }
      List<EnergyTable.Entry> entries = new ArrayList<>();
      for (YamlNode action :
          Values.list(
              c.required("actions", "actions: [...]"), "actions", "expected a list of actions")) {
        entries.add(entry(action, name));
      }
      components.add(new EnergyTable.Component(name, entries, nameNode.at()));
    }
    return new EnergyTable(components, node.at());
  }

  private static EnergyTable.Entry entry(YamlNode node, String component) {
    Fields fields =
        Fields.of(node, "an action of '" + component + "'", List.of("name", "arguments", "energy"));
    String name = Values.name(fields.required("name", "name: read"), "name");
    var arguments = new LinkedHashMap<String, String>();
    fields
        .optional("arguments")
        .filter(n -> !(n instanceof Scalar s && s.isNull()))
        .ifPresent(
            n ->
                Values.entries(n, "arguments", "expected names with values")
                    .forEach((key, value) -> arguments.put(key.value(), text(value))));
    double energyPj =
        Numbers.real(
            fields.required("energy", "energy: 1.2"),
            "energy",
            "action '" + name + "' of '" + component + "'",
            0);
    return new EnergyTable.Entry(name, arguments, energyPj, node.at());
  }

  private static String text(YamlNode node) {
    return node instanceof Scalar s ? s.value() : node.kind();
  }

  static AreaTable areas(YamlNode node) {
    Fields fields = Fields.of(node, "'ART'", List.of("version", "tables"));
    List<AreaTable.Component> components = new ArrayList<>();
    for (YamlNode item : tables(fields)) {
      Fields c = Fields.of(item, "a table of the ART", List.of("name", "area"));
      YamlNode nameNode = c.required("name", "name: top.GLB[1..1]");
      String name = ElementName.of(nameNode, "name").name();
      if (components.stream().anyMatch(o -> o.name().equals(name))) {
        throw nameNode.at().error("a second table of " + Words.quote(name) + " in the ART");
      }
      double areaUm2 = Numbers.real(c.required("area", "area: 100"), "area", "'" + name + "'", 0);
      components.add(new AreaTable.Component(name, areaUm2, nameNode.at()));
    }
    return new AreaTable(components, node.at());
  }

  private static List<YamlNode> tables(Fields fields) {
    return Values.list(
        fields.required("tables", "tables: [...]"), "tables", "expected a list of components");
  }
}
