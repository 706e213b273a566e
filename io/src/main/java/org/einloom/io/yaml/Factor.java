package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;

import java.util.Optional;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;

/** How often loops may iterate, both bounds included: {@code 4} or {@code {min: 2, max: 8}}. */
record Factor(long least, long most) {
  static final Keys KEYS =
      Keys.of(
          may("min", "positive", "At least so many iterations"),
          may("max", "positive", "At most so many iterations"));
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,40}");

  static Factor read(YamlNode node, String key) {
    if (!(node instanceof YamlNode.Mapping)) {
      String expected = "expected a whole number or bounds such as '{min: 2, max: 8}'";
      String text = Values.scalar(node, key, expected).value();
      if (!WHOLE.matcher(text).matches()) {
        throw node.at()
            .error(
                "'" + key + "' is " + Words.quote(text) + ", which is no whole number", expected);
      }
      long exactly = Values.integer(node, key, 1, Long.MAX_VALUE);
      return new Factor(exactly, exactly);
    }
    Fields fields = Fields.of(node, "the " + key, KEYS);
    Optional<YamlNode> max = fields.optional("max");
    long least =
        fields.optional("min").map(n -> Values.integer(n, "min", 1, Long.MAX_VALUE)).orElse(1L);
    long most = max.map(n -> Values.integer(n, "max", 1, Long.MAX_VALUE)).orElse(Long.MAX_VALUE);
    if (fields.keys().isEmpty()) {
      throw node.at()
          .error("the " + key + " is empty", "expected a number, or 'min', 'max' or both");
    }
    if (most < least) {
      throw fields
          .keyAt("max")
          .error(
              "'max' of the " + key + " is " + most, "expected at least 'min', which is " + least);
    }
    return new Factor(least, most);
  }
}
