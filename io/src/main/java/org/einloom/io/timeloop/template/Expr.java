package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.jspecify.annotations.Nullable;

/** An expression, parsed. Every part knows where it stands. */
public sealed interface Expr {
  /** Where it begins. */
  Position at();

  /** A number, text, truth value or None. */
  record Literal(Value value, Position at) implements Expr {}

  /** What a name stands for. */
  record Name(String name, Position at) implements Expr {}

  /** {@code - + not} before something. */
  record Unary(String operator, Expr of, Position at) implements Expr {}

  /** Arithmetic between two values, and {@code ~}, which joins texts. */
  record Binary(String operator, Expr left, Expr right, Position at) implements Expr {}

  /** {@code and}, {@code or}: the right side only where it matters. */
  record Logic(boolean both, Expr left, Expr right, Position at) implements Expr {}

  /** A chain of comparisons, each between neighbours. */
  record Compare(Expr first, List<String> operators, List<Expr> rest, Position at)
      implements Expr {}

  /** {@code then if test else otherwise}. */
  record Conditional(Expr then, Expr test, @Nullable Expr otherwise, Position at) implements Expr {}

  /** {@code of.name}. */
  record Member(Expr of, String name, Position at) implements Expr {}

  /** {@code of[index]}. */
  record Index(Expr of, Expr index, Position at) implements Expr {}

  /** {@code of[from:to]}. */
  record Slice(Expr of, @Nullable Expr from, @Nullable Expr to, Position at) implements Expr {}

  /** A call. */
  record Call(Expr function, List<Expr> values, Map<String, Expr> named, Position at)
      implements Expr {}

  /** {@code lambda names: body}. */
  record Lambda(List<String> names, Expr body, Position at) implements Expr {}

  /** {@code of | name(...)}. */
  record Filter(Expr of, String name, List<Expr> values, Map<String, Expr> named, Position at)
      implements Expr {}

  /** {@code of is name ...}. */
  record Test(Expr of, String name, List<Expr> values, boolean negated, Position at)
      implements Expr {}

  /** {@code [a, b]} or {@code (a, b)}. */
  record ListOf(List<Expr> items, Position at) implements Expr {}

  /** {@code {a: b}}; keys and values take turns. */
  record TableOf(List<Expr> keysAndValues, Position at) implements Expr {}

  /** {@code item for names in source if condition}. */
  record Comprehension(
      Expr item, List<String> names, Expr source, @Nullable Expr condition, Position at)
      implements Expr {}
}
