package org.einloom.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.mapping.MappingFile;
import org.einloom.io.mapping.PlacedMapping;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Workload;

/** Reads mappings in either of their forms. */
public final class Mappings {
  /** How a line of the text form begins, and no YAML mapping. */
  private static final Pattern TEXT = Pattern.compile("\\s*+(?:layer|keep|for|parallel)\\s.*+");

  private Mappings() {}

  /**
   * Reads the legal mappings of a file, YAML or text, by layer.
   *
   * @throws InputException when anything in the file is wrong or a mapping is not legal
   */
  public static SequencedMap<String, LoopTree> read(
      Path file, Workload workload, Architecture architecture) {
    var trees = new LinkedHashMap<String, LoopTree>();
    read(file, workload, Design.of(architecture)).forEach((l, m) -> trees.put(l, m.tree()));
    return trees;
  }

  /** The same for a design: each with the path that it is for. */
  public static SequencedMap<String, PlacedMapping> read(
      Path file, Workload workload, Design design) {
    Source source = Source.file(file);
    MappingFile mappings =
        isText(source) ? LoopTreeText.read(source, workload, design) : MappingYaml.read(source);
    return mappings.place(workload, design);
  }

  /** Whether a file is a mapping in its text form. */
  public static boolean isText(Source source) {
    return source
        .text()
        .lines()
        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
        .findFirst()
        .filter(line -> TEXT.matcher(line).matches())
        .isPresent();
  }
}
