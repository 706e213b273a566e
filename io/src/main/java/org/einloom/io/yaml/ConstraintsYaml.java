package org.einloom.io.yaml;

import java.nio.file.Path;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;

/** Reads files of constraints, as {@code docs/input-format.md} describes them. */
public final class ConstraintsYaml {
  private ConstraintsYaml() {}

  /**
   * Reads a file of constraints for an architecture.
   *
   * @throws InputException when anything in it is wrong, with its place, or the architecture lacks
   *     what it names
   */
  public static MapspaceSpec read(Path file, Architecture architecture) {
    return read(file, Design.of(architecture));
  }

  /** The same for a design, on some path of which there has to be what it names. */
  public static MapspaceSpec read(Path file, Design design) {
    return read(Source.file(file), Optional.of(design));
  }

  /** Reads a text; without a design, names are not looked up. */
  public static MapspaceSpec read(Source source, Optional<Design> design) {
    var reader = new ConstraintReader();
    reader.file(Document.body(source, ConstraintReader.CONSTRAINTS), new Hardware(design));
    return reader.spec();
  }
}
