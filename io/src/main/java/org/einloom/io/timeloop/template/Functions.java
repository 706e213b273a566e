package org.einloom.io.timeloop.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Namespace;
import org.einloom.io.timeloop.template.Value.Real;

/** The functions that expressions can call. */
public final class Functions {
  private final Budget budget;
  private final Map<String, Value> functions = new LinkedHashMap<>();

  private Functions(Budget budget) {
    this.budget = budget;
  }

  /** What is known in values of YAML files: functions of Python's {@code math}, and some more. */
  public static Scope python(Budget budget) {
    var f = new Functions(budget);
    f.general();
    Mathematics.add(f);
    return f.scope();
  }

  /** What is known in templates. */
  static Scope template(Budget budget) {
    var f = new Functions(budget);
    f.add("range", (a, at) -> f.range(a, at));
    f.add(
        "namespace",
        (a, at) -> {
          a.expect(0, 0, a.named().keySet().toArray(String[]::new));
          var space = new Namespace();
          space.entries.putAll(a.named());
          return space;
        });
    f.add(
        "dict",
        (a, at) -> {
          a.expect(0, 0, a.named().keySet().toArray(String[]::new));
          var entries = new LinkedHashMap<Value, Value>();
          a.named().forEach((k, v) -> entries.put(new Value.Text(k), v));
          return budget.table(entries, at);
        });
    return f.scope();
  }

  private Scope scope() {
    var scope = new Scope(null);
    functions.forEach(scope::set);
    return scope;
  }

  void add(String name, Value.Body body) {
    functions.put(name, new Callable(name, body));
  }

  void constant(String name, double value) {
    functions.put(name, new Real(value));
  }

  private void general() {
    add("range", this::range);
    add("abs", (a, at) -> abs(a.get(0, "x"), count(a, 1, 1)));
    add("round", this::round);
    for (String name : List.of("min", "max", "sum")) {
      add(name, (a, at) -> reduce(name, one(a, name.equals("sum")), at, budget));
    }
    add("len", (a, at) -> new Int(list(count(a, 1, 1)).size()));
    add("list", (a, at) -> budget.items(list(count(a, 1, 1)), at));
    add("tuple", (a, at) -> budget.items(list(count(a, 1, 1)), at));
    add(
        "sorted",
        (a, at) -> {
          List<Value> members = new ArrayList<>(list(count(a, 1, 1)));
          members.sort((x, y) -> Comparison.compare(x, y, at));
          return budget.items(members, at);
        });
    add(
        "any",
        (a, at) ->
            Values.of(list(count(a, 1, 1)).stream().anyMatch(v -> Conversions.truth(v, at))));
    add(
        "all",
        (a, at) ->
            Values.of(list(count(a, 1, 1)).stream().allMatch(v -> Conversions.truth(v, at))));
    add("enumerate", this::enumerate);
    add("zip", this::zip);
    add(
        "str",
        (a, at) -> {
          budget.make(count(a, 1, 1).get(0, "x").weight(), at);
          return budget.text(Printing.text(a.get(0, "x")), at);
        });
    add("format", (a, at) -> Formatting.of(count(a, 1, 2), budget, at));
    add(
        "map",
        (a, at) -> {
          count(a, 2, 2);
          List<Value> mapped = new ArrayList<>();
          for (Value v : Conversions.members(a.get(1, "list"), "what 'map' is given", at)) {
            mapped.add(call(a.get(0, "function"), v, at));
          }
          return budget.items(mapped, at);
        });
    add(
        "filter",
        (a, at) -> {
          count(a, 2, 2);
          List<Value> kept = new ArrayList<>();
          for (Value v : Conversions.members(a.get(1, "list"), "what 'filter' is given", at)) {
            if (Conversions.truth(call(a.get(0, "function"), v, at), at)) {
              kept.add(v);
            }
          }
          return budget.items(kept, at);
        });
    add("bool", (a, at) -> Values.of(Conversions.truth(count(a, 1, 1).get(0, "x"), at)));
    add("int", (a, at) -> cast(count(a, 1, 1).get(0, "x"), true, at));
    add("float", (a, at) -> cast(count(a, 1, 1).get(0, "x"), false, at));
  }

  private static Value call(Value function, Value argument, Position at) {
    if (!(function instanceof Callable c)) {
      throw at.error(function.kind() + " is called", "expected a function, as 'lambda x: 2 * x'");
    }
    return c.body().call(new Arguments("'" + c.name() + "'", List.of(argument), Map.of(), at), at);
  }

  static Arguments count(Arguments a, int least, int most) {
    a.expect(least, most);
    return a;
  }

  private static List<Value> list(Arguments a) {
    return Conversions.members(a.get(0, "list"), "what " + a.of() + " is given", a.at());
  }

  private static List<Value> one(Arguments a, boolean always) {
    if (always || a.values().size() == 1) {
      return list(count(a, 1, 1));
    }
    a.expect(2, 1_000);
    return a.values();
  }

  private static Value cast(Value value, boolean whole, Position at) {
    if (Conversions.isText(value)) {
      return Conversions.parseNumber(Printing.text(value), whole, at);
    }
    if (whole && value instanceof Int) {
      return value;
    }
    double number =
        Conversions.number(value, "what '" + (whole ? "int" : "float") + "' is given", at);
    return whole ? Operators.toWhole(number, at) : new Real(number);
  }

  private Value range(Arguments a, Position at) {
    a.expect(1, 3);
    boolean single = a.values().size() == 1;
    long from = single ? 0 : a.whole(0, "start");
    long to = single ? a.whole(0, "stop") : a.whole(1, "stop");
    long step = a.whole(2, "step", 1);
    if (step == 0) {
      throw at.error("a range with steps of 0");
    }
    // as doubles, so that no difference of two longs overflows; exact where it matters
    double count = Math.max(0, Math.ceil(((double) to - (double) from) / step));
    budget.make(count > Budget.LARGEST ? Long.MAX_VALUE / 4 : (long) count, at);
    List<Value> values = new ArrayList<>();
    for (long i = 0; i < (long) count; i++) {
      values.add(new Int(from + i * step));
    }
    return budget.items(values, at);
  }

  private Value enumerate(Arguments a, Position at) {
    a.expect(1, 2, "start");
    long start = a.whole(1, "start", 0);
    List<Value> pairs = new ArrayList<>();
    for (Value v : list(a)) {
      pairs.add(Items.of(List.of(new Int(start + pairs.size()), v)));
    }
    return budget.items(pairs, at);
  }

  private Value zip(Arguments a, Position at) {
    a.expect(1, 10);
    List<List<Value>> lists =
        a.values().stream().map(v -> Conversions.members(v, "what 'zip' is given", at)).toList();
    int least = lists.stream().mapToInt(List::size).min().orElse(0);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < least; i++) {
      int row = i;
      rows.add(Items.of(lists.stream().map(l -> l.get(row)).toList()));
    }
    return budget.items(rows, at);
  }

  private Value round(Arguments a, Position at) {
    a.expect(1, 2, "ndigits");
    if (a.find(1, "ndigits") == null) {
      return a.get(0, "x") instanceof Int i
          ? i
          : Operators.toWhole(Math.rint(a.number(0, "x")), at);
    }
    long digits = a.whole(1, "ndigits");
    if (Math.abs(digits) > 15) {
      throw at.error("'round' is asked for " + digits + " digits", "expected up to 15");
    }
    return new Real(rounded(a.number(0, "x"), (int) digits));
  }

  /** To a number of digits behind the point, halves to the even neighbour. */
  static double rounded(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }

  static Value abs(Value value, Arguments a) {
    return switch (value) {
      case Int i when i.value() != Long.MIN_VALUE -> new Int(Math.abs(i.value()));
      case Bool b -> new Int(b.value() ? 1 : 0);
      default ->
          new Real(Math.abs(Conversions.number(value, "what " + a.of() + " is given", a.at())));
    };
  }

  /** The least, the largest or the sum of some values. */
  static Value reduce(String name, List<Value> values, Position at, Budget budget) {
    if (name.equals("sum")) {
      return fold(new Int(0), values, (x, y) -> Operators.apply("+", x, y, budget, at));
    }
    if (values.isEmpty()) {
      throw at.error("'" + name + "' is given an empty list");
    }
    int sign = name.equals("min") ? 1 : -1;
    return fold(
        values.getFirst(), values, (x, y) -> sign * Comparison.compare(y, x, at) < 0 ? y : x);
  }

  private static Value fold(Value first, List<Value> values, BiFunction<Value, Value, Value> join) {
    Value result = first;
    for (Value v : values) {
      result = join.apply(result, v);
    }
    return result;
  }
}
