package org.einloom.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.explore.Condition.Comparison;
import org.einloom.explore.Condition.Operator;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * Parses conditions: comparisons with {@code and} and {@code or} between them, of which {@code and}
 * binds closer; there are no brackets around comparisons. A comparison has arithmetic on both sides
 * of {@code <= < >= > == !=}, or a parameter and a word on the sides of {@code ==} or {@code !=}.
 */
public final class ConditionParser {
  private static final Pattern OR = Pattern.compile("\\s+or\\s+");
  private static final Pattern AND = Pattern.compile("\\s+and\\s+");

  private static final Pattern SIGN = Pattern.compile("=<|=>|[<>=!]=|[<>]");

  private final String text;
  private final List<String> numbers;
  private final Map<String, Set<String>> words;

  private ConditionParser(String text, List<String> numbers, Map<String, Set<String>> words) {
    this.text = text;
    this.numbers = numbers;
    this.words = words;
  }

  /**
   * The condition.
   *
   * @param numbers the parameters that are numbers
   * @param words the parameters that are words, with the words that each can be
   * @throws InvalidSpecException saying what is wrong
   */
  public static Condition parse(String text, List<String> numbers, Map<String, Set<String>> words) {
    return new ConditionParser(text, numbers, words).parse();
  }

  private Condition parse() {
    List<List<Comparison>> anyOf = new ArrayList<>();
    for (String all : OR.split(text.strip(), -1)) {
      List<Comparison> comparisons = new ArrayList<>();
      for (String one : AND.split(all.strip(), -1)) {
        comparisons.add(comparison(one.strip()));
      }
      anyOf.add(comparisons);
    }
    return new Condition(text.strip(), anyOf);
  }

  private Comparison comparison(String one) {
    checkSigns(one);
    for (Operator operator : Operator.values()) { // those of two letters first
      int at = one.indexOf(operator.sign());
      if (at >= 0) {
        String left = one.substring(0, at).strip();
        String right = one.substring(at + operator.sign().length()).strip();
        return words.containsKey(left) || words.containsKey(right)
            ? ofWords(left, operator, right)
            : new Comparison.OfNumbers(
                ExpressionParser.parse(left, numbers),
                operator,
                ExpressionParser.parse(right, numbers));
      }
    }
    throw new InvalidSpecException(
        "'%s' compares nothing; expected, for example, 'sram >= 4*scratchpad' or 'preset == deep'"
            .formatted(one));
  }

  /** What is easily written and is no comparison. */
  private static void checkSigns(String one) {
    List<String> signs = SIGN.matcher(one).results().map(MatchResult::group).toList();
    for (String sign : signs) {
      if (sign.equals("=<") || sign.equals("=>")) {
        throw new InvalidSpecException(
            "'%s' has '%s'; expected '%s'".formatted(one, sign, sign.equals("=<") ? "<=" : ">="));
      }
    }
    if (signs.size() > 1) {
      throw new InvalidSpecException(
          "'%s' compares more than once; expected 'and' between, as in '2 <= pes and pes <= 4'"
              .formatted(one));
    }
  }

  private Comparison ofWords(String left, Operator operator, String right) {
    String parameter = words.containsKey(left) ? left : right;
    String word = parameter.equals(left) ? right : left;
    if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
      throw new InvalidSpecException(
          "'%s' is a word, which is compared by == or !=, not by %s"
              .formatted(parameter, operator.sign()));
    }
    Set<String> known = words.getOrDefault(parameter, Set.of());
    if (!known.contains(word)) {
      throw new InvalidSpecException(
          "'%s' is never '%s'; it is %s%s"
              .formatted(
                  parameter,
                  word,
                  String.join(" or ", known),
                  Spelling.nearest(word, known)
                      .map(w -> "; did you mean '" + w + "'?")
                      .orElse("")));
    }
    return new Comparison.OfWords(parameter, operator == Operator.EQUAL, word);
  }
}
