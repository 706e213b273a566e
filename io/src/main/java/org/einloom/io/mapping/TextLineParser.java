package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/** Understands one line of the text form. */
final class TextLineParser {
  private final List<Token> tokens;
  private int next;

  private TextLineParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Reads the tokens of a line up to its columns; there is at least one. */
  static TextLine parse(List<Token> tokens) {
    return new TextLineParser(tokens).line();
  }

  private TextLine line() {
    Position at = tokens.getFirst().at();
    TextLine line;
    if (eat("layer")) {
      line = new TextLine.Layer(name("the name of a layer"), at);
    } else if (eat("keep")) {
      line = keep(at);
    } else if (eat("for")) {
      line = loop(at, false);
    } else if (eat("parallel")) {
      line = loop(at, true);
    } else if (eat("compute")) {
      line = new TextLine.ComputeLine(name("the name of the compute"), at);
    } else {
      String first = tokens.getFirst().text();
      List<String> known = List.of("layer", "keep", "for", "parallel", "compute");
      throw at.error(
          "a line begins with " + Words.quote(first),
          "expected keep, for, parallel, compute or layer",
          Words.didYouMean(first, known));
    }
    if (next < tokens.size()) {
      throw unexpected("the end of the line or '|'");
    }
    return line;
  }

  private TextLine keep(Position at) {
    List<Token> tensors = new ArrayList<>();
    while (next < tokens.size() && tokens.get(next).isName()) {
      tensors.add(tokens.get(next));
      next++;
    }
    if (tensors.isEmpty()) {
      throw unexpected("the name of a tensor");
    }
    expect("in");
    return new TextLine.Keep(tensors, name("the name of a memory"), at);
  }

  private TextLine loop(Position at, boolean parallel) {
    String variable = name("a rank variable");
    OptionalLong range = OptionalLong.empty();
    if (eat("in")) {
      Position from = here();
      if (number() != 0) {
        throw from.error("a range does not begin with 0", "expected '0..' and the size");
      }
      expect("..");
      range = OptionalLong.of(number());
    }
    long step = eat("step") ? number() : 1;
    OptionalLong last = OptionalLong.empty();
    if (eat("(")) {
      expect("last");
      last = OptionalLong.of(number());
      expect(")");
    }
    Optional<TextLine.Place> place = Optional.empty();
    if (parallel) {
      expect("on");
      String fanout = name("the name of a fanout");
      expect(".");
      place = Optional.of(new TextLine.Place(fanout, name("the name of a dimension")));
    }
    return new TextLine.LoopLine(variable, range, step, last, place, at);
  }

  private String name(String what) {
    if (next == tokens.size() || !tokens.get(next).isName()) {
      throw unexpected(what);
    }
    return tokens.get(next++).text();
  }

  private long number() {
    if (next == tokens.size() || tokens.get(next).kind() != Token.Kind.NUMBER) {
      throw unexpected("a number");
    }
    Token token = tokens.get(next++);
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw new InputException(token.at(), "a number is too large", "", e);
    }
  }

  private boolean eat(String word) {
    boolean there = next < tokens.size() && tokens.get(next).is(word);
    next += there ? 1 : 0;
    return there;
  }

  private void expect(String word) {
    if (!eat(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  private Position here() {
    return next < tokens.size() ? tokens.get(next).at() : tokens.getLast().at();
  }

  private InputException unexpected(String expected) {
    if (next < tokens.size()) {
      return here()
          .error(
              Words.quote(tokens.get(next).text()) + " does not fit here", "expected " + expected);
    }
    return here().error("the line ends too soon", "expected " + expected + " after it");
  }
}
