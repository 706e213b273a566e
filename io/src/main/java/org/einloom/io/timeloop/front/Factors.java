package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Printing;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;

/** The factors of loops: {@code M=4}, {@code M<=4}, with expressions behind the sign as well. */
final class Factors {
  private static final Pattern ONE =
      Pattern.compile("([A-Za-z_]\\w{0,99})\\s{0,9}(<=|>=|=(?!=))\\s{0,9}(\\S.{0,999})");
  private static final Pattern BETWEEN =
      Pattern.compile("[\\s,]{1,99}(?=[A-Za-z_]\\w{0,99}\\s{0,9}(?:<=|>=|=(?!=)))");
  private static final Pattern COUNTS = Pattern.compile("(\\d{1,18})(?:\\s*,\\s*(\\d{1,18}))?");

  /**
   * A factor.
   *
   * @param sign {@code =}, {@code <=} or {@code >=}
   * @param count iterations; 0 for whatever remains
   * @param last iterations of the last turn; empty where all are alike
   */
  record Factor(String dimension, String sign, String count, String last, Position at) {
    String text() {
      return dimension + sign + count + (last.isEmpty() ? "" : "," + last);
    }

    long value() {
      return Long.parseLong(count);
    }
  }

  private final Expressions expressions;
  private final List<String> dimensions;

  /** For a problem's dimensions; none where there is no problem to check against. */
  Factors(Expressions expressions, List<String> dimensions) {
    this.expressions = expressions;
    this.dimensions = dimensions;
  }

  /** The factors of a text or list. */
  List<Factor> read(Tree tree, String what, Scope scope) {
    List<Factor> factors = new ArrayList<>();
    if (tree instanceof Row row) {
      for (Tree item : row.items()) {
        factors.addAll(read(item, what, scope));
      }
      return factors;
    }
    if (tree instanceof Leaf leaf && leaf.isNull()) {
      return factors;
    }
    Leaf all = Keys.leaf(tree, what);
    String text = all.value().strip();
    if (text.startsWith("(")) {
      Value value = expressions.value(unquoted(all), scope);
      return parts(all.with(Printing.text(value), true), what, scope);
    }
    return parts(all, what, scope);
  }

  private static Leaf unquoted(Leaf l) {
    return new Leaf(l.value(), false, l.exact(), l.at(), l.text(), l.tag());
  }

  private List<Factor> parts(Leaf all, String what, Scope scope) {
    List<Factor> factors = new ArrayList<>();
    String text = all.value();
    Matcher between = BETWEEN.matcher(text);
    int from = 0;
    while (from <= text.length()) {
      boolean more = between.find(from);
      int to = more ? between.start() : text.length();
      String part = text.substring(from, to).strip();
      if (!part.isEmpty()) {
        int offset = text.indexOf(part, from);
        Position at = all.exact() ? all.text().plus(offset) : all.at();
        factors.add(one(part, what, at, scope));
      }
      from = more ? between.end() : text.length() + 1;
    }
    return factors;
  }

  private Factor one(String text, String what, Position at, Scope scope) {
    Matcher m = ONE.matcher(text);
    if (!m.matches()) {
      throw at.error(
          Words.quote(text) + " in " + what + " is no factor",
          "expected a dimension, '=', '<=' or '>=', and a number, as M=4");
    }
    String dimension = m.group(1);
    if (!dimensions.isEmpty() && !dimensions.contains(dimension)) {
      throw at.error(
          what + " name the dimension " + Words.quote(dimension) + ", which the problem lacks",
          "expected " + Words.list(dimensions),
          Words.didYouMean(dimension, dimensions));
    }
    Matcher counts = COUNTS.matcher(m.group(3).strip());
    if (counts.matches()) {
      String last = counts.group(2) == null ? "" : counts.group(2);
      return new Factor(dimension, m.group(2), counts.group(1), last, at);
    }
    Position place = at.plus(m.start(3));
    Leaf count = new Leaf(m.group(3).strip(), false, true, place, place, "");
    long value = expressions.whole(count, "the factor of '" + dimension + "' in " + what, 0, scope);
    return new Factor(dimension, m.group(2), Long.toString(value), "", at);
  }

  /** The factors without repetitions; refuses those that contradict each other. */
  static List<Factor> unique(List<Factor> factors, String what) {
    Map<String, Factor> first = new LinkedHashMap<>();
    List<Factor> unique = new ArrayList<>();
    for (Factor f : factors) {
      Factor other = first.putIfAbsent(f.dimension(), f);
      boolean range =
          other != null
              && !f.sign().equals("=")
              && !other.sign().equals("=")
              && !f.sign().equals(other.sign());
      if (other == null || range) {
        unique.add(f);
      } else if (!f.text().equals(other.text())) {
        throw f.at()
            .error(
                what + " ask for " + f.text() + " and for " + other.text(),
                "the other one is at " + other.at());
      }
    }
    return unique;
  }
}
