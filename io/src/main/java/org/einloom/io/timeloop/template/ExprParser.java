package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Expr.Binary;
import org.einloom.io.timeloop.template.Expr.Compare;
import org.einloom.io.timeloop.template.Expr.Conditional;
import org.einloom.io.timeloop.template.Expr.Logic;
import org.einloom.io.timeloop.template.Expr.Test;
import org.einloom.io.timeloop.template.Expr.Unary;
import org.einloom.io.timeloop.template.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions. From loose to tight: {@code if else}, {@code or}, {@code and}, {@code not},
 * comparisons and tests, {@code << >>}, {@code + -}, {@code ~}, {@code * / // %}, signs, {@code
 * **}, filters, members and calls. Length and depth are bounded.
 */
public final class ExprParser {
  private static final int DEEPEST = 60;
  private static final List<String> COMPARISONS = List.of("==", "!=", "<=", ">=", "<", ">", "in");

  private final List<Token> tokens;
  private final Atoms atoms;
  final Dialect dialect;
  private int next;
  private int depth;

  private ExprParser(List<Token> tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
    this.atoms = new Atoms(this);
  }

  /**
   * The expression that a text is.
   *
   * @param places where the letter with an index stands
   */
  public static Expr parse(String text, Dialect dialect, IntFunction<Position> places) {
    ExprParser parser = over(text, 0, text.length(), dialect, places);
    Expr expression = parser.tuple();
    parser.expectEnd();
    return expression;
  }

  /** A parser for what stands between two indices of a text. */
  static ExprParser over(
      String text, int from, int to, Dialect dialect, IntFunction<Position> places) {
    return new ExprParser(Lexer.read(text, from, to, dialect == Dialect.PYTHON, places), dialect);
  }

  /** One expression, or several with commas between them as a list. */
  Expr tuple() {
    Expr first = expression();
    if (!peek().is(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (eat(",")) {
      if (peek().kind() == Kind.END || peek().is(")")) {
        break;
      }
      items.add(expression());
    }
    return new Expr.ListOf(items, first.at());
  }

  /** One expression. */
  Expr expression() {
    Token start = peek();
    if (++depth > DEEPEST) {
      throw start.at().error("more than " + DEEPEST + " brackets inside each other");
    }
    Expr value = dialect == Dialect.PYTHON && peek().is("lambda") ? lambda() : or();
    if (peek().is("if")) {
      take();
      Expr test = or();
      Expr otherwise = null;
      if (eat("else")) {
        otherwise = expression();
      } else if (dialect == Dialect.PYTHON) {
        throw unexpected("expected 'else'");
      }
      value = new Conditional(value, test, otherwise, start.at());
    }
    depth--;
    return value;
  }

  /** {@code lambda x, y: expression}. */
  private Expr lambda() {
    Token start = take();
    List<String> names = new ArrayList<>();
    while (!peek().is(":")) {
      names.add(newName());
      if (!eat(",") && !peek().is(":")) {
        throw unexpected("expected ',' or ':'; names alone, without defaults");
      }
    }
    take();
    return new Expr.Lambda(names, expression(), start.at());
  }

  /** An expression without {@code if}, as the source of a loop. */
  Expr or() {
    Expr left = and();
    while (peek().is("or")) {
      Position at = take().at();
      left = new Logic(false, left, and(), at);
    }
    return left;
  }

  private Expr and() {
    Expr left = not();
    while (peek().is("and")) {
      Position at = take().at();
      left = new Logic(true, left, not(), at);
    }
    return left;
  }

  private Expr not() {
    if (!peek().is("not")) {
      return comparison();
    }
    deeper();
    Position at = take().at();
    Expr of = new Unary("not", not(), at);
    depth--;
    return of;
  }

  private Expr comparison() {
    Expr first = shift();
    List<String> operators = new ArrayList<>();
    List<Expr> rest = new ArrayList<>();
    Position at = peek().at();
    while (true) {
      Token token = peek();
      if (dialect == Dialect.PYTHON && token.is("is")) {
        first = test(chain(first, operators, rest, at));
        operators = new ArrayList<>();
        rest = new ArrayList<>();
      } else if (token.is("not") && peek(1).is("in")) {
        take();
        take();
        operators.add("not in");
        rest.add(shift());
      } else if (COMPARISONS.stream().anyMatch(token::is)) {
        operators.add(take().text());
        rest.add(shift());
      } else {
        return chain(first, operators, rest, at);
      }
    }
  }

  private static Expr chain(Expr first, List<String> operators, List<Expr> rest, Position at) {
    return operators.isEmpty() ? first : new Compare(first, operators, rest, at);
  }

  /** What follows {@code of} from {@code is} on. */
  Expr test(Expr of) {
    take();
    boolean negated = eat("not");
    Token name = take();
    if (name.kind() != Kind.NAME) {
      throw name.at().error("a test begins with " + name.shown(), "expected a name, as 'defined'");
    }
    List<Expr> values = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    if (peek().is("(")) {
      take();
      atoms.arguments(values, named);
    } else if (dialect == Dialect.TEMPLATE && atoms.begins(peek())) {
      values.add(atoms.postfix());
    }
    return new Test(of, name.text(), values, negated, name.at());
  }

  private Expr shift() {
    Expr left = sum();
    while (peek().is("<<") || peek().is(">>")) {
      Token operator = take();
      left = new Binary(operator.text(), left, sum(), operator.at());
    }
    return left;
  }

  private Expr sum() {
    Expr left = join();
    while (peek().is("+") || peek().is("-")) {
      Token operator = take();
      left = new Binary(operator.text(), left, join(), operator.at());
    }
    return left;
  }

  private Expr join() {
    Expr left = product();
    while (dialect == Dialect.TEMPLATE && peek().is("~")) {
      Token operator = take();
      left = new Binary("~", left, product(), operator.at());
    }
    return left;
  }

  private Expr product() {
    Expr left = sign(true);
    while (peek().is("*") || peek().is("/") || peek().is("//") || peek().is("%")) {
      Token operator = take();
      left = new Binary(operator.text(), left, sign(true), operator.at());
    }
    return left;
  }

  /** Filters behind a sign are for the value with its sign. */
  private Expr sign(boolean filtered) {
    if (!peek().is("-") && !peek().is("+")) {
      return power(filtered);
    }
    deeper();
    Token operator = take();
    Expr of = new Unary(operator.text(), sign(false), operator.at());
    depth--;
    return filtered ? atoms.filters(of) : of;
  }

  private Expr power(boolean filtered) {
    Expr base = filtered ? atoms.filters(atoms.postfix()) : atoms.postfix();
    if (!peek().is("**")) {
      return base;
    }
    deeper();
    Token operator = take();
    Expr power = new Binary("**", base, sign(filtered), operator.at());
    depth--;
    return power;
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw peek().at().error("more than " + DEEPEST + " signs or powers in a row");
    }
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int further) {
    return tokens.get(Math.min(next + further, tokens.size() - 1));
  }

  Token take() {
    Token token = peek();
    next++;
    return token;
  }

  boolean eat(String symbol) {
    if (!peek().is(symbol)) {
      return false;
    }
    next++;
    return true;
  }

  void expect(String symbol) {
    if (!eat(symbol)) {
      throw unexpected("expected '" + symbol + "'");
    }
  }

  /** A name that the text gives to something. */
  String newName() {
    Token token = take();
    if (token.kind() != Kind.NAME) {
      throw token.at().error(token.shown() + " stands where a name should");
    }
    return token.text();
  }

  void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw unexpected("expected an operator or the end");
    }
  }

  RuntimeException unexpected(String expected) {
    Token token = peek();
    @Nullable String fix =
        token.is("=") ? "to compare, write '=='" : token.is("|") ? "filters are for templates" : "";
    return token
        .at()
        .error(
            token.kind() == Kind.END
                ? "the expression ends too soon"
                : token.shown() + " does not fit here",
            expected,
            fix);
  }
}
