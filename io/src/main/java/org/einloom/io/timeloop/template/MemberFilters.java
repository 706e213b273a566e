package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;

/** Filters that do something to every member of a list, and {@code tojson}. */
final class MemberFilters {
  static final List<String> NAMES = List.of("map", "reject", "select", "tojson");

  private MemberFilters() {}

  static Value apply(String name, Value of, Arguments a, Budget budget) {
    if (name.equals("tojson")) {
      a.expect(0, 0);
      return budget.text(json(of, a.at()), a.at());
    }
    Position at = a.at();
    List<Value> results = new ArrayList<>();
    for (Value member : Conversions.members(of, "what " + a.of() + " is given", at)) {
      budget.step(at);
      if (name.equals("map")) {
        results.add(mapped(member, a, budget));
      } else if (passes(member, a) == name.equals("select")) {
        results.add(member);
      }
    }
    return budget.items(results, at);
  }

  private static Value mapped(Value member, Arguments a, Budget budget) {
    if (a.named().containsKey("attribute")) {
      a.expect(1, 0, "attribute");
      return Conversions.defined(
          new Members(budget).member(member, a.text(0, "attribute"), a.at()), a.at());
    }
    String filter = a.text(0, "filter");
    var inner =
        new Arguments(
            "filter '" + filter + "'", a.values().subList(1, a.values().size()), a.named(), a.at());
    return Filters.apply(filter, member, inner, budget);
  }

  private static boolean passes(Value member, Arguments a) {
    if (a.values().isEmpty()) {
      a.expect(0, 0);
      return Conversions.truth(member, a.at());
    }
    List<Value> values = a.values().subList(1, a.values().size());
    return Tests.holds(member, a.text(0, "test"), values, a.at());
  }

  private static String json(Value value, Position at) {
    return switch (value) {
      case Value.None n -> "null";
      case Value.Bool b -> b.value() ? "true" : "false";
      case Value.Int i -> Long.toString(i.value());
      case Value.Real r when Double.isFinite(r.value()) -> Printing.text(r);
      case Value.Text t -> quoted(t.value());
      case Value.Written w -> quoted(w.text().text());
      case Value.Items l ->
          String.join(", ", l.values().stream().map(v -> json(v, at)).toList())
              .transform(s -> "[" + s + "]");
      case Value.Table t ->
          String.join(", ", t.entries().entrySet().stream().map(e -> entry(e, at)).toList())
              .transform(s -> "{" + s + "}");
      default -> throw at.error("filter 'tojson' is given " + value.kind(), "expected data");
    };
  }

  private static String entry(Map.Entry<Value, Value> e, Position at) {
    return quoted(Printing.text(e.getKey())) + ": " + json(e.getValue(), at);
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : "" + c);
      }
    }
    return out.append('"').toString();
  }
}
