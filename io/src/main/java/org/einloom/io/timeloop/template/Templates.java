package org.einloom.io.timeloop.template;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Text;
import org.einloom.io.timeloop.template.Value.Written;

/** Renders files of a specification, with the functions that Timeloop's front end gives them. */
public final class Templates {
  /** Puts files into the document that a template becomes. */
  @FunctionalInterface
  public interface Includes {
    /**
     * The text that stands for what is under a key of some files.
     *
     * @param files relative to the folder
     * @param key keys with dots between them; empty for all of a file
     * @param search where the including file looks for files
     */
    String include(List<Path> files, String key, SearchPath search, Position at);
  }

  private static final List<String> REFUSED =
      List.of("setenv", "getenv", "lipsum", "cycler", "joiner", "self", "super", "caller");

  private final Map<String, Value> parameters;
  private final Budget budget;
  private final Includes includes;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * For one specification.
   *
   * @param parameters names that templates can use
   */
  public Templates(Map<String, Value> parameters, Budget budget, Includes includes) {
    this.parameters = Map.copyOf(parameters);
    this.budget = budget;
    this.includes = includes;
  }

  /** Whether a text has anything to render. */
  public static boolean isTemplate(String text) {
    return TagScanner.isTemplate(text);
  }

  /** The names that templates rendered so far have in their tags, used or not. */
  public Set<String> names() {
    return Set.copyOf(names);
  }

  /** Renders a file. */
  public Rendered render(Source source, SearchPath search) {
    Position start = new Position(source.name(), 1, 1);
    budget.enter("the file", start);
    Scope globals = globals(search);
    var out = new Output(budget, start);
    new Renderer(budget, globals, (path, ifThere, at) -> load(path, ifThere, search, at))
        .render(parse(source), new Scope(globals), out);
    budget.leave();
    return out.rendered();
  }

  private List<Part> load(String path, boolean ifThere, SearchPath search, Position at) {
    if (ifThere && search.find(path, at).isEmpty()) {
      return List.of();
    }
    Path file = single(search.require(path, at), path, at);
    return parse(search.folder().open(file, at));
  }

  private List<Part> parse(Source source) {
    names.addAll(NamesInTags.of(source.text()));
    return TemplateParser.parse(source);
  }

  private static Path single(List<Path> files, String path, Position at) {
    if (files.size() > 1) {
      throw at.error(
          Words.quote(path) + " is " + files.size() + " files",
          "for several files write include_all(...)");
    }
    return files.getFirst();
  }

  private Scope globals(SearchPath search) {
    Scope scope = new Scope(Functions.template(budget));
    function(
        scope,
        "cwd",
        (a, at) -> {
          a.expect(0, 0);
          return new Text(search.name());
        });
    function(
        scope,
        "add_to_path",
        (a, at) -> {
          a.expect(1, 1, "path");
          search.add(a.text(0, "path"), at);
          return new Text("");
        });
    function(
        scope,
        "path_exists",
        (a, at) -> {
          a.expect(1, 1, "path");
          return Values.of(!search.find(a.text(0, "path"), at).isEmpty());
        });
    function(
        scope,
        "find_path",
        (a, at) -> {
          a.expect(1, 1, "path");
          return new Text(SearchPath.name(search.require(a.text(0, "path"), at).getFirst()));
        });
    function(
        scope,
        "find_paths",
        (a, at) -> {
          a.expect(1, 1, "path");
          return budget.items(
              search.require(a.text(0, "path"), at).stream()
                  .map(p -> new Text(SearchPath.name(p)))
                  .toList(),
              at);
        });
    function(
        scope,
        "include",
        (a, at) -> {
          a.expect(1, 2, "path", "key");
          String path = a.text(0, "path");
          Path file = single(search.require(path, at), path, at);
          return new Text(includes.include(List.of(file), a.text(1, "key", ""), search, at));
        });
    function(
        scope,
        "include_all",
        (a, at) -> {
          a.expect(1, 2, "path", "key");
          List<Path> files = search.require(a.text(0, "path"), at);
          return new Text(includes.include(files, a.text(1, "key", ""), search, at));
        });
    function(scope, "include_text", (a, at) -> text(a, search, at));
    for (String name : REFUSED) {
      function(
          scope,
          name,
          (a, at) -> {
            throw at.error("'" + name + "' is refused", Members.HIDDEN_RULE);
          });
    }
    parameters.forEach(scope::set);
    return scope;
  }

  private Value text(Arguments a, SearchPath search, Position at) {
    a.expect(1, 1, "path");
    budget.enter("the file", at);
    var out = new Output(budget, at);
    boolean first = true;
    for (Path file : search.require(a.text(0, "path"), at)) {
      if (!first) {
        out.value(new Text("\n"), at);
      }
      first = false;
      Source source = search.folder().open(file, at);
      out.value(new Written(render(source, search.of(file))), at);
    }
    budget.leave();
    return new Written(out.rendered());
  }

  private static void function(Scope scope, String name, Value.Body body) {
    scope.set(name, new Callable(name, body));
  }
}
