package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Undefined;

/** The filters that templates can use. */
final class Filters {
  static final List<String> NAMES =
      List.of(
          "abs",
          "capitalize",
          "count",
          "d",
          "default",
          "dictsort",
          "first",
          "float",
          "indent",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "max",
          "min",
          "reject",
          "replace",
          "reverse",
          "round",
          "select",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "unique",
          "upper");

  private Filters() {}

  static Value apply(String name, Value of, Arguments a, Budget budget) {
    Position at = a.at();
    if (!NAMES.contains(name)) {
      throw at.error(
          "the filter " + Words.quote(name) + " is not supported",
          "known are " + String.join(", ", NAMES),
          Words.didYouMean(name, NAMES));
    }
    budget.make(of.weight() / 8, at);
    if (MemberFilters.NAMES.contains(name)) {
      return MemberFilters.apply(name, of, a, budget);
    }
    return switch (name) {
      case "default", "d" -> byDefault(of, a);
      case "int", "float" -> number(of, name.equals("int"), a);
      case "round" -> round(of, a);
      case "abs" -> Functions.abs(of, none(a));
      case "string" -> {
        a.expect(0, 0);
        yield Conversions.isText(of) ? of : budget.text(Printing.text(of), at);
      }
      case "lower", "upper", "title", "capitalize" -> {
        a.expect(0, 0);
        yield budget.text(Methods.cased(Printing.text(of), name), at);
      }
      case "trim" -> {
        a.expect(0, 1, "chars");
        yield budget.text(Methods.stripped(Printing.text(of), "strip", a.text(0, "chars", "")), at);
      }
      case "replace" -> {
        a.expect(2, 2, "old", "new");
        yield Methods.replaced(Printing.text(of), a.text(0, "old"), a.text(1, "new"), budget, at);
      }
      case "indent" -> indent(of, a, budget);
      case "join" -> {
        a.expect(0, 1, "d");
        yield Methods.joined(of, a.text(0, "d", ""), budget, at);
      }
      case "length", "count" -> {
        a.expect(0, 0);
        yield new Int(members(of, a).size());
      }
      default -> list(name, of, a, budget);
    };
  }

  private static Arguments none(Arguments a) {
    a.expect(0, 0);
    return a;
  }

  private static List<Value> members(Value of, Arguments a) {
    return Conversions.members(of, "what " + a.of() + " is given", a.at());
  }

  private static Value byDefault(Value of, Arguments a) {
    a.expect(0, 2, "default_value", "boolean");
    boolean lacks =
        of instanceof Undefined || (a.truth(1, "boolean", false) && !Conversions.truth(of, a.at()));
    if (!lacks) {
      return of;
    }
    Value other = a.find(0, "default_value");
    return other == null ? new Value.Text("") : other;
  }

  private static Value number(Value of, boolean whole, Arguments a) {
    a.expect(0, 1, "default");
    if (Conversions.isText(of)) {
      String text = Printing.text(of);
      try {
        double value = Double.parseDouble(text.strip().replace("_", ""));
        return whole ? Operators.toWhole(value, a.at()) : new Real(value);
      } catch (NumberFormatException e) {
        Value other = a.find(0, "default");
        if (other != null) {
          return other;
        }
        throw a.at()
            .error(
                Words.quote(text) + " is no number",
                "expected one, or " + (whole ? "int" : "float") + "(a value to take instead)");
      }
    }
    if (whole && of instanceof Int) {
      return of;
    }
    double value = Conversions.number(of, "what " + a.of() + " is given", a.at());
    return whole ? Operators.toWhole(value, a.at()) : new Real(value);
  }

  private static Value round(Value of, Arguments a) {
    a.expect(0, 2, "precision", "method");
    String method = a.text(1, "method", "common");
    long digits = a.whole(0, "precision", 0);
    double value = Conversions.number(of, "what " + a.of() + " is given", a.at());
    if (Math.abs(digits) > 15) {
      throw a.at().error("filter 'round' is asked for " + digits + " digits", "expected up to 15");
    }
    double scale = Math.pow(10, (double) digits);
    return new Real(
        switch (method) {
          case "common" -> Functions.rounded(value, (int) digits);
          case "ceil" -> Math.ceil(value * scale) / scale;
          case "floor" -> Math.floor(value * scale) / scale;
          default ->
              throw a.at()
                  .error(
                      "filter 'round' has no method " + Words.quote(method),
                      "expected common, ceil or floor");
        });
  }

  private static Value indent(Value of, Arguments a, Budget budget) {
    a.expect(0, 3, "width", "first", "blank");
    long width = a.whole(0, "width", 4);
    if (width < 0 || width > 200) {
      throw a.at().error("filter 'indent' is asked for " + width + " blanks", "expected up to 200");
    }
    boolean blank = a.truth(2, "blank", false);
    String blanks = " ".repeat((int) width);
    String[] lines = Printing.text(of).split("\n", -1);
    budget.make(of.weight() + lines.length * width, a.at());
    var out = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean indented = i == 0 ? a.truth(1, "first", false) : blank || !lines[i].isEmpty();
      out.append(i == 0 ? "" : "\n").append(indented ? blanks : "").append(lines[i]);
    }
    return budget.text(out.toString(), a.at());
  }

  private static Value list(String name, Value of, Arguments a, Budget budget) {
    Position at = a.at();
    List<Value> members = new ArrayList<>(members(of, a));
    switch (name) {
      case "first", "last" -> {
        a.expect(0, 0);
        return members.isEmpty()
            ? new Undefined("an empty list has no " + name + " member")
            : name.equals("first") ? members.getFirst() : members.getLast();
      }
      case "list" -> {}
      case "items", "dictsort" -> {
        if (!(of instanceof Table t)) {
          throw at.error(a.of() + " is given " + of.kind(), "expected a table");
        }
        members = new ArrayList<>(Methods.pairs(t));
        if (name.equals("dictsort")) {
          members.sort(order(at));
        }
      }
      case "min", "max", "sum" -> {
        a.expect(0, 0);
        return Functions.reduce(name, members, at, budget);
      }
      case "reverse" -> {
        Collections.reverse(members);
        if (Conversions.isText(of)) {
          return Methods.joined(Items.of(members), "", budget, at);
        }
      }
      case "sort" -> {
        a.expect(0, 1, "reverse");
        members.sort(a.truth(0, "reverse", false) ? order(at).reversed() : order(at));
      }
      default -> {
        List<Value> unique = new ArrayList<>();
        for (Value v : members) {
          budget.step(at);
          budget.make(unique.size() / 8, at);
          if (unique.stream().noneMatch(u -> Comparison.same(u, v))) {
            unique.add(v);
          }
        }
        members = unique;
      }
    }
    if (!name.equals("sort")) {
      a.expect(0, 0);
    }
    return budget.items(members, at);
  }

  /** Texts without regard to case, as the filters of templates sort. */
  private static Comparator<Value> order(Position at) {
    return (x, y) ->
        Conversions.isText(x) && Conversions.isText(y)
            ? Printing.text(x)
                .toLowerCase(Locale.ROOT)
                .compareTo(Printing.text(y).toLowerCase(Locale.ROOT))
            : Comparison.compare(x, y, at);
  }
}
