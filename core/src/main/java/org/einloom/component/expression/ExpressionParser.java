package org.einloom.component.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.component.expression.Expression.Call;
import org.einloom.component.expression.Expression.Constant;
import org.einloom.component.expression.Expression.Negation;
import org.einloom.component.expression.Expression.Operation;
import org.einloom.component.expression.Expression.Variable;
import org.einloom.workload.Spelling;

/**
 * Parses arithmetic. The grammar, blanks free between its words:
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = power { ("*" | "/") power }
 * power   = [ "-" ] atom [ "^" power ]
 * atom    = number | name | function "(" sum [ "," sum ] ")" | "(" sum ")"
 * </pre>
 *
 * <p>{@code -a^2} is {@code -(a^2)}. Length and depth are bounded.
 */
public final class ExpressionParser {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 50;
  private static final Pattern NUMBER =
      Pattern.compile("\\d{1,30}+(?:\\.\\d{0,30}+)?(?:[eE][+-]?\\d{1,3}+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

  private final String text;
  private final List<String> variables;
  private int next;
  private int depth;

  private ExpressionParser(String text, List<String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * The expression.
   *
   * @param variables the names that it may use
   * @throws ExpressionException with the place of what is wrong
   */
  public static Expression parse(String text, List<String> variables) {
    if (text.length() > LONGEST) {
      throw new ExpressionException(0, "an expression has more than " + LONGEST + " characters");
    }
    var parser = new ExpressionParser(text, variables);
    Expression expression = parser.sum();
    parser.skipBlanks();
    if (parser.next < text.length()) {
      throw parser.unexpected("expected an operator or the end");
    }
    return expression;
  }

  private Expression sum() {
    if (++depth > DEEPEST) {
      throw new ExpressionException(next, "more than " + DEEPEST + " brackets inside each other");
    }
    Expression left = product();
    while (true) {
      if (eat('+')) {
        left = new Operation('+', left, product());
      } else if (eat('-')) {
        left = new Operation('-', left, product());
      } else {
        depth--;
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = power();
    while (true) {
      if (eat('*')) {
        left = new Operation('*', left, power());
      } else if (eat('/')) {
        left = new Operation('/', left, power());
      } else {
        return left;
      }
    }
  }

  private Expression power() {
    if (++depth > DEEPEST) {
      throw new ExpressionException(next, "more than " + DEEPEST + " signs or powers in a row");
    }
    Expression value;
    if (eat('-')) {
      value = new Negation(power());
    } else {
      value = atom();
      if (eat('^')) {
        value = new Operation('^', value, power());
      }
    }
    depth--;
    return value;
  }

  private Expression atom() {
    if (eat('(')) {
      Expression inner = sum();
      close();
      return inner;
    }
    Matcher number = NUMBER.matcher(text).region(next, text.length());
    if (number.lookingAt()) {
      next = number.end();
      return new Constant(Double.parseDouble(number.group()));
    }
    Matcher name = NAME.matcher(text).region(next, text.length());
    if (!name.lookingAt()) {
      throw unexpected("expected a number, a name or '('");
    }
    int start = next;
    next = name.end();
    return eat('(') ? call(name.group(), start) : variable(name.group(), start);
  }

  private Expression variable(String name, int start) {
    if (!variables.contains(name)) {
      throw unknown(start, "unknown name '" + name + "'", name, variables);
    }
    return new Variable(name);
  }

  private Expression call(String name, int start) {
    List<String> known = Function.labels();
    if (!known.contains(name)) {
      throw unknown(start, "unknown function '" + name + "'", name, known);
    }
    Function function = Function.valueOf(name.toUpperCase(Locale.ROOT));
    List<Expression> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (arguments.size() < 2 && eat(','));
    if (arguments.size() != function.arguments()) {
      throw new ExpressionException(
          start, "%s takes %d, not %d".formatted(name, function.arguments(), arguments.size()));
    }
    close();
    return new Call(function, arguments);
  }

  private void close() {
    if (!eat(')')) {
      throw unexpected("expected an operator or ')'");
    }
  }

  private boolean eat(char symbol) {
    skipBlanks();
    if (next < text.length() && text.charAt(next) == symbol) {
      next++;
      skipBlanks();
      return true;
    }
    return false;
  }

  private void skipBlanks() {

    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  private static ExpressionException unknown(
      int at, String what, String given, List<String> known) {
    return new ExpressionException(
        at,
        what
            + "; expected "
            + (known.isEmpty()
                ? "no name, as there are none"
                : "one of " + String.join(", ", known))
            + Spelling.nearest(given, known).map(n -> "; did you mean '" + n + "'?").orElse(""));
  }

  private ExpressionException unexpected(String expected) {
    skipBlanks();
    String found =
        next >= text.length()
            ? "the expression ends too soon"
            : "'" + text.charAt(next) + "' does not fit here";
    return new ExpressionException(next, found + "; " + expected);
  }
}
