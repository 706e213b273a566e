package org.einloom.io;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ArchitectureFile;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.profile.DataAttributes;

/** The designs that come with Einloom, by name. */
public final class Shipped {
  private static final String ARCHITECTURES = "/org/einloom/arch/";
  private static final String SCHEMAS = "/org/einloom/schemas/";
  private static final String INDEX = "index.txt";

  /** The names of the JSON Schemas of files that are written, rather than read. */
  public static final List<String> WRITTEN_SCHEMAS =
      List.of("result", "comparison", "description", "layers", "costs", "profile");

  private Shipped() {}

  /** The names of the shipped architectures with a one-line description each, in shelf order. */
  public static SequencedMap<String, String> architectures() {
    var described = new LinkedHashMap<String, String>();
    for (String name : index(ARCHITECTURES)) {
      described.put(name, ArchitectureYaml.description(source(name)));
    }
    return described;
  }

  /** The shipped architecture of that name; an {@link InputException} names the nearest. */
  public static Architecture architecture(String name) {
    return ArchitectureYaml.read(source(name));
  }

  /** The file of the shipped architecture of that name, as it is. */
  public static String architectureText(String name) {
    return source(name).text();
  }

  /**
   * What a user means by the name of an architecture: a shipped one if there is one of that name,
   * else a file.
   *
   * @throws InputException naming the nearest shipped names and files when there is neither
   */
  public static Architecture resolveArchitecture(String given) {
    return resolveArchitectureFile(given).architecture();
  }

  /** The same, with what the design asks of mappings. */
  public static ArchitectureFile resolveArchitectureFile(String given) {
    return resolveArchitectureFile(given, DataAttributes.none());
  }

  /** The same with the costs of one layer, whose data was measured. */
  public static ArchitectureFile resolveArchitectureFile(String given, DataAttributes data) {
    return ArchitectureYaml.readFile(resolveArchitectureSource(given), data);
  }

  /** Whether an architecture of that name is shipped. */
  public static boolean isArchitecture(String name) {
    return index(ARCHITECTURES).contains(name);
  }

  /** The same, not read yet. */
  public static Source resolveArchitectureSource(String given) {
    List<String> names = index(ARCHITECTURES);
    if (names.contains(given)) {
      return source(given);
    }
    Path file;
    try {
      file = Path.of(given);
    } catch (InvalidPathException e) {
      throw unknown(given, names);
    }
    if (file.getNameCount() == 1 && !file.isAbsolute() && !Files.exists(file)) {
      throw unknown(given, names);
    }
    return Source.file(file);
  }

  /** The JSON Schema of files that are written, of that name. */
  public static String schemaText(String name) {
    return Source.resource(SCHEMAS, name + ".schema.json").text();
  }

  private static InputException unknown(String given, List<String> names) {
    String base = given.replaceFirst("\\.ya?ml$", "");
    return Position.of(Words.quote(given))
        .error(
            "no shipped architecture and no file has this name",
            "shipped are " + String.join(", ", names),
            names.contains(base)
                ? "did you mean " + Words.quote(base) + "?"
                : Words.didYouMean(base, names));
  }

  private static Source source(String name) {
    List<String> names = index(ARCHITECTURES);
    if (!names.contains(name)) {
      throw unknown(name, names);
    }
    return Source.resource(ARCHITECTURES, name + ".yaml");
  }

  /** The names in the folder's index: one a line, empty lines and comments apart. */
  private static List<String> index(String folder) {
    return Source.resource(folder, INDEX)
        .text()
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .toList();
  }
}
