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

/** Evaluations by Timeloop 4cf6d4c, runs made for this purpose. */
public final class Cases {
  private static final List<String> FILES =
      List.of("arch.yaml", "problem.yaml", "mapping.yaml", "ERT.yaml", "ART.yaml");

  private Cases() {}

  /** The names of all dense cases. */
  public static List<String> names() {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Cases.class.getResource("/timeloop/README.md")).toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of a case. */
  public static List<Source> files(String name) {
    return FILES.stream().map(f -> Source.file(folder().resolve(name).resolve(f))).toList();
  }

  public static TimeloopSpec read(String name) {
    return TimeloopFiles.readSources(files(name));
  }
}
