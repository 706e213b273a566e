package org.einloom.io.timeloop.front;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.timeloop.template.Functions;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;

/** What expressions can name everywhere: variables, and the problem. */
final class Environment {
  private static final String VERSION = "version";
  private static final String INSTANCE = "instance";
  private static final String DENSITIES = "densities";

  final Expressions expressions;
  final Scope scope;

  /** Variables in order, with their values. */
  final Map<String, Value> variables = new LinkedHashMap<>();

  private final Map<String, Entry> variableEntries = new LinkedHashMap<>();
  private final Map<String, Value> instance = new LinkedHashMap<>();
  private final Keyed problem;
  private final List<Remark> remarks;

  Environment(TopLevel top, Budget budget, List<Remark> remarks) {
    this.expressions = new Expressions(budget);
    this.scope = new Scope(Functions.python(budget));
    this.remarks = remarks;
    this.problem = top.keyed(TopLevel.PROBLEM);
    Keyed sizes = instance();
    for (Entry e : Keys.of(sizes)) {
      if (e.value() instanceof Leaf l && Expressions.literal(l) instanceof Value.Int i) {
        instance.put(e.key().value(), i);
      }
    }
    nameProblem();
    for (Entry e : Keys.of(top.keyed(TopLevel.VARIABLES))) {
      String name = e.key().value();
      if (name.equals(VERSION)) {
        Versions.check(e.value());
        continue;
      }
      Value value = expressions.attribute(name, e.value(), scope);
      variables.put(name, value);
      variableEntries.put(name, e);
      scope.set(name, value);
    }
    scope.set("variables", Value.Table.named(variables));
    for (Entry e : Keys.of(sizes)) {
      String name = e.key().value();
      if (!name.equals(DENSITIES) && !instance.containsKey(name)) {
        long size = expressions.whole(e.value(), "'" + name + "' of the instance", 0, scope);
        instance.put(name, new Value.Int(size));
      }
    }
    nameProblem();
  }

  private Keyed instance() {
    Tree tree = problem.find(INSTANCE);
    return tree == null ? Keyed.of(List.of(), problem.at(), "") : Keys.keyed(tree, "'instance'");
  }

  private void nameProblem() {
    Value.Table sizes = Value.Table.named(instance);
    Value.Table all = Value.Table.named(Map.of(INSTANCE, sizes));
    scope.set(TopLevel.PROBLEM, all);
    Value.Table spec =
        Value.Table.named(
            Map.of(TopLevel.PROBLEM, all, TopLevel.VARIABLES, Value.Table.named(variables)));
    scope.set("spec", spec);
    scope.set("specification", spec);
  }

  /** The sizes of the problem, by dimension and coefficient. */
  Map<String, Value> sizes() {
    return instance;
  }

  /** The dimensions of the problem, in order; flattened ones by the name that they have then. */
  List<String> dimensions() {
    Map<String, String> flattened = flattened();
    return given().stream().map(d -> flattened.getOrDefault(d, d)).distinct().toList();
  }

  private List<String> given() {
    return problem.find("shape") instanceof Keyed shape && shape.find("dimensions") instanceof Row r
        ? r.items().stream().map(Environment::dimension).toList()
        : List.of();
  }

  /** By dimension that is flattened, the name of what it becomes a part of. */
  Map<String, String> flattened() {
    Map<String, String> flattened = new LinkedHashMap<>();
    if (problem.find("shape") instanceof Keyed shape && shape.find("flatten") instanceof Row row) {
      for (Tree item : row.items()) {
        if (item instanceof Keyed k
            && k.find("name") instanceof Leaf name
            && k.find("dimensions") instanceof Row parts) {
          parts.items().forEach(p -> flattened.put(dimension(p), name.value()));
        }
      }
    }
    return flattened;
  }

  private static String dimension(Tree tree) {
    return Keys.leaf(tree, "a dimension").value();
  }

  /** The native form of the problem: sizes computed, names that mean nothing left out. */
  Native.Entries nativeProblem() {
    var out = new Native.Entries(problem.at());
    for (Entry e : Keys.of(problem)) {
      if (e.key().value().equals(VERSION)) {
        Versions.check(e.value());
      }
      if (!e.key().value().equals(INSTANCE)) {
        out.add(e.key(), Native.of(e.value()));
        continue;
      }
      Set<String> known = new LinkedHashSet<>(given());
      known.addAll(coefficients());
      var sizes = new Native.Entries(e.value().at());
      for (Entry size : Keys.of(instance())) {
        String name = size.key().value();
        if (name.equals(DENSITIES)) {
          if (size.value() instanceof Keyed k && !k.entries().isEmpty()) {
            sizes.add(size.key(), Native.of(size.value()));
          }
        } else if (known.contains(name) || known.isEmpty()) {
          sizes.add(
              size.key(), Native.of(Objects.requireNonNull(instance.get(name)), size.value().at()));
        } else {
          remarks.add(
              new Remark(
                  size.key().at(),
                  "'"
                      + name
                      + "' is no dimension or coefficient of the problem, and has no meaning"));
        }
      }
      out.add(e.key(), sizes.node());
    }
    return out;
  }

  private List<String> coefficients() {
    if (!(problem.find("shape") instanceof Keyed shape)
        || !(shape.find("coefficients") instanceof Row row)) {
      return List.of();
    }
    return row.items().stream()
        .filter(Keyed.class::isInstance)
        .map(t -> ((Keyed) t).find("name"))
        .filter(Leaf.class::isInstance)
        .map(t -> ((Leaf) t).value())
        .toList();
  }

  /** Where a variable is given. */
  Entry variable(String name) {
    return Objects.requireNonNull(variableEntries.get(name));
  }
}
