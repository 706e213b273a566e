package org.einloom.io.yaml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.einloom.component.Attribute;
import org.einloom.component.Kind;
import org.einloom.component.custom.PartValue;
import org.einloom.component.expression.Expression;
import org.einloom.component.expression.ExpressionException;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads what attributes of parts are: quantities, words, or arithmetic over attributes. */
final class Formulas {
  /** Once. */
  static final PartValue.Computed ONE = new PartValue.Computed(new Expression.Constant(1), "1", "");

  /** A number and then letters: a quantity, as arithmetic has an operator between them. */
  private static final Pattern QUANTITY =
      Pattern.compile("[\\d.]+(?:[eE][+-]?\\d+)?\\s*[A-Za-z\u00b5\u03bc][A-Za-z0-9/]*");

  private Formulas() {}

  /**
   * What an attribute of a part is.
   *
   * @param target the attribute
   * @param known those of the compound
   */
  static PartValue value(YamlNode node, Attribute target, Map<String, Attribute> known) {
    String text = Values.scalar(node, target.name(), "expected a value or an expression").value();
    Attribute same = known.get(text.strip());
    if (target.kind() == Kind.WORD) {
      return same != null && same.kind() == Kind.WORD
          ? new PartValue.Same(same.name())
          : new PartValue.Fixed(AttributeReader.read(target, node));
    }
    if (same != null && same.kind() != Kind.WORD) {
      return new PartValue.Same(same.name());
    }
    return QUANTITY.matcher(text.strip()).matches()
        ? new PartValue.Fixed(AttributeReader.read(target, node))
        : number(node, target.name(), known);
  }

  /** Arithmetic over the attributes of the compound that are numbers. */
  static PartValue.Computed number(YamlNode node, String key, Map<String, Attribute> known) {
    Scalar scalar = Values.scalar(node, key, "expected arithmetic such as '2 * width'");
    List<String> names =
        known.values().stream().filter(a -> a.kind() != Kind.WORD).map(Attribute::name).toList();
    try {
      return new PartValue.Computed(
          ExpressionParser.parse(scalar.value(), names), scalar.value(), scalar.at().toString());
    } catch (ExpressionException e) {
      throw (scalar.exact() ? scalar.text().plus(e.at()) : scalar.at())
          .error("in '" + key + "': " + e.getMessage());
    }
  }
}
