package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Undefined;

/** Finds the value of an expression. */
public final class Evaluator {
  private static final int DEEPEST_CALL = 40;

  private final Budget budget;
  private final Members members;
  private int calls;

  /** One that counts what it uses. */
  public Evaluator(Budget budget) {
    this.budget = budget;
    this.members = new Members(budget);
  }

  /** The value, which may be undefined; an error says where something has none. */
  Value maybe(Expr expr, Scope scope) {
    budget.step(expr.at());
    return switch (expr) {
      case Expr.Literal l -> l.value();
      case Expr.Name n -> name(n, scope);
      case Expr.Unary u -> unary(u, scope);
      case Expr.Binary b ->
          Operators.apply(
              b.operator(), value(b.left(), scope), value(b.right(), scope), budget, b.at());
      case Expr.Logic l -> {
        Value left = value(l.left(), scope);
        yield Conversions.truth(left, l.at()) == l.both() ? value(l.right(), scope) : left;
      }
      case Expr.Compare c -> compare(c, scope);
      case Expr.Conditional c -> conditional(c, scope);
      case Expr.Member m -> members.member(value(m.of(), scope), m.name(), m.at());
      case Expr.Index i -> members.index(value(i.of(), scope), value(i.index(), scope), i.at());
      case Expr.Slice s -> slice(s, scope);
      case Expr.Call c -> call(c, scope);
      case Expr.Lambda l -> lambda(l, scope);
      case Expr.Filter f -> filter(f, scope);
      case Expr.Test t -> {
        Value of = maybe(t.of(), scope);
        yield Values.of(Tests.holds(of, t.name(), all(t.values(), scope), t.at()) != t.negated());
      }
      case Expr.ListOf l -> budget.items(all(l.items(), scope), l.at());
      case Expr.TableOf t -> table(t, scope);
      case Expr.Comprehension c -> comprehension(c, scope);
    };
  }

  /** The value. */
  public Value value(Expr expr, Scope scope) {
    return Conversions.defined(maybe(expr, scope), expr.at());
  }

  private static Value name(Expr.Name n, Scope scope) {
    Value value = scope.find(n.name());
    if (value != null) {
      return value;
    }
    if (n.name().startsWith("_")) {
      throw n.at().error(Members.hidden(n.name()), Members.HIDDEN_RULE);
    }
    String near = Words.didYouMean(n.name(), scope.names());
    return new Undefined(
        Words.quote(n.name()) + " is not defined" + (near.isEmpty() ? "" : "; " + near));
  }

  private Value unary(Expr.Unary u, Scope scope) {
    Value of = value(u.of(), scope);
    if (u.operator().equals("not")) {
      return Values.of(!Conversions.truth(of, u.at()));
    }
    boolean minus = u.operator().equals("-");
    return switch (of) {
      case Int i when !minus -> i;
      case Int i when i.value() == Long.MIN_VALUE -> throw Operators.overflow(u.at());
      case Int i -> new Int(-i.value());
      case Bool b -> new Int(!b.value() ? 0 : minus ? -1 : 1);
      case Real r -> new Real(minus ? -r.value() : r.value());
      default -> throw u.at().error("a sign stands before " + of.kind(), "expected a number");
    };
  }

  private Value compare(Expr.Compare c, Scope scope) {
    Value left = value(c.first(), scope);
    for (int i = 0; i < c.operators().size(); i++) {
      Value right = value(c.rest().get(i), scope);
      budget.make((left.weight() + right.weight()) / 8, c.at());
      if (!Comparison.holds(c.operators().get(i), left, right, c.at())) {
        return Values.FALSE;
      }
      left = right;
    }
    return Values.TRUE;
  }

  private Value conditional(Expr.Conditional c, Scope scope) {
    if (Conversions.truth(value(c.test(), scope), c.at())) {
      return maybe(c.then(), scope);
    }
    return c.otherwise() == null
        ? new Undefined("a condition without 'else'", true)
        : maybe(c.otherwise(), scope);
  }

  private Value slice(Expr.Slice s, Scope scope) {
    Value from = s.from() == null ? Values.NONE : value(s.from(), scope);
    Value to = s.to() == null ? Values.NONE : value(s.to(), scope);
    return members.slice(value(s.of(), scope), from, to, s.at());
  }

  private Value call(Expr.Call c, Scope scope) {
    Value function = value(c.function(), scope);
    if (!(function instanceof Callable callable)) {
      throw c.at().error(function.kind() + " is called", "expected a function before '('");
    }
    return callable
        .body()
        .call(
            new Arguments(
                "'" + callable.name() + "'",
                all(c.values(), scope),
                named(c.named(), scope),
                c.at()),
            c.at());
  }

  /** A function of the user's; it may call others, and itself, up to a depth. */
  private Value lambda(Expr.Lambda l, Scope scope) {
    return new Callable(
        "lambda",
        (a, at) -> {
          int count = l.names().size();
          a.expect(0, count, l.names().toArray(String[]::new));
          if (calls >= DEEPEST_CALL) {
            throw at.error("more than " + DEEPEST_CALL + " calls inside each other");
          }
          calls++;
          var inner = new Scope(scope);
          for (int i = 0; i < count; i++) {
            inner.set(l.names().get(i), a.get(i, l.names().get(i)));
          }
          try {
            return value(l.body(), inner);
          } finally {
            calls--;
          }
        });
  }

  private Value filter(Expr.Filter f, Scope scope) {
    Value of =
        f.name().equals("default") || f.name().equals("d")
            ? maybe(f.of(), scope)
            : value(f.of(), scope);
    var arguments =
        new Arguments(
            "filter '" + f.name() + "'", all(f.values(), scope), named(f.named(), scope), f.at());
    return Filters.apply(f.name(), of, arguments, budget);
  }

  private Value table(Expr.TableOf t, Scope scope) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    List<Expr> all = t.keysAndValues();
    for (int i = 0; i < all.size(); i += 2) {
      entries.put(Comparison.key(value(all.get(i), scope), t.at()), value(all.get(i + 1), scope));
    }
    return budget.table(entries, t.at());
  }

  private Value comprehension(Expr.Comprehension c, Scope scope) {
    List<Value> items = new ArrayList<>();
    for (Value item : Conversions.members(value(c.source(), scope), "what 'in' names", c.at())) {
      budget.step(c.at());
      var inner = new Scope(scope);
      bind(c.names(), item, inner, c.at());
      if (c.condition() == null || Conversions.truth(value(c.condition(), inner), c.at())) {
        items.add(value(c.item(), inner));
      }
    }
    return budget.items(items, c.at());
  }

  /** Gives the names of a loop their values. */
  static void bind(List<String> names, Value item, Scope scope, Position at) {
    if (names.size() == 1) {
      scope.set(names.getFirst(), item);
      return;
    }
    List<Value> parts = Conversions.members(item, "what a loop with several names runs over", at);
    if (parts.size() != names.size()) {
      throw at.error(
          "a loop with " + names.size() + " names meets a member of " + parts.size() + " parts");
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(names.get(i), parts.get(i));
    }
  }

  private List<Value> all(List<Expr> exprs, Scope scope) {
    return exprs.stream().map(e -> value(e, scope)).toList();
  }

  private Map<String, Value> named(Map<String, Expr> exprs, Scope scope) {
    Map<String, Value> named = new LinkedHashMap<>();
    exprs.forEach((k, e) -> named.put(k, value(e, scope)));
    return named;
  }
}
