package org.einloom.io.timeloop.front;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.timeloop.template.Folder;
import org.einloom.io.timeloop.template.Rendered;
import org.einloom.io.timeloop.template.SearchPath;
import org.einloom.io.timeloop.template.Templates;
import org.einloom.io.timeloop.template.Value;

/** Reads files into trees, with the templates rendered and everything included. */
final class Files {
  private final Budget budget;
  private final Templates templates;
  private final Included included = new Included();
  private final Map<Path, Folder> folders = new HashMap<>();

  Files(Map<String, Value> parameters, Budget budget) {
    this.budget = budget;
    this.templates = new Templates(parameters, budget, this::include);
  }

  /** What templates read so far name. */
  Set<String> names() {
    return templates.names();
  }

  /** A file that the user named. */
  Keyed read(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    Folder folder =
        folders.computeIfAbsent(parent == null ? file : parent, p -> new Folder(file, budget));
    return top(Source.file(file), SearchPath.of(folder, Path.of("x")));
  }

  private Keyed top(Source source, SearchPath search) {
    Tree tree = parse(source, search);
    if (tree instanceof Keyed keyed) {
      return keyed;
    }
    throw tree.at().error("the file holds " + tree.kind(), "expected keys, as 'architecture: ...'");
  }

  private Tree parse(Source source, SearchPath search) {
    @org.jspecify.annotations.Nullable
    Rendered rendered =
        Templates.isTemplate(source.text()) ? templates.render(source, search) : null;
    String text = rendered == null ? source.text() : rendered.text();
    return TreeParser.parse(new Text(source.name(), text, rendered), new Tags(included));
  }

  private String include(List<Path> files, String key, SearchPath search, Position at) {
    List<Tree> trees = new ArrayList<>();
    for (Path file : files) {
      Source source = search.open(file, at);
      trees.add(under(parse(source, search.of(file)), key, source.name(), at));
    }
    return included.add(trees.size() == 1 ? trees.getFirst() : Tree.Row.of(trees, at, ""));
  }

  private static Tree under(Tree tree, String key, String name, Position at) {
    String path = key.startsWith(".") ? key.substring(1) : key;
    Tree found = tree;
    if (path.isEmpty()) {
      return found;
    }
    for (String part : path.split("\\.", -1)) {
      Tree next = found instanceof Keyed keyed ? keyed.find(part) : null;
      if (next == null) {
        List<String> keys = found instanceof Keyed keyed ? keyed.keys() : List.of();
        throw at.error(
            Words.quote(name) + " has no key " + Words.quote(part) + " for " + Words.quote(key),
            keys.isEmpty() ? "there stands " + found.kind() : "there are " + Words.list(keys),
            Words.didYouMean(part, keys));
      }
      found = next;
    }
    return found;
  }
}
