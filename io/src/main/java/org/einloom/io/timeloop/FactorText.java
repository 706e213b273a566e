package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Timeloop's short forms: {@code M=4 K<=2}, {@code M4,2}, {@code KMN}, and lists of these. */
public final class FactorText {
  private static final Pattern FACTOR =
      Pattern.compile(
          "([A-Za-z_]\\w*?)\\s*(<=|>=|=)?\\s*(\\d{1,18})(?:\\s*,\\s*(\\d{1,18}))?(?=$|[\\s,])");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]*");

  private FactorText() {}

  /**
   * A factor.
   *
   * @param comparison {@code =}, {@code <=} or {@code >=}
   * @param count iterations; 0 for whatever remains
   * @param last iterations in the last turn of the loops outside; as many as {@code count} where
   *     the text does not say
   * @param at where it stands
   */
  public record Item(String dimension, String comparison, long count, long last, Position at) {}

  /** The factors of a text or a list of texts, in the order written. */
  public static List<Item> factors(YamlNode node) {
    List<Item> items = new ArrayList<>();
    for (Scalar text : texts(node, "factors")) {
      String all = text.value();
      Matcher m = FACTOR.matcher(all);
      Matcher between = BETWEEN.matcher(all);
      int next = skip(between, 0);
      while (next < all.length()) {
        Position at = text.exact() ? text.text().plus(next) : text.at();
        if (!m.find(next) || m.start() != next) {
          throw at.error(
              "'factors' holds " + Words.quote(all.substring(next)),
              "expected factors such as 'M=4 K=2', or 'M=4,2' where the last turn is shorter");
        }
        long count = Long.parseLong(m.group(3));
        long last = m.group(4) == null ? count : Long.parseLong(m.group(4));
        items.add(new Item(m.group(1), m.group(2) == null ? "=" : m.group(2), count, last, at));
        next = skip(between, m.end());
      }
    }
    return items;
  }

  private static int skip(Matcher between, int from) {
    between.region(from, between.regionEnd());
    return between.lookingAt() ? between.end() : from;
  }

  /** The dimensions of a permutation, innermost first: letters, or names with blanks or commas. */
  public static List<String> permutation(YamlNode node) {
    List<String> names = new ArrayList<>();
    boolean list = node instanceof YamlNode.Sequence;
    for (Scalar text : texts(node, "permutation")) {
      String all = text.value().strip();
      if (list || all.contains(",") || all.contains(" ")) {
        for (String name : all.split("[\\s,]+")) {
          if (!name.isEmpty()) {
            names.add(name);
          }
        }
      } else {
        all.chars().forEach(c -> names.add(String.valueOf((char) c)));
      }
    }
    return names;
  }

  private static List<Scalar> texts(YamlNode node, String key) {
    List<Scalar> texts = new ArrayList<>();
    if (node instanceof Scalar s) {
      if (!s.isNull()) {
        texts.add(s);
      }
      return texts;
    }
    for (YamlNode item : Values.list(node, key, "expected a text or a list")) {
      texts.add(Values.scalar(item, key, "expected a text"));
    }
    return texts;
  }
}
