package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.einloom.component.Catalog;
import org.einloom.io.Shipped;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ComponentsYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.FileSchemas;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.StudyYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.report.SchemaJson;
import org.einloom.schema.Schema;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The JSON Schemas in {@code docs/schemas}: up to date, and of one mind with the readers. */
class SchemasTest {
  private static final Path SCHEMAS = Path.of("../docs/schemas");
  private static final boolean WRITE = Boolean.getBoolean("einloom.update-docs");
  private static final String OUT_OF_DATE =
      "%s is out of date. If what is read or written today is right: ./mvnw -q -Dquick -pl cli -am"
          + " test -Dtest=SchemasTest -Deinloom.update-docs=true";

  private static Path file(String name) {
    return SCHEMAS.resolve(name + ".schema.json");
  }

  /** Problems that the schema of that name has with a document. */
  private static List<String> problems(String schema, String json) {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    try {
      return registry
          .getSchema(Files.readString(file(schema)))
          .validate(json, InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void isUpToDate(String name, Schema schema) throws IOException {
    String text = SchemaJson.text(schema);
    if (WRITE) {
      Files.writeString(file(name), text);
    }
    assertThat(Files.readString(file(name))).as(OUT_OF_DATE, file(name)).isEqualTo(text);
  }

  @Test
  void schemasOfFilesThatAreReadAreThoseOfTheReaders() throws IOException {
    for (String name : FileSchemas.names()) {
      isUpToDate(name, FileSchemas.of(name, Catalog.installed()));
      assertThat(Cli.run("schema", name).succeeded().out()).isEqualTo(Files.readString(file(name)));
    }
  }

  @Test
  void schemasOfFilesThatAreWrittenAreThoseOfTheWriters(@TempDir Path folder) throws IOException {
    Map<String, List<JsonNode>> written = new WrittenFiles(folder).all();
    assertThat(written.keySet()).containsExactlyElementsOf(Shipped.WRITTEN_SCHEMAS);
    for (var e : written.entrySet()) {
      var definitions = new LinkedHashMap<String, Schema>();
      Schema step = ObservedSchema.step(e.getValue());
      if (!step.json().isEmpty()) {
        definitions.put("chain", Schema.list(Schema.ref("step")));
        definitions.put("step", step);
      }
      if (e.getKey().equals("result")) {
        definitions.putAll(FileSchemas.definitions("architecture", Catalog.installed()));
        definitions.putAll(FileSchemas.definitions("sparse_layer", Catalog.installed()));
      }
      // a sweep is a document of its own kind
      Map<Boolean, List<JsonNode>> sweeps =
          e.getValue().stream().collect(Collectors.partitioningBy(d -> d.has("estimates")));
      Schema body = ObservedSchema.of(sweeps.getOrDefault(false, List.of()));
      if (e.getKey().equals("costs")) {
        body = Schema.anyOf(body, ObservedSchema.of(sweeps.getOrDefault(true, List.of())));
      }
      String page = e.getKey().equals("profile") ? "profile" : "results";
      String title = "Einloom: " + e.getKey() + " (docs/" + page + ".md)";
      isUpToDate(e.getKey(), Schema.document(title, body, definitions));
      for (JsonNode document : e.getValue()) {
        assertThat(problems(e.getKey(), document.toString())).as(e.getKey()).isEmpty();
      }
    }
  }

  @Test
  void documentsThatLackSomethingAreNotWhatIsWritten() {
    for (String name : Shipped.WRITTEN_SCHEMAS) {
      assertThat(problems(name, "{}")).as(name).isNotEmpty();
      assertThat(problems(name, "[]")).as(name).isNotEmpty();
    }
  }

  /** All YAML files that are right, as JSON, by the name of their schema. */
  private static Map<Path, String> goodFiles() throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    for (Path root :
        List.of(
            Path.of("../examples"),
            Cli.IO_RESOURCES.resolve("good"),
            Path.of("../io/src/main/resources/org/einloom/arch"),
            Cli.IO_RESOURCES.resolve("bad/arch/parts"))) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(f -> f.toString().endsWith(".yaml"))
            .filter(f -> !f.toString().contains("mistake") && !f.toString().contains("cycle"))
            .filter(f -> !f.startsWith("../examples/timeloop")) // not in Einloom's formats
            .sorted()
            .forEach(f -> files.put(f, kind(json(f))));
      }
    }
    return files;
  }

  private static JsonNode json(Path file) {
    try {
      return YAMLMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kind(JsonNode json) {
    return FileSchemas.names().stream().filter(json::has).findFirst().orElse("");
  }

  @Test
  void everyFileThatComesAlongIsRight() throws IOException {
    var files = goodFiles();
    assertThat(files.values()).contains("architecture", "workload", "mapping", "constraints");
    assertThat(files).hasSizeGreaterThan(15);
    files.forEach(
        (file, schema) ->
            assertThat(problems(schema, json(file).toString())).as(file.toString()).isEmpty());
  }

  /** What is wrong with keys, units and kinds of values a schema knows. */
  @Test
  void mistakesInKeysUnitsAndWordsAreFound() throws IOException {
    String known =
        "typo-in.*|unit-.*|.*-missing|version-.*|.*unknown-attribute|duplicate-key-not|a-list|a-word"
            + "|mapping-expected|list-expected|number-negative|tag-not|value-missing|null";
    // any name could be a tensor's; what a list needs as its last, and what a file holds
    List<String> meaning = List.of("typo-in-role", "compute-missing", "include-missing");
    List<String> missed = new ArrayList<>();
    int found = 0;
    for (String folder : List.of("arch", "workload", "mapping", "constraints")) {
      String schema = folder.equals("arch") ? "architecture" : folder;
      try (Stream<Path> all = Files.list(Cli.IO_RESOURCES.resolve("bad").resolve(folder))) {
        for (Path f : all.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
          JsonNode json;
          try {
            json = json(f);
          } catch (RuntimeException e) {
            continue; // no YAML at all
          }
          boolean wrong = !problems(schema, json.toString()).isEmpty();
          found += wrong ? 1 : 0;
          String name = f.getFileName().toString().replace(".yaml", "");
          if (!wrong && name.matches(known) && !meaning.contains(name)) {
            missed.add(folder + "/" + name);
          }
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(found).isGreaterThan(80);
  }

  /**
   * Random changes of files that are right: what a reader takes, the schema allows; what a reader
   * refuses for its keys, the schema refuses.
   */
  @Test
  void readersAndSchemasAreOfOneMind() throws IOException {
    long seed = Long.getLong("einloom.seed", new Random().nextLong());
    var random = new Random(seed);
    Map<String, com.networknt.schema.Schema> schemas = new LinkedHashMap<>();
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (String name : FileSchemas.names()) {
      schemas.put(name, registry.getSchema(Files.readString(file(name))));
    }
    int taken = 0;
    int refused = 0;
    for (var e : goodFiles().entrySet()) {
      for (int i = 0; i < Integer.getInteger("einloom.cases", 60); i++) {
        JsonNode changed = Changes.one(json(e.getKey()), random);
        String text = changed.toString();
        String complaint = complaint(e.getValue(), text, e.getKey());
        var problems = schemas.get(e.getValue()).validate(text, InputFormat.JSON);
        if (complaint.isEmpty()) {
          taken++;
          assertThat(problems).as("seed %d, %s: %s", seed, e.getKey(), text).isEmpty();
        } else if (complaint.contains("unknown key") || complaint.contains("has no key")) {
          refused++;
          assertThat(problems)
              .as("seed %d, %s: %s: %s", seed, e.getKey(), complaint, text)
              .isNotEmpty();
        }
      }
    }
    assertThat(taken).isGreaterThan(100);
    assertThat(refused).isGreaterThan(100);
  }

  private static String complaint(String kind, String text, Path file) {
    Source on = Source.file(file);
    var source = new Source(on.name(), on.id(), text, on.includes());
    try {
      switch (kind) {
        case "architecture" -> ArchitectureYaml.readFile(source);
        case "workload" -> WorkloadYaml.read(source);
        case "mapping" -> MappingYaml.read(source);
        case "components" -> ComponentsYaml.read(source, Catalog.installed());
        case "study" -> StudyYaml.read(source);
        case "constraints" ->
            ConstraintsYaml.read(
                source, Optional.of(Shipped.resolveArchitectureFile("teaching").design()));
        default ->
            ArchitectureYaml.readFile(
                new Source(
                    on.name(),
                    on.id(),
                    """
                    einloom: 1
                    architecture:
                      name: x
                      clock: 1 GHz
                      technology: 65nm
                      widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
                      nodes: [{memory: First}, {include: it.yaml}]
                    """,
                    (path, at) -> source));
      }
      return "";
    } catch (InputException e) {
      return String.valueOf(e.getMessage());
    } catch (InvalidSpecException e) {
      return "meaning: " + e.getMessage();
    }
  }

  @Test
  void namesAreListedAndOthersRefused() {
    assertThat(Cli.run("schema").succeeded().out()).contains("architecture").contains("result");
    assertThat(Cli.run("schema", "result").succeeded().out()).startsWith("{");
    assertThat(Cli.run("schema", "archtecture").refused()).endsWith("did you mean 'architecture'?");
    assertThat(JsonMapper.shared().readTree(Cli.run("schema", "nodes").succeeded().out()))
        .isNotNull();
  }
}
