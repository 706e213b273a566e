package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.einloom.arch.Design;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ArchitectureTemplate.Setting;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.workload.Workload;

/**
 * A file of sparsity of which single values are set from outside. A path to a value begins with a
 * key of the file: {@code densities.all.A.uniform}, {@code memories.DRAM.formats.A}.
 */
public final class SparsityTemplate {
  private final YamlNode body;
  private final Source source;

  private SparsityTemplate(YamlNode body, Source source) {
    this.body = body;
    this.source = source;
  }

  /** The sparsity in a text. */
  public static SparsityTemplate of(Source source) {
    return new SparsityTemplate(Document.body(source, SparsityYaml.SPARSITY), source);
  }

  /** The text that it is made of. */
  public String text() {
    return source.text();
  }

  /**
   * The path that is written with dots. Names that the file has may have dots in them.
   *
   * @throws org.einloom.io.input.InputException if it begins with no key of such a file
   */
  public List<String> path(String written, Position at) {
    var path = new ArrayList<String>();
    YamlNode here = body;
    String rest = written;
    while (!rest.isEmpty()) {
      String left = rest;
      List<Entry> entries = here instanceof Mapping m ? m.entries() : List.of();
      String name =
          entries.stream()
              .map(e -> e.key().value())
              .filter(k -> left.equals(k) || left.startsWith(k + "."))
              .max(Comparator.comparingInt(String::length))
              .orElseGet(() -> left.split("\\.", 2)[0]);
      here =
          entries.stream()
              .filter(e -> e.key().value().equals(name))
              .findFirst()
              .<YamlNode>map(Entry::value)
              .orElse(new Mapping(List.of(), at, 0));
      path.add(name);
      rest = rest.length() > name.length() ? rest.substring(name.length() + 1) : "";
    }
    if (written.endsWith(".") || path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
      throw at.error(
          Words.quote(written) + " is no path", "expected names with single dots between them");
    }
    List<String> keys = SparsityYaml.KEYS.names();
    if (!keys.contains(path.getFirst())) {
      throw at.error(
          Words.quote(written) + " begins with no key of a file of sparsity",
          "expected " + String.join(", ", keys) + ", as in 'densities.all.A.uniform'",
          Words.didYouMean(path.getFirst(), keys));
    }
    return path;
  }

  /**
   * Returns if there are places for all of these.
   *
   * @throws org.einloom.io.input.InputException if a path leads nowhere, whatever is set
   */
  public void check(List<Setting> settings) {
    edited(settings);
  }

  /** What it says of a workload on a design with values set. */
  public SparsityFile with(List<Setting> settings, Workload workload, Design design) {
    return SparsityYaml.readEdited(edited(settings), source, workload, design);
  }

  private YamlNode edited(List<Setting> settings) {
    YamlNode edited = body;
    for (Setting s : settings) {
      edited = PathEdit.put(edited, s.path(), s, 0);
    }
    return edited;
  }
}
