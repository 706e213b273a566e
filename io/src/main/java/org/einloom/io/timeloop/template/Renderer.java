package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Namespace;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Written;

/** Writes what the parts of a template say. */
final class Renderer {
  /** Opens the templates that a template names. */
  interface Loader {
    /** The parts of a file; empty when it is missing and need not be there. */
    List<Part> load(String path, boolean ifThere, Position at);
  }

  private final Budget budget;
  private final Evaluator evaluator;
  private final Scope globals;
  private final Loader loader;

  /**
   * For one file.
   *
   * @param globals functions and parameters
   */
  Renderer(Budget budget, Scope globals, Loader loader) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget);
    this.globals = globals;
    this.loader = loader;
  }

  /** Writes parts in a scope, which they may change. */
  void render(List<Part> parts, Scope scope, Output out) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal l -> out.literal(l.text(), l.at());
        case Part.Show s -> out.value(evaluator.value(s.value(), scope), s.at());
        case Part.If i -> conditional(i, scope, out);
        case Part.For f -> loop(f, scope, out);
        case Part.Assign a ->
            Evaluator.bind(a.names(), evaluator.value(a.value(), scope), scope, a.at());
        case Part.AssignMember a -> assign(a, scope);
        case Part.AssignText a -> scope.set(a.name(), written(a.body(), new Scope(scope), a.at()));
        case Part.Macro m -> scope.set(m.name(), macro(m, scope));
        case Part.With w -> {
          var inner = new Scope(scope);
          w.values().forEach((name, e) -> inner.set(name, evaluator.value(e, scope)));
          render(w.body(), inner, out);
        }
        case Part.Include i -> {
          budget.enter("the file", i.at());
          render(load(i.file(), i.ifThere(), scope), new Scope(scope), out);
          budget.leave();
        }
        case Part.Import i -> take(i, scope);
      }
    }
  }

  private List<Part> load(Expr file, boolean ifThere, Scope scope) {
    String path = Conversions.text(evaluator.value(file, scope), "the file to include", file.at());
    return loader.load(path, ifThere, file.at());
  }

  private Value written(List<Part> body, Scope scope, Position at) {
    var out = new Output(budget, at);
    render(body, scope, out);
    return new Written(out.rendered());
  }

  private void conditional(Part.If i, Scope scope, Output out) {
    for (Part.Branch branch : i.branches()) {
      if (Conversions.truth(evaluator.value(branch.test(), scope), branch.test().at())) {
        render(branch.body(), scope, out);
        return;
      }
    }
    render(i.otherwise(), scope, out);
  }

  private void loop(Part.For f, Scope scope, Output out) {
    List<Value> items =
        Conversions.members(
            evaluator.value(f.source(), scope), "what a loop runs over", f.source().at());
    if (f.condition() != null) {
      List<Value> kept = new ArrayList<>();
      for (Value item : items) {
        var inner = new Scope(scope);
        Evaluator.bind(f.names(), item, inner, f.at());
        if (Conversions.truth(evaluator.value(f.condition(), inner), f.condition().at())) {
          kept.add(item);
        }
      }
      items = kept;
    }
    if (items.isEmpty()) {
      render(f.otherwise(), scope, out);
    }
    for (int i = 0; i < items.size(); i++) {
      budget.step(f.at());
      var inner = new Scope(scope);
      inner.set("loop", progress(items, i));
      Evaluator.bind(f.names(), items.get(i), inner, f.at());
      render(f.body(), inner, out);
    }
  }

  private static Value progress(List<Value> items, int i) {
    var entries = new LinkedHashMap<String, Value>();
    int size = items.size();
    entries.put("index", new Int(i + 1));
    entries.put("index0", new Int(i));
    entries.put("revindex", new Int(size - i));
    entries.put("revindex0", new Int(size - i - 1));
    entries.put("first", Values.of(i == 0));
    entries.put("last", Values.of(i == size - 1));
    entries.put("length", new Int(size));
    if (i > 0) {
      entries.put("previtem", items.get(i - 1));
    }
    if (i < size - 1) {
      entries.put("nextitem", items.get(i + 1));
    }
    entries.put(
        "cycle",
        new Callable(
            "cycle",
            (a, at) -> {
              a.expect(1, 1_000);
              return a.values().get(i % a.values().size());
            }));
    return Table.named(entries);
  }

  private void assign(Part.AssignMember a, Scope scope) {
    Value space = scope.find(a.space());
    if (!(space instanceof Namespace n)) {
      throw a.at()
          .error(
              Words.quote(a.space()) + (space == null ? " is not defined" : " is " + space.kind()),
              "expected one made by namespace(...)");
    }
    n.entries.put(a.name(), evaluator.value(a.value(), scope));
  }

  private Value macro(Part.Macro m, Scope scope) {
    return new Callable(m.name(), (arguments, at) -> call(m, arguments, scope, at));
  }

  private Value call(Part.Macro m, Arguments arguments, Scope scope, Position at) {
    arguments.expect(0, m.parameters().size(), m.parameters().toArray(String[]::new));
    budget.enter("macro '" + m.name() + "'", at);
    var inner = new Scope(scope);
    for (int i = 0; i < m.parameters().size(); i++) {
      String name = m.parameters().get(i);
      Value value = arguments.find(i, name);
      Expr otherwise = m.defaults().get(name);
      if (value != null) {
        inner.set(name, value);
      } else if (otherwise != null) {
        inner.set(name, evaluator.value(otherwise, inner));
      } else {
        inner.set(
            name,
            new Value.Undefined(
                "macro " + Words.quote(m.name()) + " is given no " + Words.quote(name)));
      }
    }
    Value text = written(m.body(), inner, m.at());
    budget.leave();
    return text;
  }

  private void take(Part.Import i, Scope scope) {
    budget.enter("the file", i.at());
    var module = new Scope(globals);
    render(load(i.file(), false, scope), module, new Output(budget, i.at()));
    budget.leave();
    Map<String, Value> own = module.own();
    if (!i.all().isEmpty()) {
      scope.set(i.all(), Table.named(own));
    }
    i.names()
        .forEach(
            (name, as) -> {
              Value value = own.get(name);
              if (value == null) {
                throw i.at()
                    .error(
                        "the file defines no " + Words.quote(name),
                        Words.didYouMean(name, own.keySet()));
              }
              scope.set(as, value);
            });
  }
}
