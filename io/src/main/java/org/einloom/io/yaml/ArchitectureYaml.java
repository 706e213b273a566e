package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Branch;
import org.einloom.arch.Design;
import org.einloom.component.Catalog;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.profile.DataAttributes;
import org.einloom.schema.Keys;
import org.einloom.workload.Widths;

/** Reads architectures from YAML, as {@code docs/input-format.md} describes it. */
public final class ArchitectureYaml {
  private static final String ARCHITECTURE = "architecture";
  private static final String TECHNOLOGY = "technology";
  private static final String VOLTAGE = "voltage";
  static final Keys KEYS =
      Keys.of(
          must("name", "name", "What reports call the design"),
          may("description", "text", "One line about it"),
          may(TECHNOLOGY, "feature_size", "Process of the component classes, such as 65nm"),
          may(VOLTAGE, "voltage", "Supply voltage of the component classes"),
          may(
              ComponentsYaml.COMPONENTS,
              "files",
              "Files with component classes of your own, at or below this folder"),
          must("clock", "frequency", "Cycles per second of everything in it"),
          must("widths", "widths", "Default bits per word, by role"),
          may("source", "text", "Where figures are from that do not say so themselves"),
          must("nodes", "nodes", "Outermost first: a memory first, a compute or a fork last"),
          may(
              ConstraintReader.CONSTRAINTS,
              "constraints",
              "What every mapping on this design has to satisfy"));
  static final Keys WIDTHS =
      Keys.of(
          must("input", "bits", "Words of inputs"),
          must("weight", "bits", "Words of weights"),
          must("output", "bits", "Words of results that are complete"),
          must("partial", "bits", "Words of results that are not complete yet"));
  private static final int WIDEST_WORD = 1024;

  private ArchitectureYaml() {}

  /**
   * Reads a file and what it includes.
   *
   * @throws InputException when anything in it is wrong, with its place
   */
  public static Architecture read(Path file) {
    return read(Source.file(file));
  }

  /** Reads a text that includes nothing; {@code name} is what messages call it. */
  public static Architecture read(String name, String text) {
    return read(Source.text(name, text));
  }

  /** Reads a text and what it includes; where it forks, the first path. */
  public static Architecture read(Source source) {
    return readFile(source).architecture();
  }

  /** Reads a text and what it includes, with what it asks of mappings. */
  public static ArchitectureFile readFile(Source source) {
    return readFile(source, DataAttributes.none());
  }

  /** The same with the costs of one layer, whose data was measured. */
  public static ArchitectureFile readFile(Source source, DataAttributes data) {
    return readBody(Document.body(source, ARCHITECTURE), source, data);
  }

  /** Reads what stands under {@code architecture}, wherever it is from; it includes nothing. */
  public static Design readEmbedded(YamlNode body) {
    return readBody(body, Source.text(body.at().file(), ""), DataAttributes.none()).design();
  }

  /** Reads a body of which values were set; it is as if its file had them. */
  static ArchitectureFile readEdited(YamlNode body, Source source) {
    return readBody(body, source, DataAttributes.none());
  }

  private static ArchitectureFile readBody(YamlNode body, Source source, DataAttributes data) {
    Fields fields = Fields.of(body, ARCHITECTURE, KEYS);
    String name = Values.name(fields.required("name", "name: demo"), "name");
    describe(fields);
    String technology = fields.optional(TECHNOLOGY).map(ArchitectureYaml::technology).orElse("");
    YamlNode clock = fields.required("clock", "clock: 200 MHz");
    double clockHz = Quantity.read(clock, "clock", Unit.FREQUENCY).asDouble();
    if (!(clockHz > 0)) {
      throw clock.at().error("'clock' is 0", Unit.FREQUENCY.expected());
    }
    Widths widths = widths(fields.required("widths", "widths: {input: 8 b, ...}"));
    Costs costs =
        new Costs("", false, clockHz, parts(fields, source, data), Optional.empty()).within(fields);
    var asked = new ConstraintReader();
    YamlNode list = fields.required("nodes", "nodes: [{memory: DRAM}, {compute: MAC}]");
    Branch tree = Nodes.read(list, source, new Components(costs, asked));
    Design design = list.at().locate(() -> Design.of(name, clockHz, technology, widths, tree));
    fields
        .optional(ConstraintReader.CONSTRAINTS)
        .ifPresent(n -> asked.file(n, new Hardware(Optional.of(design))));
    return new ArchitectureFile(design, asked.spec());
  }

  /** What reads the components of nodes; the classes are looked for when there is one. */
  private static PartReader parts(Fields fields, Source source, DataAttributes data) {
    var shared = new HashMap<String, YamlNode>();
    for (String key : List.of(TECHNOLOGY, VOLTAGE)) {
      fields.optional(key).ifPresent(n -> shared.put(key, n));
    }
    fields.optional(VOLTAGE).ifPresent(n -> Quantity.read(n, VOLTAGE, Unit.VOLTAGE));
    Optional<YamlNode> files = fields.optional(ComponentsYaml.COMPONENTS);
    return new PartReader(
        files.isEmpty() ? new Once<>(Catalog::installed) : new Once<>(catalog(files.get(), source)),
        shared,
        data);
  }

  /** Read at once, so that mistakes in classes that no node uses are told as well. */
  private static Supplier<Catalog> catalog(YamlNode files, Source source) {
    Catalog all = Catalog.installed();
    for (YamlNode file :
        Values.list(files, ComponentsYaml.COMPONENTS, "expected a list of files, [parts.yaml]")) {
      String path = Values.name(file, ComponentsYaml.COMPONENTS);
      all = ComponentsYaml.read(source.includes().open(path, file.at()), all);
    }
    Catalog read = all;
    return () -> read;
  }

  /** The one line that the text says about its architecture; empty when it says nothing. */
  public static String description(Source source) {
    return describe(Fields.of(Document.body(source, ARCHITECTURE), ARCHITECTURE, KEYS));
  }

  private static String describe(Fields fields) {
    return fields.optional("description").map(n -> Values.text(n, "description")).orElse("");
  }

  /** As written, once it is known to be a length. */
  private static String technology(YamlNode node) {
    Quantity.read(node, TECHNOLOGY, Unit.LENGTH);
    return Values.text(node, TECHNOLOGY);
  }

  private static Widths widths(YamlNode node) {
    Fields fields = Fields.of(node, "'widths'", WIDTHS);
    return node.at()
        .locate(
            () ->
                new Widths(
                    width(fields, "input"),
                    width(fields, "weight"),
                    width(fields, "output"),
                    width(fields, "partial")));
  }

  private static int width(Fields fields, String role) {
    return (int) Costs.bits(fields.required(role, role + ": 16 b"), role, 1, WIDEST_WORD);
  }
}
