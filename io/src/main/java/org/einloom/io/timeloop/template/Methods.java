package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Text;

/** The methods that texts, lists and tables have. None of them changes anything. */
final class Methods {
  private static final List<String> TEXT =
      List.of(
          "upper",
          "lower",
          "strip",
          "lstrip",
          "rstrip",
          "split",
          "replace",
          "startswith",
          "endswith",
          "join",
          "title",
          "capitalize",
          "count",
          "find");
  private static final List<String> TABLE = List.of("items", "keys", "values", "get");
  private static final List<String> ITEMS = List.of("index", "count");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Methods() {}

  /** Their names. */
  static List<String> of(Value value) {
    return switch (value) {
      case Text t -> TEXT;
      case Value.Written w -> TEXT;
      case Items l -> ITEMS;
      case Table t -> TABLE;
      default -> List.of();
    };
  }

  static boolean known(Value of, String name) {
    return of(of).contains(name);
  }

  static Value call(Value of, String name, Arguments a, Budget budget) {
    budget.make(of.weight(), a.at());
    return switch (of) {
      case Table t -> table(t, name, a, budget);
      case Items l -> items(l, name, a);
      default -> text(Printing.text(of), name, a, budget);
    };
  }

  private static Value table(Table t, String name, Arguments a, Budget budget) {
    Map<Value, Value> entries = t.entries();
    if (name.equals("get")) {
      a.expect(1, 2, "default");
      Value value = entries.get(Comparison.key(a.get(0, "key"), a.at()));
      return Objects.requireNonNullElse(
          value, Objects.requireNonNullElse(a.find(1, "default"), Values.NONE));
    }
    a.expect(0, 0);
    return budget.items(
        switch (name) {
          case "keys" -> List.copyOf(entries.keySet());
          case "values" -> List.copyOf(entries.values());
          default -> pairs(t);
        },
        a.at());
  }

  /** The entries as lists of two. */
  static List<Value> pairs(Table t) {
    List<Value> pairs = new ArrayList<>();
    t.entries().forEach((k, v) -> pairs.add(Items.of(List.of(k, v))));
    return pairs;
  }

  private static Value items(Items l, String name, Arguments a) {
    a.expect(1, 1);
    Value wanted = a.get(0, "value");
    long count = l.values().stream().filter(v -> Comparison.same(v, wanted)).count();
    if (name.equals("count")) {
      return new Value.Int(count);
    }
    for (int i = 0; i < l.values().size(); i++) {
      if (Comparison.same(l.values().get(i), wanted)) {
        return new Value.Int(i);
      }
    }
    throw a.at().error("the list has no member " + Printing.inside(wanted));
  }

  private static Value text(String text, String name, Arguments a, Budget budget) {
    Position at = a.at();
    return switch (name) {
      case "upper", "lower", "title", "capitalize" -> {
        a.expect(0, 0);
        yield budget.text(cased(text, name), at);
      }
      case "strip", "lstrip", "rstrip" -> {
        a.expect(0, 1, "chars");
        yield budget.text(stripped(text, name, a.text(0, "chars", "")), at);
      }
      case "split" -> {
        a.expect(0, 1, "sep");
        yield budget.items(split(text, a.text(0, "sep", "")), at);
      }
      case "replace" -> {
        a.expect(2, 2, "old", "new");
        yield replaced(text, a.text(0, "old"), a.text(1, "new"), budget, at);
      }
      case "startswith" -> {
        a.expect(1, 1);
        yield Values.of(text.startsWith(a.text(0, "prefix")));
      }
      case "endswith" -> {
        a.expect(1, 1);
        yield Values.of(text.endsWith(a.text(0, "suffix")));
      }
      case "count" -> {
        a.expect(1, 1);
        String part = a.text(0, "sub");
        yield new Value.Int(
            part.isEmpty() ? text.length() + 1 : text.split(Pattern.quote(part), -1).length - 1);
      }
      case "find" -> {
        a.expect(1, 1);
        yield new Value.Int(text.indexOf(a.text(0, "sub")));
      }
      default -> {
        a.expect(1, 1);
        yield joined(a.get(0, "list"), text, budget, at);
      }
    };
  }

  static String cased(String text, String name) {
    if (name.equals("upper")) {
      return text.toUpperCase(Locale.ROOT);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (name.equals("lower") || lower.isEmpty()) {
      return lower;
    }
    var out = new StringBuilder(lower.substring(0, 1).toUpperCase(Locale.ROOT));
    for (int i = 1; i < lower.length(); i++) {
      boolean begins = name.equals("title") && !Character.isLetter(lower.charAt(i - 1));
      String letter = lower.substring(i, i + 1);
      out.append(begins ? letter.toUpperCase(Locale.ROOT) : letter);
    }
    return out.toString();
  }

  static String stripped(String text, String name, String letters) {
    int from = 0;
    int to = text.length();
    while (!name.equals("rstrip") && from < to && strips(text.charAt(from), letters)) {
      from++;
    }
    while (!name.equals("lstrip") && to > from && strips(text.charAt(to - 1), letters)) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean strips(char c, String letters) {
    return letters.isEmpty() ? Character.isWhitespace(c) : letters.indexOf(c) >= 0;
  }

  private static List<Value> split(String text, String separator) {
    if (separator.isEmpty()) {
      String stripped = text.strip();
      return stripped.isEmpty()
          ? List.of()
          : BLANKS.splitAsStream(stripped).<Value>map(Text::new).toList();
    }
    return Arrays.stream(text.split(Pattern.quote(separator), -1)).<Value>map(Text::new).toList();
  }

  static Value replaced(String text, String old, String with, Budget budget, Position at) {
    if (old.isEmpty()) {
      throw at.error("'replace' is given no text to replace");
    }
    budget.make((text.length() / old.length() + 1L) * (1L + with.length()), at);
    return budget.text(text.replace(old, with), at);
  }

  static Value joined(Value list, String separator, Budget budget, Position at) {
    List<Value> members = Conversions.members(list, "what is joined", at);
    budget.make(list.weight() + (long) separator.length() * members.size(), at);
    return budget.text(String.join(separator, members.stream().map(Printing::text).toList()), at);
  }
}
