package org.einloom.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.workload.Workload;

/**
 * The files of {@code bad/}, each with one mistake, and how each is read: by its folder as an
 * architecture, a workload, a mapping of the good workload on the good architecture, or constraints
 * for that.
 */
final class BadInputs {
  static final Path RESOURCES = Path.of("src/test/resources");
  static final Path BAD = RESOURCES.resolve("bad");
  static final Path GOOD = RESOURCES.resolve("good");
  private static final List<String> FOLDERS =
      List.of("arch", "workload", "mapping", "text", "constraints");

  private BadInputs() {}

  /** The files, apart from the parts that others include, in order. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(BAD, 2)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> FOLDERS.contains(folder(f)))
          .sorted()
          .toList();
    }
  }

  static void read(Path file) {
    switch (folder(file)) {
      case "arch" -> ArchitectureYaml.read(file);
      case "workload" -> WorkloadYaml.read(file);
      case "constraints" -> ConstraintsYaml.read(file, goodArchitecture());
      case "mapping" -> MappingYaml.read(file).legal(goodWorkload(), goodArchitecture());
      default -> LoopTreeText.read(Source.file(file), goodWorkload(), goodArchitecture());
    }
  }

  static Architecture goodArchitecture() {
    return ArchitectureYaml.read(GOOD.resolve("architecture.yaml"));
  }

  static Workload goodWorkload() {
    return WorkloadYaml.read(GOOD.resolve("workload.yaml"));
  }

  private static String folder(Path file) {
    return String.valueOf(file.getParent().getFileName());
  }
}
