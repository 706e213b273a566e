package org.einloom.io.timeloop.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;

/** Where a template looks for files: in its own folder first, then where it was told to. */
public final class SearchPath {
  private final Folder folder;
  private final Path own;
  private final List<Path> more;

  private SearchPath(Folder folder, Path own, List<Path> more) {
    this.folder = folder;
    this.own = own;
    this.more = new ArrayList<>(more);
  }

  /** Of a file of the folder of a specification, by its path relative to that. */
  public static SearchPath of(Folder folder, Path file) {
    return new SearchPath(folder, parent(file), List.of());
  }

  /** Of a file that is included from here. */
  public SearchPath of(Path file) {
    return new SearchPath(folder, parent(file), more);
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** Opens what was found. */
  public Source open(Path file, Position at) {
    return folder.open(file, at);
  }

  Folder folder() {
    return folder;
  }

  /** What {@code cwd()} says. */
  String name() {
    return name(own);
  }

  static String name(Path path) {
    String relative = path.toString();
    return relative.isEmpty() ? Folder.ROOT : Folder.ROOT + "/" + relative;
  }

  /** Everything that a path means, wherever it is looked for. */
  List<Path> find(String path, Position at) {
    Set<Path> found = new LinkedHashSet<>(folder.find(own, path, at));
    for (Path place : more) {
      found.addAll(folder.find(place, path, at));
    }
    return List.copyOf(found);
  }

  /** Everything that a path means, of which there must be something. */
  List<Path> require(String path, Position at) {
    List<Path> found = find(path, at);
    if (found.isEmpty()) {
      List<String> places = new ArrayList<>(List.of(folder.named(own)));
      more.forEach(p -> places.add(folder.named(p)));
      boolean pattern = path.contains("*") || path.contains("?");
      throw at.error(
          pattern ? "no file fits " + Words.quote(path) : Words.quote(path) + " does not exist",
          "looked in " + Words.list(places.stream().distinct().toList()),
          near(path, at));
    }
    return found;
  }

  /** What there is at the first part of a path that leads nowhere. */
  private String near(String path, Position at) {
    String[] parts = path.split("/", -1);
    String before = "";
    for (String part : parts) {
      String next = before + part;
      if (part.isEmpty() || !find(next, at).isEmpty()) {
        before = next + "/";
        continue;
      }
      List<String> names =
          find(before + "*", at).stream().map(p -> String.valueOf(p.getFileName())).toList();
      String meant = Words.didYouMean(part, names);
      String where = before.isEmpty() ? "there" : "in " + Words.quote(before);
      return meant.isEmpty() && !names.isEmpty()
          ? where + " are " + Words.list(names)
          : names.isEmpty() ? where + " is nothing" : meant;
    }
    return "";
  }

  /** Looks there, too, from now on. */
  void add(String path, Position at) {
    for (Path place : require(path, at)) {
      if (!folder.isFolder(place)) {
        throw at.error(Words.quote(path) + " is a file", "expected a folder");
      }
      if (more.size() > 100) {
        throw at.error("more than 100 folders to look in");
      }
      more.add(place);
    }
  }
}
