package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.TagScanner.Cut;
import org.einloom.io.timeloop.template.TagScanner.Kind;

/** Parses a template. Tags that are not known are refused by name. */
final class TemplateParser {
  private static final int DEEPEST = 50;
  private static final List<String> TAGS =
      List.of("set", "if", "for", "macro", "with", "include", "import", "from", "raw");
  private static final List<String> CONTINUING = List.of("elif", "else");

  private final Source source;
  private final Places places;
  private final List<Cut> cuts;
  private int next;
  private int depth;

  private TemplateParser(Source source) {
    this.source = source;
    this.places = new Places(source);
    this.cuts = TagScanner.cut(source, places);
  }

  /** Its parts. */
  static List<Part> parse(Source source) {
    var parser = new TemplateParser(source);
    List<Part> parts = parser.body(source, "");
    return parts;
  }

  /** Parts up to a tag that ends or continues the one they are in. */
  private List<Part> body(Source of, String opened) {
    if (++depth > DEEPEST) {
      throw places
          .at(cuts.get(next - 1).start())
          .error("more than " + DEEPEST + " tags inside each other");
    }
    List<Part> parts = new ArrayList<>();
    while (next < cuts.size()) {
      Cut cut = cuts.get(next);
      Position at = places.at(cut.start());
      switch (cut.kind()) {
        case LETTERS -> parts.add(new Part.Literal(of.text().substring(cut.from(), cut.to()), at));
        case VALUE -> {
          ExprParser parser = expressions(cut);
          Expr value = parser.tuple();
          parser.expectEnd();
          parts.add(new Part.Show(value, at));
        }
        case TAG -> {
          String name = expressions(cut).peek().text();
          if (name.startsWith("end") || CONTINUING.contains(name)) {
            if (opened.isEmpty()) {
              throw at.error("the tag " + Words.quote(name) + " ends nothing");
            }
            depth--;
            return parts;
          }
          next++;
          parts.add(tag(expressions(cut), at));
          continue;
        }
      }
      next++;
    }
    depth--;
    return parts;
  }

  private ExprParser expressions(Cut cut) {
    return ExprParser.over(source.text(), cut.from(), cut.to(), Dialect.TEMPLATE, places::at);
  }

  private Part tag(ExprParser parser, Position at) {
    Token name = parser.take();
    return switch (name.text()) {
      case "set" -> set(parser, at);
      case "if" -> conditional(parser, at);
      case "for" -> loop(parser, at);
      case "macro" -> macro(parser, at);
      case "with" -> with(parser, at);
      case "include" -> include(parser, at);
      case "import" -> {
        Expr file = parser.expression();
        parser.expect("as");
        String all = parser.newName();
        parser.expectEnd();
        yield new Part.Import(file, all, Map.of(), at);
      }
      case "from" -> from(parser, at);
      default ->
          throw at.error(
              "the tag " + Words.quote(name.text()) + " is not supported",
              "known are " + String.join(", ", TAGS),
              Words.didYouMean(name.text(), TAGS));
    };
  }

  private Part set(ExprParser parser, Position at) {
    String name = parser.newName();
    if (parser.eat(".")) {
      String member = parser.newName();
      parser.expect("=");
      Expr value = parser.tuple();
      parser.expectEnd();
      return new Part.AssignMember(name, member, value, at);
    }
    List<String> names = new ArrayList<>(List.of(name));
    while (parser.eat(",")) {
      names.add(parser.newName());
    }
    if (names.size() == 1 && parser.peek().kind() == Token.Kind.END) {
      List<Part> body = body(source, "set");
      end("endset", "set", at);
      return new Part.AssignText(name, body, at);
    }
    parser.expect("=");
    Expr value = parser.tuple();
    parser.expectEnd();
    return new Part.Assign(names, value, at);
  }

  private Part conditional(ExprParser first, Position at) {
    List<Part.Branch> branches = new ArrayList<>();
    List<Part> otherwise = List.of();
    ExprParser parser = first;
    while (true) {
      Expr test = parser.expression();
      parser.expectEnd();
      branches.add(new Part.Branch(test, body(source, "if")));
      parser = following("if", at);
      if (parser.peek().is("elif")) {
        parser.take();
        continue;
      }
      if (parser.eat("else")) {
        parser.expectEnd();
        otherwise = body(source, "if");
        parser = following("if", at);
      }
      closing(parser, "endif", "if", at);
      return new Part.If(branches, otherwise, at);
    }
  }

  private Part loop(ExprParser parser, Position at) {
    List<String> names = new ArrayList<>();
    boolean bracket = parser.eat("(");
    do {
      names.add(parser.newName());
    } while (parser.eat(","));
    if (bracket) {
      parser.expect(")");
    }
    parser.expect("in");
    Expr list = parser.or();
    if (parser.peek().is(",")) {
      List<Expr> items = new ArrayList<>(List.of(list));
      while (parser.eat(",")) {
        items.add(parser.or());
      }
      list = new Expr.ListOf(items, list.at());
    }
    Expr condition = parser.eat("if") ? parser.expression() : null;
    if (parser.peek().is("recursive")) {
      throw parser.peek().at().error("'recursive' loops are not supported");
    }
    parser.expectEnd();
    List<Part> body = body(source, "for");
    List<Part> otherwise = List.of();
    ExprParser end = following("for", at);
    if (end.eat("else")) {
      end.expectEnd();
      otherwise = body(source, "for");
      end = following("for", at);
    }
    closing(end, "endfor", "for", at);
    return new Part.For(names, list, condition, body, otherwise, at);
  }

  private Part macro(ExprParser parser, Position at) {
    String name = parser.newName();
    parser.expect("(");
    List<String> parameters = new ArrayList<>();
    Map<String, Expr> defaults = new LinkedHashMap<>();
    while (!parser.eat(")")) {
      String parameter = parser.newName();
      if (parameters.contains(parameter)) {
        throw at.error("macro " + Words.quote(name) + " has two parameters " + parameter);
      }
      parameters.add(parameter);
      if (parser.eat("=")) {
        defaults.put(parameter, parser.expression());
      }
      if (!parser.eat(",") && !parser.peek().is(")")) {
        throw parser.unexpected("expected ',' or ')'");
      }
    }
    parser.expectEnd();
    List<Part> body = body(source, "macro");
    end("endmacro", "macro", at);
    return new Part.Macro(name, parameters, defaults, body, at);
  }

  private Part with(ExprParser parser, Position at) {
    Map<String, Expr> values = new LinkedHashMap<>();
    while (parser.peek().kind() != Token.Kind.END) {
      String name = parser.newName();
      parser.expect("=");
      values.put(name, parser.expression());
      if (!parser.eat(",")) {
        parser.expectEnd();
      }
    }
    List<Part> body = body(source, "with");
    end("endwith", "with", at);
    return new Part.With(values, body, at);
  }

  private static Part include(ExprParser parser, Position at) {
    Expr file = parser.expression();
    boolean ifThere = parser.eat("ignore");
    if (ifThere) {
      parser.expect("missing");
    }
    if (parser.peek().is("with") && parser.peek(1).is("context")) {
      parser.take();
      parser.take();
    }
    parser.expectEnd();
    return new Part.Include(file, ifThere, at);
  }

  private static Part from(ExprParser parser, Position at) {
    Expr file = parser.expression();
    parser.expect("import");
    Map<String, String> names = new LinkedHashMap<>();
    do {
      String name = parser.newName();
      names.put(name, parser.eat("as") ? parser.newName() : name);
    } while (parser.eat(","));
    parser.expectEnd();
    return new Part.Import(file, "", names, at);
  }

  /** The tag that ended a body. */
  private ExprParser following(String opened, Position at) {
    if (next >= cuts.size()) {
      throw at.error(
          "the tag '" + opened + "' is not closed", "expected '{% end" + opened + " %}'");
    }
    Cut cut = cuts.get(next++);
    if (cut.kind() != Kind.TAG) {
      throw new IllegalStateException("a body ended at " + cut);
    }
    return expressions(cut);
  }

  private void end(String expected, String opened, Position at) {
    closing(following(opened, at), expected, opened, at);
  }

  private static void closing(ExprParser parser, String expected, String opened, Position at) {
    Token name = parser.take();
    if (!name.is(expected)) {
      throw name.at()
          .error(
              "the tag " + name.shown() + " stands in '" + opened + "' of line " + at.line(),
              "expected '{% " + expected + " %}'");
    }
    if (opened.equals("macro") && parser.peek().kind() == Token.Kind.NAME) {
      parser.take();
    }
    parser.expectEnd();
  }
}
