package org.einloom.io.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Opens files named by users and by the files they gave. */
final class FileSource {
  /** Roots, drives and addresses, whatever the system it runs on makes of them. */
  private static final Pattern NOT_RELATIVE = Pattern.compile("^/|[\\\\:]");

  private static final int MOST_NEIGHBOURS = 10_000;

  private FileSource() {}

  static Source open(Path path) {
    return open(path, path, Position.of(path.toString()));
  }

  /**
   * Reads a file.
   *
   * @param shown the path as messages call it
   * @param asked where to report what is wrong with the file as a whole
   */
  private static Source open(Path path, Path shown, Position asked) {
    String name = shown.toString();
    String what = asked.line() == 0 ? "" : Words.quote(name) + " ";
    try {
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        throw asked.error(what + "is a folder", "expected a file");
      }
      if (!Files.isRegularFile(real)) {
        throw asked.error(what + "is a device or pipe", "expected a file");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(real)) {
        bytes = in.readNBytes(Source.LARGEST_BYTES + 1);
      }
      if (bytes.length > Source.LARGEST_BYTES) {
        throw asked.error(
            what + "is larger than " + (Source.LARGEST_BYTES >> 20) + " MiB",
            "no description needs that much");
      }
      Path folder = Objects.requireNonNull(real.getParent());
      String text = Utf8.decode(name, bytes);
      return new Source(name, real.toString(), text, (p, at) -> include(folder, shown, p, at));
    } catch (NoSuchFileException e) {
      throw asked.error(what + "does not exist", Words.didYouMean(last(path), neighbours(path)));
    } catch (AccessDeniedException e) {
      throw asked.error(what + "cannot be read", "permission denied");
    } catch (IOException e) {
      throw new InputException(asked, what + "cannot be read", String.valueOf(e.getMessage()), e);
    }
  }

  private static Source include(Path folder, Path from, String path, Position at) {
    Path relative;
    try {
      relative = Path.of(path);
    } catch (InvalidPathException e) {
      throw at.error(Words.quote(path) + " is no path");
    }
    String rule = "expected a relative path at or below the folder of the including file";
    if (path.isBlank() || relative.isAbsolute() || NOT_RELATIVE.matcher(path).find()) {
      throw at.error(Words.quote(path) + " is not a relative path", rule);
    }
    for (Path part : relative) {
      if (part.toString().equals("..")) {
        throw at.error(Words.quote(path) + " leads out of a folder", rule);
      }
    }
    Path target = folder.resolve(relative);
    try {
      if (!target.toRealPath().startsWith(folder)) {
        throw at.error(Words.quote(path) + " leads out of the folder by a symbolic link", rule);
      }
    } catch (IOException e) {
      // open() says better what is wrong with it
    }
    return open(target, from.resolveSibling(relative).normalize(), at);
  }

  private static String last(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<String> neighbours(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(MOST_NEIGHBOURS).map(FileSource::last).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
