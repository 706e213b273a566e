package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.component.Value;
import org.einloom.component.expression.Expression;
import org.einloom.component.expression.ExpressionException;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.explore.Point;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/**
 * Text with holes, {@code ${sram} KiB} or {@code ${0.07*sram*8192} um2}, which the values of a
 * point fill: arithmetic over parameters that are numbers, or the name of one that is a word.
 *
 * @param at where it stands
 */
public record Template(List<Part> parts, Position at) {
  /** A piece of it. */
  public sealed interface Part {
    /** As it is. */
    record Text(String text) implements Part {}

    /** The value of a parameter. */
    record Name(String parameter) implements Part {}

    /** The value of arithmetic. */
    record Formula(String text, Expression expression) implements Part {}
  }

  /** As in a shell: {@code $sram}. */
  private static final Pattern BARE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

  public Template {
    parts = List.copyOf(parts);
  }

  /**
   * A template.
   *
   * @param key what messages call it
   * @param numbers the parameters that are numbers
   * @param words the parameters that are words
   */
  static Template read(YamlNode node, String key, List<String> numbers, Set<String> words) {
    YamlNode.Scalar scalar = Values.scalar(node, key, "expected a value such as '${sram} KiB'");
    String text = scalar.value().strip();
    Matcher bare = BARE.matcher(text);
    while (bare.find()) {
      String name = bare.group(1);
      if (words.contains(name) || numbers.contains(name)) {
        throw node.at()
            .error(
                "'%s' is %s, where %s is no value".formatted(key, Words.quote(text), bare.group()),
                "expected ${" + name + "}");
      }
    }
    List<Part> parts = new ArrayList<>();
    int next = 0;
    while (next < text.length()) {
      int hole = text.indexOf("${", next);
      int end = hole < 0 ? -1 : text.indexOf('}', hole);
      if (hole < 0) {
        parts.add(new Part.Text(text.substring(next)));
        break;
      }
      if (end < 0) {
        throw node.at()
            .error(
                "'" + key + "' is " + Words.quote(text) + ", whose '${' has no '}'",
                "expected, for example, '${sram} KiB'");
      }
      if (hole > next) {
        parts.add(new Part.Text(text.substring(next, hole)));
      }
      parts.add(hole(text.substring(hole + 2, end).strip(), scalar, key, numbers, words));
      next = end + 1;
    }
    return new Template(parts, node.at());
  }

  private static Part hole(
      String inside, YamlNode.Scalar scalar, String key, List<String> numbers, Set<String> words) {
    if (words.contains(inside) || numbers.contains(inside)) {
      return new Part.Name(inside);
    }
    if (StudyParameters.isName(inside)) {
      List<String> known = new ArrayList<>(numbers);
      known.addAll(words);
      throw scalar
          .at()
          .error(
              "'%s': unknown parameter %s".formatted(key, Words.quote(inside)),
              "expected one of " + String.join(", ", known),
              Words.didYouMean(inside, known));
    }
    try {
      return new Part.Formula(inside, ExpressionParser.parse(inside, numbers));
    } catch (ExpressionException e) {
      for (String word : words) {
        if (String.valueOf(e.getMessage()).startsWith("unknown name '" + word + "'")) {
          throw scalar
              .at()
              .error(
                  "'%s' (%s): '%s' is a word, not a number"
                      .formatted(key, Words.quote(inside), word),
                  "expected parameters that are numbers: give one that follows, {by: "
                      + word
                      + "}");
        }
      }
      String where = inside.isEmpty() ? "" : " (" + Words.quote(inside) + ")";
      throw scalar.at().error("'" + key + "'" + where + ": " + e.getMessage());
    }
  }

  /** Whether it says the same at every point. */
  public boolean isFixed() {
    return parts.stream().allMatch(p -> p instanceof Part.Text);
  }

  /** The parameters that it says something of. */
  public Set<String> parameters() {
    Set<String> all = new LinkedHashSet<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text t -> {}
        case Part.Name n -> all.add(n.parameter());
        case Part.Formula f -> all.addAll(f.expression().variables());
      }
    }
    return all;
  }

  /**
   * The text at a point.
   *
   * @throws InvalidSpecException with its place, if a value is no number
   */
  public String at(Point point) {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text t -> text.append(t.text());
        case Part.Name n -> text.append(point.value(n.parameter()).orElseThrow());
        case Part.Formula f -> text.append(Value.of(number(f, point)));
      }
    }
    return text.toString();
  }

  private double number(Part.Formula f, Point point) {
    double value =
        f.expression()
            .value(
                name ->
                    point.value(name).orElseThrow() instanceof Value.Amount a
                        ? a.number()
                        : Double.NaN);
    if (!Double.isFinite(value)) {
      throw at.error(
          Words.quote(f.text()) + " has no finite value at " + point, "check what it divides by");
    }
    return value;
  }
}
