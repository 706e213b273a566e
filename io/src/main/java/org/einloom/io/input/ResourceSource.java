package org.einloom.io.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Opens texts that come with Einloom. */
final class ResourceSource {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+\\.yaml");

  private ResourceSource() {}

  static Source open(String folder, String file) {
    try (InputStream in = ResourceSource.class.getResourceAsStream(folder + file)) {
      if (in == null) {
        throw new IllegalStateException(
            "resource " + folder + file + " is missing from this build");
      }
      return new Source(
          file,
          folder + file,
          Utf8.decode(file, in.readAllBytes()),
          (path, at) -> {
            if (!NAME.matcher(path).matches()) {
              throw at.error(Words.quote(path) + " is not the name of a shipped file");
            }
            return open(folder, path);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
