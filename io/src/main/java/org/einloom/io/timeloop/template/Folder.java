package org.einloom.io.timeloop.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;

/**
 * The folder of a specification: the only files that its templates can see. A path is taken apart
 * before the file system is asked: absolute ones, and those that climb out with {@code ..}, are
 * refused; and what is found is opened by its real path, which must lie in the folder, so that a
 * symbolic link leads nowhere else.
 */
public final class Folder {
  /** What {@code cwd()} calls the folder, so that templates need not know where it is. */
  public static final String ROOT = "@spec";

  private static final String RULE = "expected a path at or below the folder of the specification";
  private static final Pattern NOT_RELATIVE = Pattern.compile("^[/~]|[\\\\:\0]");
  private static final int LONGEST = 1_000;
  private static final int MOST_ENTRIES = 10_000;

  private final Path root;
  private final Path shown;
  private final Budget budget;

  /**
   * The folder that a file lies in.
   *
   * @throws org.einloom.io.input.InputException when there is no such file
   */
  public Folder(Path file, Budget budget) {
    Source source = Source.file(file);
    this.root = Objects.requireNonNull(Path.of(source.id()).getParent());
    Path parent = file.getParent();
    this.shown = parent == null ? Path.of("") : parent;
    this.budget = budget;
  }

  /**
   * The files and folders that a path means, without those that do not exist.
   *
   * @param folder relative to the root
   * @param path relative to it, or below {@link #ROOT}; {@code *} and {@code ?} as shells read them
   * @return relative to the root, in order
   */
  List<Path> find(Path folder, String path, Position at) {
    Path wanted = inside(folder, path, at);
    List<Path> found = List.of(Path.of(""));
    for (Path part : wanted) {
      List<Path> next = new ArrayList<>();
      for (Path base : found) {
        budget.step(at);
        next.addAll(below(base, part.toString(), at));
      }
      found = next;
    }
    return found;
  }

  /** The path relative to the root. */
  private static Path inside(Path folder, String path, Position at) {
    boolean fromRoot = path.equals(ROOT) || path.startsWith(ROOT + "/");
    String relative = fromRoot ? path.substring(Math.min(path.length(), ROOT.length() + 1)) : path;
    String what = Words.quote(path);
    if ((!fromRoot && path.isBlank()) || path.length() > LONGEST) {
      throw at.error(what + " is no path", RULE);
    }
    if (NOT_RELATIVE.matcher(relative).find()) {
      throw at.error(what + " is not a relative path", RULE);
    }
    if (relative.contains("[")) {
      throw at.error(what + " has brackets", "of patterns only '*' and '?' are supported");
    }
    try {
      Path base = fromRoot ? Path.of("") : folder;
      int depth = base.toString().isEmpty() ? 0 : base.getNameCount();
      for (Path part : Path.of(relative)) {
        String name = part.toString();
        depth += name.equals("..") ? -1 : name.isEmpty() || name.equals(".") ? 0 : 1;
        if (depth < 0) {
          throw at.error(what + " leads out of the folder of the specification", RULE);
        }
      }
      return base.resolve(relative).normalize();
    } catch (InvalidPathException e) {
      throw at.error(what + " is no path", RULE);
    }
  }

  private List<Path> below(Path base, String name, Position at) {
    if (name.isEmpty()) {
      return List.of(base);
    }
    Path place = root.resolve(base);
    if (!name.contains("*") && !name.contains("?")) {
      return exists(base.resolve(name), at) ? List.of(base.resolve(name)) : List.of();
    }
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<String> names =
          entries
              .limit(MOST_ENTRIES)
              .map(e -> Objects.requireNonNull(e.getFileName()).toString())
              .filter(n -> matches(name, n))
              .sorted()
              .toList();
      budget.make(names.size(), at);
      return names.stream().map(base::resolve).filter(p -> exists(p, at)).toList();
    } catch (IOException e) {
      throw at.error("the folder " + Words.quote(shown(base)) + " cannot be read");
    }
  }

  private boolean exists(Path path, Position at) {
    try {
      if (!root.resolve(path).toRealPath().startsWith(root)) {
        throw at.error(
            Words.quote(path.toString()) + " leads out of the folder by a symbolic link", RULE);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a name fits a pattern with {@code *} and {@code ?}; in time length x length. */
  static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  boolean isFolder(Path path) {
    return Files.isDirectory(root.resolve(path));
  }

  /** Reads a file that {@link #find} found. */
  Source open(Path path, Position at) {
    budget.file(at);
    try {
      Path real = root.resolve(path).toRealPath();
      if (!real.startsWith(root)) {
        throw at.error(Words.quote(path.toString()) + " leads out of the folder", RULE);
      }
      if (!Files.isRegularFile(real)) {
        throw at.error(Words.quote(shown(path)) + " is a folder or device", "expected a file");
      }
      Source source = Source.file(real);
      budget.make(source.text().length(), at);
      return new Source(shown(path), source.id(), source.text(), source.includes());
    } catch (IOException e) {
      throw at.error(Words.quote(shown(path)) + " cannot be read");
    }
  }

  /** How messages call a folder. */
  String named(Path path) {
    String name = shown(path);
    return name.isEmpty() ? "." : name;
  }

  /** How messages call a file. */
  String shown(Path path) {
    return shown.resolve(path).toString();
  }
}
