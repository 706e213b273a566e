package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Expression.Access;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.workload.Affine;

/**
 * Parses Einsums. The grammar, blanks free between its words:
 *
 * <pre>
 * expression = access ("+=" | "=") access { "*" access }
 * access     = name [ "[" [ rank { "," rank } ] "]" ]
 * rank       = [ "-" | "+" ] term { ("+" | "-") term }
 * term       = number | [ number [ "*" ] ] name | name "*" number
 * </pre>
 */
final class ExpressionParser {
  private static final int LONGEST = 10_000;
  private static final int MOST_OPERANDS = 32;
  private static final int MOST_VARIABLES = 64;
  private static final long LARGEST_NUMBER = 1_000_000_000_000L;
  private static final String EXAMPLE = "for example 'O[m,n] += A[m,k] * B[k,n]'";

  private final Scalar scalar;
  private final String text;
  private final LinkedHashMap<String, Position> variables = new LinkedHashMap<>();
  private int next;

  private ExpressionParser(Scalar scalar) {
    this.scalar = scalar;
    this.text = scalar.value();
  }

  /** The expression; an {@link InputException} points into it. */
  static Expression parse(Scalar scalar) {
    if (scalar.value().length() > LONGEST) {
      throw scalar.at().error("the expression has more than " + LONGEST + " characters");
    }
    return new ExpressionParser(scalar).expression();
  }

  private Expression expression() {
    Access output = access();
    if (!eat("+=") && !eat("=")) {
      throw unexpected("expected '+=' or '='", EXAMPLE);
    }
    List<Access> operands = new ArrayList<>();
    do {
      operands.add(access());
    } while (eat("*"));
    skipBlanks();
    if (next < text.length()) {
      throw unexpected("expected '*' or the end", EXAMPLE);
    }
    if (operands.size() > MOST_OPERANDS || variables.size() > MOST_VARIABLES) {
      throw scalar
          .at()
          .error(
              operands.size() + " operands and " + variables.size() + " rank variables",
              "expected at most " + MOST_OPERANDS + " and " + MOST_VARIABLES);
    }
    return new Expression(output, operands, variables);
  }

  private Access access() {
    skipBlanks();
    Position at = here(next);
    String tensor = name();
    if (tensor.isEmpty()) {
      throw unexpected("expected the name of a tensor", EXAMPLE);
    }
    List<Affine> ranks = new ArrayList<>();
    if (eat("[") && !eat("]")) {
      do {
        ranks.add(rank());
      } while (eat(","));
      if (!eat("]")) {
        throw unexpected("expected ',', '+', '-' or ']'", "a rank is a sum such as '2*p + r - 3'");
      }
    }
    return new Access(tensor, ranks, at);
  }

  private Affine rank() {
    skipBlanks();
    Position at = here(next);
    List<Affine.Term> terms = new ArrayList<>();
    long offset = 0;
    boolean negative = eat("-");
    if (!negative) {
      eat("+");
    }
    while (true) {
      long sign = negative ? -1 : 1;
      long number = number();
      boolean star = number >= 0 && eat("*");
      skipBlanks();
      int start = next;
      String variable = name();
      if ((number < 0 || star) && variable.isEmpty()) {
        throw unexpected("expected a rank variable or a number", "for example '2*p + r - 3'");
      }
      if (variable.isEmpty()) {
        offset += sign * number;
      } else {
        long coefficient = number >= 0 ? number : eat("*") ? factor() : 1;
        variables.putIfAbsent(variable, here(start));
        terms.add(here(start).locate(() -> new Affine.Term(sign * coefficient, variable)));
      }
      negative = eat("-");
      if (!negative && !eat("+")) {
        break;
      }
    }
    long constant = offset;
    return at.locate(() -> new Affine(terms, constant));
  }

  private long factor() {
    long number = number();
    if (number < 0) {
      throw unexpected(
          "expected a number after '*'", "ranks are affine: a number times a variable");
    }
    return number;
  }

  /** The number that stands here, or -1. */
  private long number() {
    skipBlanks();
    int start = next;
    long number = 0;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      number = number * 10 + (text.charAt(next) - '0');
      next++;
      if (number > LARGEST_NUMBER) {
        throw here(start).error("a number is too large", "expected at most " + LARGEST_NUMBER);
      }
    }
    return next == start ? -1 : number;
  }

  /** The name that stands here, or an empty one. */
  private String name() {
    int start = next;
    while (next < text.length() && isNamePart(text.charAt(next), next > start)) {
      next++;
    }
    return text.substring(start, next);
  }

  private static boolean isNamePart(char c, boolean inside) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (inside && c >= '0' && c <= '9');
  }

  private boolean eat(String symbol) {
    skipBlanks();
    if (!text.startsWith(symbol, next)) {
      return false;
    }
    next += symbol.length();
    return true;
  }

  private void skipBlanks() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  private InputException unexpected(String expected, String hint) {
    skipBlanks();
    String found =
        next == text.length()
            ? "the expression ends here"
            : Words.quote(text.substring(next, next + 1)) + " does not fit here";
    return here(next).error(found, expected, hint);
  }

  private Position here(int index) {
    return scalar.exact() ? scalar.text().plus(index) : scalar.at();
  }
}
