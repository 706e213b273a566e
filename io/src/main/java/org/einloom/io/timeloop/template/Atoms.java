package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Token.Kind;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Text;

/** The innermost parts of an expression: literals, names, brackets, calls, members, filters. */
final class Atoms {
  private static final Set<String> RESERVED =
      Set.of("if", "else", "and", "or", "not", "in", "is", "for", "lambda", "yield", "await");

  private final ExprParser parser;

  Atoms(ExprParser parser) {
    this.parser = parser;
  }

  /** A value with its members, indices and calls. */
  Expr postfix() {
    Expr value = atom();
    while (true) {
      Token token = parser.peek();
      if (token.is(".")) {
        parser.take();
        value = member(value);
      } else if (token.is("[")) {
        parser.take();
        value = index(value, token);
      } else if (token.is("(")) {
        parser.take();
        List<Expr> values = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        arguments(values, named);
        value = new Expr.Call(value, values, named, value.at());
      } else {
        return value;
      }
    }
  }

  private Expr member(Expr of) {
    Token name = parser.take();
    if (name.kind() == Kind.NUMBER) {
      return new Expr.Index(of, number(name), name.at());
    }
    if (name.kind() != Kind.NAME) {
      throw name.at().error(name.shown() + " stands where a name should", "expected one after '.'");
    }
    return new Expr.Member(of, name.text(), name.at());
  }

  private Expr index(Expr of, Token open) {
    Expr from = parser.peek().is(":") ? null : parser.expression();
    if (parser.eat(":")) {
      Expr to = parser.peek().is("]") ? null : parser.expression();
      parser.expect("]");
      return new Expr.Slice(of, from, to, open.at());
    }
    if (from == null) {
      throw parser.unexpected("expected an index");
    }
    parser.expect("]");
    return new Expr.Index(of, from, open.at());
  }

  /** What stands behind an opening bracket, and the closing one. */
  void arguments(List<Expr> values, Map<String, Expr> named) {
    while (!parser.eat(")")) {
      if (parser.peek().kind() == Kind.NAME && parser.peek(1).is("=")) {
        Token name = parser.take();
        parser.take();
        if (named.put(name.text(), parser.expression()) != null) {
          throw name.at().error("the argument " + name.shown() + " is given twice");
        }
      } else {
        Token at = parser.peek();
        if (at.is("*") || at.is("**")) {
          throw at.at().error("arguments from a list or table are not supported");
        }
        if (!named.isEmpty()) {
          throw at.at().error("an argument without a name follows one with a name");
        }
        values.add(generator(parser.expression()));
      }
      if (!parser.eat(",") && !parser.peek().is(")")) {
        throw parser.unexpected("expected ',' or ')'");
      }
    }
  }

  /** {@code x for x in list}, where a list is wanted. */
  private Expr generator(Expr item) {
    if (parser.dialect != Dialect.PYTHON || !parser.peek().is("for")) {
      return item;
    }
    parser.take();
    List<String> names = new ArrayList<>(List.of(parser.newName()));
    while (parser.eat(",")) {
      names.add(parser.newName());
    }
    parser.expect("in");
    Expr source = parser.or();
    Expr condition = parser.eat("if") ? parser.or() : null;
    if (parser.peek().is("for")) {
      throw parser.unexpected("expected one 'for'");
    }
    return new Expr.Comprehension(item, names, source, condition, item.at());
  }

  /** Whether a token can begin the argument of a test that stands without brackets. */
  boolean begins(Token token) {
    return switch (token.kind()) {
      case NUMBER, TEXT -> true;
      case NAME -> !RESERVED.contains(token.text());
      case SYMBOL -> token.is("[") || token.is("{");
      case END -> false;
    };
  }

  /** A value with the filters and tests behind it. */
  Expr filters(Expr of) {
    Expr value = of;
    while (parser.dialect == Dialect.TEMPLATE) {
      if (parser.peek().is("is")) {
        value = parser.test(value);
      } else if (parser.eat("|")) {
        value = filter(value);
      } else {
        return value;
      }
    }
    return value;
  }

  private Expr filter(Expr of) {
    Token name = parser.take();
    if (name.kind() != Kind.NAME) {
      throw name.at().error(name.shown() + " stands where the name of a filter should");
    }
    List<Expr> values = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    if (parser.eat("(")) {
      arguments(values, named);
    }
    return new Expr.Filter(of, name.text(), values, named, name.at());
  }

  /** A literal, a name, or brackets. */
  Expr atom() {
    Token token = parser.take();
    return switch (token.kind()) {
      case NUMBER -> number(token);
      case TEXT -> text(token);
      case NAME -> name(token);
      case SYMBOL -> brackets(token);
      case END -> throw token.at().error("the expression ends too soon", "expected a value");
    };
  }

  private Expr text(Token first) {
    var value = new StringBuilder(first.text());
    while (parser.peek().kind() == Kind.TEXT) {
      value.append(parser.take().text());
    }
    return new Expr.Literal(new Text(value.toString()), first.at());
  }

  private Expr name(Token token) {
    if (RESERVED.contains(token.text())) {
      throw token
          .at()
          .error(
              token.is("lambda")
                  ? "'lambda' is not supported"
                  : token.shown() + " stands where a value should");
    }
    if (parser.peek().kind() == Kind.TEXT && parser.peek().from() == token.to()) {
      throw token.at().error("texts that begin with " + token.shown() + " are not supported");
    }
    return switch (token.text()) {
      case "True", "true" -> new Expr.Literal(Values.TRUE, token.at());
      case "False", "false" -> new Expr.Literal(Values.FALSE, token.at());
      case "None", "none" -> new Expr.Literal(Values.NONE, token.at());
      default -> new Expr.Name(token.text(), token.at());
    };
  }

  private Expr.Literal number(Token token) {
    String digits = token.text().replace("_", "");
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return new Expr.Literal(new Int(Long.parseLong(digits.substring(2), 16)), token.at());
      }
      boolean whole = digits.chars().allMatch(Character::isDigit);
      return new Expr.Literal(
          whole ? new Int(Long.parseLong(digits)) : new Real(Double.parseDouble(digits)),
          token.at());
    } catch (NumberFormatException e) {
      throw token.at().error("the number " + Words.quote(digits) + " has more than 64 bits");
    }
  }

  private Expr brackets(Token open) {
    return switch (open.text()) {
      case "(" -> {
        if (parser.eat(")")) {
          yield new Expr.ListOf(List.of(), open.at());
        }
        Expr inner = generator(parser.tuple());
        parser.expect(")");
        yield inner;
      }
      case "[" -> list(open);
      case "{" -> table(open);
      default -> throw open.at().error(open.shown() + " does not fit here", "expected a value");
    };
  }

  private Expr list(Token open) {
    List<Expr> items = new ArrayList<>();
    while (!parser.eat("]")) {
      Expr item = generator(parser.expression());
      if (item instanceof Expr.Comprehension && items.isEmpty()) {
        parser.expect("]");
        return item;
      }
      items.add(item);
      if (!parser.eat(",") && !parser.peek().is("]")) {
        throw parser.unexpected("expected ',' or ']'");
      }
    }
    return new Expr.ListOf(items, open.at());
  }

  private Expr table(Token open) {
    List<Expr> entries = new ArrayList<>();
    while (!parser.eat("}")) {
      entries.add(parser.expression());
      parser.expect(":");
      entries.add(parser.expression());
      if (!parser.eat(",") && !parser.peek().is("}")) {
        throw parser.unexpected("expected ',' or '}'");
      }
    }
    return new Expr.TableOf(entries, open.at());
  }
}
