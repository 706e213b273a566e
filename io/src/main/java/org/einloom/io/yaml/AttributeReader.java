package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.component.Attribute;
import org.einloom.component.Kind;
import org.einloom.component.Value;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads the values of attributes of components, in files and as options. */
public final class AttributeReader {
  private static final Pattern NUMBER =
      Pattern.compile(
          "([+-]?(?:\\d{1,30}+(?:\\.\\d{0,30}+)?|\\.\\d{1,30}+)(?:[eE][+-]?\\d{1,2})?)\\s*+(%?)");

  private AttributeReader() {}

  /**
   * The value that a text gives to an attribute.
   *
   * @param at what messages begin with
   * @throws InputException if it is not one that the attribute can have
   */
  public static Value read(Attribute attribute, String text, Position at) {
    return read(attribute, new Scalar(text, true, false, at, at));
  }

  /** The value that stands here. */
  static Value read(Attribute attribute, YamlNode node) {
    String name = attribute.name();
    Value value =
        switch (attribute.kind()) {
          case SIZE -> bits(node, name);
          case WIDTH -> isNumber(node) ? number(node, attribute) : bits(node, name);
          case COUNT, NUMBER -> number(node, attribute);
          case TECHNOLOGY -> quantity(node, name, Unit.LENGTH);
          case LENGTH -> quantity(node, name, Unit.DISTANCE);
          case VOLTAGE -> quantity(node, name, Unit.VOLTAGE);
          case BANDWIDTH -> quantity(node, name, Unit.BANDWIDTH);
          case WORD ->
              Value.of(
                  Values.scalar(node, name, "expected one of " + attribute.listed())
                      .value()
                      .strip());
        };
    return node.at().locate(() -> attribute.check(value));
  }

  private static Value bits(YamlNode node, String name) {
    return Value.of((double) Costs.bits(node, name, 0, Long.MAX_VALUE));
  }

  private static Value quantity(YamlNode node, String name, Unit unit) {
    return Value.of(Quantity.read(node, name, unit).asDouble());
  }

  private static boolean isNumber(YamlNode node) {
    return node instanceof Scalar s && NUMBER.matcher(s.value().strip()).matches();
  }

  private static Value number(YamlNode node, Attribute attribute) {
    String name = attribute.name();
    Kind kind = attribute.kind();
    String text = Values.scalar(node, name, "expected " + kind.expected()).value().strip();
    Matcher m = NUMBER.matcher(text);
    boolean percent = m.matches() && !m.group(2).isEmpty();
    if (!m.matches() || (percent && kind != Kind.NUMBER)) {
      throw node.at()
          .error("'" + name + "' is " + Words.quote(text), "expected " + kind.expected());
    }
    return Value.of(new BigDecimal(m.group(1)).movePointLeft(percent ? 2 : 0).doubleValue());
  }
}
