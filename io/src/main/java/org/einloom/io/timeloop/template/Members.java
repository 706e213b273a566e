package org.einloom.io.timeloop.template;

import java.util.List;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Namespace;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Text;
import org.einloom.io.timeloop.template.Value.Undefined;

/** Members of values: entries of tables, and the few methods that values have. */
final class Members {
  static final String HIDDEN_RULE = "templates and expressions see data only";

  private final Budget budget;

  Members(Budget budget) {
    this.budget = budget;
  }

  /** What is said of names that lead into an interpreter. */
  static String hidden(String name) {
    return "the name " + Words.quote(name) + " is refused";
  }

  /** {@code of.name}. */
  Value member(Value of, String name, Position at) {
    if (name.startsWith("_")) {
      throw at.error(hidden(name), HIDDEN_RULE);
    }
    Value found =
        switch (of) {
          case Namespace n -> n.entries.get(name);
          case Table t -> t.entries().get(new Text(name));
          default -> null;
        };
    if (found != null) {
      return found;
    }
    if (Methods.known(of, name)) {
      return new Callable(name, (arguments, place) -> Methods.call(of, name, arguments, budget));
    }
    List<String> known = names(of);
    return new Undefined(
        of.kind()
            + " has no "
            + Words.quote(name)
            + (known.isEmpty() ? "" : "; it has " + Words.list(known)));
  }

  private static List<String> names(Value of) {
    return switch (of) {
      case Table t -> t.entries().keySet().stream().map(Printing::text).toList();
      case Namespace n -> List.copyOf(n.entries.keySet());
      default -> Methods.of(of);
    };
  }

  /** {@code of[index]}. */
  Value index(Value of, Value index, Position at) {
    if (Conversions.isText(index) && Printing.text(index).startsWith("__")) {
      throw at.error(hidden(Printing.text(index)), HIDDEN_RULE);
    }
    if (of instanceof Table t) {
      Value value = t.entries().get(Comparison.key(index, at));
      return value != null
          ? value
          : new Undefined(
              "a table has no key "
                  + Words.quote(Printing.text(index))
                  + "; it has "
                  + Words.list(names(of)));
    }
    if (of instanceof Namespace && Conversions.isText(index)) {
      return member(of, Printing.text(index), at);
    }
    List<Value> members = Conversions.members(of, "what is before '['", at);
    long i = Conversions.whole(index, "an index", at);
    long from = i < 0 ? i + members.size() : i;
    return from >= 0 && from < members.size()
        ? members.get((int) from)
        : new Undefined("index " + i + " of " + of.kind() + " with " + members.size() + " members");
  }

  /** {@code of[from:to]}. */
  Value slice(Value of, Value from, Value to, Position at) {
    String text = Conversions.isText(of) ? Printing.text(of) : "";
    int size = of instanceof Items l ? l.values().size() : text.length();
    int start = bound(from, 0, size, at);
    int end = Math.max(start, bound(to, size, size, at));
    if (of instanceof Items l) {
      return budget.items(l.values().subList(start, end), at);
    }
    return budget.text(Conversions.text(of, "what is before '['", at).substring(start, end), at);
  }

  private static int bound(Value value, int otherwise, int size, Position at) {
    if (value instanceof Value.None) {
      return otherwise;
    }
    long i = Conversions.whole(value, "an index", at);
    return (int) Math.max(0, Math.min(size, i < 0 ? i + size : i));
  }
}
