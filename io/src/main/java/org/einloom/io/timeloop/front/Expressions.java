package org.einloom.io.timeloop.front;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.timeloop.template.Dialect;
import org.einloom.io.timeloop.template.Evaluator;
import org.einloom.io.timeloop.template.ExprParser;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.timeloop.template.Values;
import org.jspecify.annotations.Nullable;

/**
 * Values of files as the front end reads them: texts in quotes are texts, numbers are numbers, and
 * everything else, where an expression may stand, is one.
 */
final class Expressions {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][+-]?\\d{1,3})?");
  private static final Pattern WORD = Pattern.compile("[\\w.-]{1,50}(?: [\\w.-]{1,50}){0,9}");
  private static final Map<String, Boolean> TRUTH =
      Map.of("true", true, "false", false, "yes", true, "no", false, "on", true, "off", false);

  /** Attributes that are texts wherever they occur: courses often leave their quotes out. */
  private static final Set<String> TEXTS = Set.of("technology", "type", "power_gated_at");

  /** Attributes that are numbers, so that a text there can only be an expression in quotes. */
  private static final Set<String> NUMBERS =
      Set.of(
          "width",
          "depth",
          "datawidth",
          "block_size",
          "cluster_size",
          "entries",
          "sizeKB",
          "n_banks",
          "read_bandwidth",
          "write_bandwidth",
          "shared_bandwidth",
          "multiple_buffering",
          "network_fill_latency",
          "network_drain_latency",
          "energy_per_hop",
          "router_energy",
          "adder_width",
          "multiplier_width",
          "global_cycle_seconds");

  private final Evaluator evaluator;

  Expressions(Budget budget) {
    this.evaluator = new Evaluator(budget);
  }

  /** What a single value is without being computed, or null. */
  static @Nullable Value literal(Leaf leaf) {
    String text = leaf.value().strip();
    if (leaf.quoted()) {
      return new Value.Text(leaf.value());
    }
    if (leaf.isNull()) {
      return Values.NONE;
    }
    if (WHOLE.matcher(text).matches()) {
      return new Value.Int(Long.parseLong(text));
    }
    if (REAL.matcher(text).matches()) {
      return new Value.Real(Double.parseDouble(text));
    }
    return null;
  }

  /** The value of an expression; quotes make a text. */
  Value value(Leaf leaf, Scope scope) {
    Value literal = literal(leaf);
    if (literal != null) {
      return literal;
    }
    String text = leaf.value();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("true") || lower.equals("false")) {
      return Values.of(lower.equals("true"));
    }
    try {
      var parsed =
          ExprParser.parse(
              text,
              Dialect.PYTHON,
              i -> leaf.exact() ? leaf.text().plus(text.codePointCount(0, i)) : leaf.at());
      return evaluator.value(parsed, scope);
    } catch (InputException e) {
      if (!WORD.matcher(text).matches()) {
        throw e;
      }
      String hint = "if " + Words.quote(text) + " is a text, put it in quotes";
      throw new InputException(
          leaf.at(), e.problem(), e.hint().isEmpty() ? hint : e.hint() + "; " + hint, e);
    }
  }

  /** The same of an attribute, which may be a list or table, and some are texts by name. */
  Value attribute(String key, Tree tree, Scope scope) {
    return switch (tree) {
      case Leaf l when TEXTS.contains(key) && isWord(l, scope) -> new Value.Text(l.value());
      case Leaf l when NUMBERS.contains(key) && !l.isNull() -> value(unquoted(l), scope);
      case Leaf l -> value(l, scope);
      case Row r -> Value.Items.of(r.items().stream().map(t -> attribute("", t, scope)).toList());
      case Keyed k -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (Entry e : Keys.of(k)) {
          entries.put(e.key().value(), attribute(e.key().value(), e.value(), scope));
        }
        yield Value.Table.named(entries);
      }
    };
  }

  private static boolean isWord(Leaf l, Scope scope) {
    return literal(l) == null && WORD.matcher(l.value()).matches() && scope.find(l.value()) == null;
  }

  /** A truth value. */
  boolean truth(Tree tree, String what, Scope scope) {
    Leaf leaf = Keys.leaf(tree, what);
    Boolean word = TRUTH.get(leaf.value().toLowerCase(Locale.ROOT));
    if (word != null) {
      return word;
    }
    Value value = value(unquoted(leaf), scope);
    if (value instanceof Value.Bool b) {
      return b.value();
    }
    if (value instanceof Value.Int i && (i.value() == 0 || i.value() == 1)) {
      return i.value() == 1;
    }
    throw leaf.at().error(what + " is " + value.kind(), "expected true or false");
  }

  /** A whole number, where nothing but one can stand. */
  long whole(Tree tree, String what, long least, Scope scope) {
    Leaf leaf = Keys.leaf(tree, what);
    Value value = value(unquoted(leaf), scope);
    if (value instanceof Value.Real r
        && r.value() == Math.rint(r.value())
        && Math.abs(r.value()) < 1L << 53) {
      value = new Value.Int((long) r.value());
    }
    if (!(value instanceof Value.Int i)) {
      throw leaf.at()
          .error(
              what + " is " + Words.quote(org.einloom.io.timeloop.template.Printing.text(value)),
              "expected a whole number of at least " + least);
    }
    if (i.value() < least) {
      throw leaf.at()
          .error(what + " is " + i.value(), "expected a whole number of at least " + least);
    }
    return i.value();
  }

  /** In places for numbers, quotes around an expression change nothing. */
  private static Leaf unquoted(Leaf leaf) {
    return new Leaf(leaf.value().strip(), false, leaf.exact(), leaf.at(), leaf.text(), leaf.tag());
  }

  /** The texts of a list, or of a single value with blanks or commas between them. */
  static List<Leaf> words(Tree tree, String what) {
    if (tree instanceof Leaf l && !l.isNull()) {
      return java.util.Arrays.stream(l.value().strip().split("[\\s,]+"))
          .filter(w -> !w.isEmpty())
          .map(w -> l.with(w, false))
          .toList();
    }
    return Keys.flat(tree, what).stream().map(t -> Keys.leaf(t, "a member of " + what)).toList();
  }
}
