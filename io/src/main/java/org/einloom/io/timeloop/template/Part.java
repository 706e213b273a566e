package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.jspecify.annotations.Nullable;

/** A part of a template. */
sealed interface Part {
  /** Letters that stand there. */
  record Literal(String text, Position at) implements Part {}

  /** {@code {{ value }}}. */
  record Show(Expr value, Position at) implements Part {}

  /** {@code if}, {@code elif}, {@code else}: the body of the first test that holds. */
  record If(List<Branch> branches, List<Part> otherwise, Position at) implements Part {}

  /** A test and what it is for. */
  record Branch(Expr test, List<Part> body) {}

  /** {@code for}. */
  record For(
      List<String> names,
      Expr source,
      @Nullable Expr condition,
      List<Part> body,
      List<Part> otherwise,
      Position at)
      implements Part {}

  /** {@code set a, b = value}. */
  record Assign(List<String> names, Expr value, Position at) implements Part {}

  /** {@code set space.name = value}. */
  record AssignMember(String space, String name, Expr value, Position at) implements Part {}

  /** {@code set name} ... {@code endset}. */
  record AssignText(String name, List<Part> body, Position at) implements Part {}

  /** {@code macro name(a, b=1)}. */
  record Macro(
      String name,
      List<String> parameters,
      Map<String, Expr> defaults,
      List<Part> body,
      Position at)
      implements Part {}

  /** {@code with a=1, b=2}. */
  record With(Map<String, Expr> values, List<Part> body, Position at) implements Part {}

  /** {@code include 'file'}. */
  record Include(Expr file, boolean ifThere, Position at) implements Part {}

  /**
   * {@code import 'file' as all}, {@code from 'file' import name as other}.
   *
   * @param all the name for everything in it, or empty
   * @param names what is taken of it, and the names for these
   */
  record Import(Expr file, String all, Map<String, String> names, Position at) implements Part {}
}
