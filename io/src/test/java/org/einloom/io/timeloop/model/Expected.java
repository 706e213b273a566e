package org.einloom.io.timeloop.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.Cases;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlParser;

/** What Timeloop answered to a case. */
final class Expected {
  private final YamlNode root;

  private Expected(YamlNode root) {
    this.root = root;
  }

  static Expected of(String name) {
    return of(Cases.folder(), name);
  }

  static Expected of(Path folder, String name) {
    return new Expected(
        YamlParser.parse(Source.file(folder.resolve(name).resolve("expected.json"))));
  }

  /** The environment that Timeloop ran in. */
  Switches switches() {
    Map<String, Expected> env = at("case").at("env").entries();
    return env.isEmpty()
        ? Switches.NONE
        : Switches.parse(
            env.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().text())
                .collect(Collectors.joining(",")));
  }

  Expected at(String key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no " + key));
  }

  Optional<Expected> find(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  Map<String, Expected> entries() {
    var all = new LinkedHashMap<String, Expected>();
    for (YamlNode.Entry e : ((YamlNode.Mapping) root).entries()) {
      all.put(e.key().value(), new Expected(e.value()));
    }
    return all;
  }

  List<Expected> items() {
    return ((YamlNode.Sequence) root).items().stream().map(Expected::new).toList();
  }

  String text() {
    return ((YamlNode.Scalar) root).value();
  }

  double number() {
    return Double.parseDouble(text());
  }

  boolean isScalar() {
    return root instanceof YamlNode.Scalar;
  }

  boolean isNull() {
    return root instanceof YamlNode.Scalar s && s.isNull();
  }
}
