package org.einloom.io.timeloop.front;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.front.Native.Entries;
import org.einloom.io.timeloop.front.Piece.Branch;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads files for Timeloop, those of its front end as well as native ones, into the native form.
 */
public final class FrontEnd {
  private final List<Remark> remarks = new ArrayList<>();

  private FrontEnd() {}

  /**
   * Reads the files of one specification, as {@link #read} does, into records.
   *
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static TimeloopSpec specification(
      List<Path> files, Map<String, String> parameters, Use use) {
    NativeDocuments documents = read(files, parameters, use);
    TimeloopSpec spec = TimeloopFiles.read(documents.documents());
    List<Remark> remarks = new ArrayList<>(documents.remarks());
    remarks.addAll(spec.remarks());
    return new TimeloopSpec(
        spec.architecture(),
        spec.problem(),
        spec.mapping(),
        spec.energies(),
        spec.areas(),
        spec.sections(),
        remarks);
  }

  /**
   * Reads the files of one specification, in any order; a file named twice is read once, as by
   * Timeloop's front end, and that is said.
   *
   * @param parameters what templates can name; values as {@link Parameters} reads them
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static NativeDocuments read(List<Path> files, Map<String, String> parameters, Use given) {
    var budget = new Budget();
    var reader = new Files(Parameters.values(parameters), budget);
    List<Keyed> trees = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    var front = new FrontEnd();
    for (Path file : files) {
      if (seen.add(real(file))) {
        trees.add(Shapes.writtenOut(reader.read(file)));
      } else {
        front.remarks.add(
            new Remark(Position.of(file.toString()), "the file is named twice, and read once"));
      }
    }
    Parameters.checkUsed(parameters.keySet(), reader.names());
    return TopLevel.isFront(trees)
        ? new NativeDocuments(
            List.of(front.document(TopLevel.of(trees), given, budget)), front.remarks, true)
        : new NativeDocuments(trees.stream().map(FrontEnd::asItIs).toList(), front.remarks, false);
  }

  /** One name for each file, whatever links lead to it. */
  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // whoever reads it says what is wrong
    }
  }

  private static YamlNode asItIs(Keyed tree) {
    refuseTags(tree);
    return Native.copy(tree);
  }

  /** The tags of nodes mean nothing in the native form. */
  private static void refuseTags(Tree tree) {
    if (Tags.NODES.contains(tree.tag())) {
      throw tree.at()
          .error(
              "tag '" + tree.tag() + "' stands outside of 'architecture: nodes'",
              "expected it in a list under 'nodes'");
    }
    switch (tree) {
      case Leaf l -> {}
      case Row r -> r.items().forEach(FrontEnd::refuseTags);
      case Keyed k -> k.entries().forEach(e -> refuseTags(e.value()));
    }
  }

  private YamlNode document(TopLevel top, Use given, Budget budget) {
    boolean mapped = says(top.find(TopLevel.MAPPING));
    Use use = given != Use.AS_GIVEN ? given : mapped ? Use.EVALUATE : Use.SEARCH;
    var environment = new Environment(top, budget, remarks);
    Keyed architecture = top.keyed(TopLevel.ARCHITECTURE);
    Branch branch = NodeReader.read(architecture);
    List<Node> nodes = branch.nodes();
    var values = new NodeValues(environment, nodes, remarks);
    nodes.forEach(values::compute);
    var targets = new Targets(nodes);
    for (String key : List.of(TopLevel.CONSTRAINTS, TopLevel.MAPPING)) {
      Tree tree = top.find(key);
      if (tree != null) {
        targets.attach(tree, "'" + key + "'");
      }
    }
    var tensors =
        Tensors.of(top.keyed(TopLevel.PROBLEM), environment.dimensions(), environment.flattened());
    List<NativeLevel> levels = new Levels(environment, values, tensors, remarks).of(branch);
    Set<String> measured = new LinkedHashSet<>(List.of("ERT", "ART"));
    measured.removeIf(key -> !says(top.find(key)));
    var writer = new Writer(environment, use, measured, remarks);
    var out = new Entries(architecture.at());
    out.add("architecture", writer.architecture(architecture, nodes, levels));
    if (top.find(TopLevel.PROBLEM) != null) {
      out.add("problem", environment.nativeProblem().node());
    }
    List<YamlNode> directives = writer.directives(levels);
    if (!directives.isEmpty()) {
      Position at = directives.getFirst().at();
      if (use == Use.EVALUATE) {
        out.add("mapping", Native.list(directives, at));
      } else {
        var constraints = new Entries(at);
        constraints.add("targets", Native.list(directives, at));
        out.add("architecture_constraints", constraints.node());
      }
    }
    Entry sparse = top.entry(TimeloopFiles.SPARSE);
    SparseNodes.of(nodes, sparse != null && says(sparse.value()) ? sparse : null)
        .ifPresent(e -> out.add(TimeloopFiles.SPARSE, e.node()));
    components(top, out);
    globals(top, out);
    for (String key : List.of("mapper", "mapspace", "ERT", "ART", "ERT_summary", "ART_summary")) {
      Entry entry = top.entry(key);
      if (entry != null && says(entry.value())) {
        out.add(entry.key(), Native.of(entry.value()));
      }
    }
    return out.node();
  }

  /** Whether there is more than a version. */
  private static boolean says(@Nullable Tree tree) {
    return switch (tree) {
      case null -> false;
      case Leaf l -> !l.isNull();
      case Row r -> !r.items().isEmpty();
      case Keyed k -> k.keys().stream().anyMatch(key -> !key.equals("version"));
    };
  }

  private static void components(TopLevel top, Entries out) {
    Tree tree = top.find(TopLevel.COMPONENTS);
    if (tree == null || (tree instanceof Leaf l && l.isNull())) {
      return;
    }
    List<Tree> classes = new ArrayList<>();
    List<Tree> parts = tree instanceof Row row ? Keys.flat(row, "'components'") : List.of(tree);
    for (Tree part : parts) {
      Keyed keyed = Keys.keyed(part, "'components'");
      if (keyed.find("class") != null || keyed.find("subcomponents") != null) {
        classes.add(keyed);
        continue;
      }
      for (Entry e : Keys.of(keyed, "'components'", List.of("version", "classes"))) {
        if (e.key().value().equals("version")) {
          Versions.check(e.value());
        } else {
          classes.addAll(Keys.flat(e.value(), "'classes'"));
        }
      }
    }
    if (!classes.isEmpty()) {
      var components = new Entries(tree.at());
      components.add("version", Native.plain("0.4", tree.at()));
      components.add("classes", Native.list(classes.stream().map(Native::of).toList(), tree.at()));
      out.add("compound_components", components.node());
    }
  }

  private void globals(TopLevel top, Entries out) {
    if (top.find(TopLevel.GLOBALS) == null) {
      return;
    }
    Keyed globals = top.keyed(TopLevel.GLOBALS);
    List<String> known = List.of("version", "environment_variables", "expression_custom_functions");
    Map<String, Entry> entries = new LinkedHashMap<>();
    Keys.of(globals, "'globals'", known).forEach(e -> entries.put(e.key().value(), e));
    if (entries.containsKey("version")) {
      Versions.check(entries.get("version").value());
    }
    Entry functions = entries.get("expression_custom_functions");
    if (functions != null && says(functions.value())) {
      throw functions
          .key()
          .at()
          .error(
              "'expression_custom_functions' is refused: files of a specification run no code",
              "write what they compute as expressions, or give it by --set");
    }
    Entry variables = entries.get("environment_variables");
    if (variables != null && says(variables.value())) {
      for (Entry e : Keys.of(Keys.keyed(variables.value(), "'environment_variables'"))) {
        if (!e.key().value().equals("TIMELOOP_HIDE_INCONSEQUENTIAL_STATS")) {
          remarks.add(
              new Remark(
                  e.key().at(),
                  "the environment variable '"
                      + e.key().value()
                      + "' is not set; rules of Timeloop are chosen by --accounting"));
        }
      }
      var inner = new Entries(globals.at());
      inner.add(variables.key(), Native.of(variables.value()));
      out.add("globals", inner.node());
    }
  }
}
