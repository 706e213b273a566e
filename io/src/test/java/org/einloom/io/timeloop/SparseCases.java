package org.einloom.io.timeloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.einloom.io.input.Source;

/** Evaluations of sparse tensors by Timeloop 4cf6d4c, runs made for this purpose. */
public final class SparseCases {
  private SparseCases() {}

  /** The names of all sparse cases. */
  public static List<String> names() {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path folder() {
    try {
      return Path.of(
              Objects.requireNonNull(SparseCases.class.getResource("/timeloop-sparse/README.md"))
                  .toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of a case. */
  public static List<Source> files(String name) {
    return Stream.of(
            "arch.yaml", "problem.yaml", "mapping.yaml", "ERT.yaml", "ART.yaml", "sparse.yaml")
        .map(f -> folder().resolve(name).resolve(f))
        .filter(Files::exists)
        .map(Source::file)
        .toList();
  }

  public static TimeloopSpec read(String name) {
    return TimeloopFiles.readSources(files(name));
  }
}
