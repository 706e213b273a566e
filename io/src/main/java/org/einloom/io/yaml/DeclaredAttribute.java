package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.einloom.component.Attribute;
import org.einloom.component.Kind;
import org.einloom.component.Value;
import org.einloom.component.technology.Technology;
import org.einloom.io.input.InputException;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.schema.Keys;

/**
 * Reads the attributes that a user's class declares: {@code width: 16 b}, a default that shows the
 * kind, or {@code width: {kind: width, description: ...}}, which is to be given.
 */
final class DeclaredAttribute {
  static final Keys KEYS =
      Keys.of(
          must("kind", "kind", "What it is measured in"),
          may("default", "scalar", "What holds where it is not given"),
          may("description", "text", "One line about it"));
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
  private static final Pattern NUMBER = Pattern.compile("[\\d.]+(?:[eE][+-]?\\d+)?\\s*%?");
  private static final double LARGEST = 1e18;

  private DeclaredAttribute() {}

  /** The attribute of that name. */
  static Attribute read(Scalar name, YamlNode node) {
    if (!NAME.matcher(name.value()).matches()) {
      throw name.at()
          .error(
              "'" + name.value() + "' is no name of an attribute",
              "expected letters, digits and '_'");
    }
    if (!(node instanceof Mapping)) {
      Scalar given = Values.scalar(node, name.value(), "expected a default, or '{kind: width}'");
      Attribute any = any(name.value(), kind(name.value(), given), "");
      return withDefault(any, node);
    }
    Fields fields = Fields.of(node, "attribute '" + name.value() + "'", KEYS);
    var kinds = new LinkedHashMap<String, Kind>();
    Arrays.stream(Kind.values()).forEach(k -> kinds.put(k.name().toLowerCase(Locale.ROOT), k));
    Kind kind = Values.choice(fields.required("kind", "kind: width"), "kind", kinds);
    String description =
        fields.optional("description").map(n -> Values.text(n, "description")).orElse("");
    Attribute any = any(name.value(), kind, description);
    return fields.optional("default").map(n -> withDefault(any, n)).orElse(any);
  }

  /** An attribute of that name and the kind of this value, without bounds. */
  static Attribute any(String name, Scalar value) {
    return any(name, kind(name, value), "");
  }

  private static Attribute any(String name, Kind kind, String description) {
    String what = description.isEmpty() ? "an attribute of this class" : description;
    if (kind == Kind.WORD) {
      return Attribute.word(name, List.of(), what);
    }
    if (kind == Kind.TECHNOLOGY) {
      return Attribute.number(name, kind, Technology.SMALLEST_NM, Technology.LARGEST_NM, what);
    }
    return Attribute.number(name, kind, 0, LARGEST, what);
  }

  private static Attribute withDefault(Attribute attribute, YamlNode node) {
    return switch (AttributeReader.read(attribute, node)) {
      case Value.Amount a -> attribute.or(a.number());
      case Value.Word w -> attribute.or(w.word());
    };
  }

  /** The kind of which a value is. */
  static Kind kind(String name, Scalar value) {
    if (name.equals(Technology.NM.name())) {
      return Kind.TECHNOLOGY;
    }
    String text = value.value().strip();
    if (NUMBER.matcher(text).matches()) {
      return name.equals("width") ? Kind.WIDTH : Kind.NUMBER;
    }
    if (is(value, Unit.SIZE)) {
      return text.endsWith("B") ? Kind.SIZE : Kind.WIDTH;
    }
    Optional<Kind> kind =
        is(value, Unit.DISTANCE)
            ? Optional.of(Kind.LENGTH)
            : is(value, Unit.VOLTAGE)
                ? Optional.of(Kind.VOLTAGE)
                : is(value, Unit.BANDWIDTH) ? Optional.of(Kind.BANDWIDTH) : Optional.empty();
    return kind.orElse(Kind.WORD);
  }

  private static boolean is(Scalar value, Unit unit) {
    try {
      Quantity.read(value, "value", unit);
      return true;
    } catch (InputException e) {
      return false;
    }
  }
}
