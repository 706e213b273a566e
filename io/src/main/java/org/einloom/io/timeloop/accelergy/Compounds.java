package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.accelergy.CompoundClass.Indexed;
import org.einloom.io.timeloop.template.Printing;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.yaml.YamlNode;

/**
 * Takes compound classes apart, as Accelergy does: an action of a compound costs what its
 * subcomponents' actions cost, its area is theirs. A class that is defined here goes before one of
 * Accelergy's library of the same name.
 *
 * <p>Meaning after Accelergy's compound components (Wu, Emer and Sze, ICCAD 2019), format 0.4.
 */
final class Compounds {
  private static final int DEEPEST = 20;

  /** Parts and actions of parts of one component, of all depths together. */
  private static final int MOST = 20_000;

  /** What an attribute of a compound is to its parts where they do not say otherwise. */
  private static final List<String> PASSED_ON =
      List.of("technology", "voltage", "global_cycle_seconds", "cycle_seconds");

  /** What Timeloop charges for, and what older classes call it. */
  private static final Map<String, List<String>> ACTIONS =
      Map.of(
          "read", List.of("read"),
          "write", List.of("write", "fill"),
          "update", List.of("update", "write", "fill"),
          "compute", List.of("compute", "mac_random", "mac", "compute_random"));

  /** What it charges for besides, of sparse tensors. */
  private static final Pattern FINE =
      Pattern.compile(
          "(random|gated|skipped)_.*|metadata_.*|.*_(gated|skipped)|(de)?compression_count");

  private final Map<String, CompoundClass> classes;
  private final CompoundValues values = new CompoundValues();
  private int steps;

  Compounds(Map<String, CompoundClass> classes) {
    this.classes = new LinkedHashMap<>(classes);
  }

  /**
   * What a component is made of.
   *
   * @throws InputException if its class, or that of a part, is not known, or says too little
   */
  Match match(Given given) {
    CompoundClass of = classes.get(given.type());
    return of == null ? library(given) : whole(of, given);
  }

  /** What the class of a level names, if a user has defined it. */
  Set<String> attributes(String type) {
    CompoundClass of = classes.get(type);
    return of == null ? Set.of() : KnownAttributes.of(of);
  }

  private Match library(Given given) {
    try {
      return AccelergyClasses.match(given);
    } catch (InputException e) {
      if (classes.isEmpty() || AccelergyClasses.knows(given.type())) {
        throw e;
      }
      String own = "or a class of 'compound_components': " + String.join(", ", classes.keySet());
      throw new InputException(
          new Position(e.file(), e.line(), e.column()), e.problem(), e.hint() + "; " + own, e);
    }
  }

  /** The match of a component of a level: its actions by the names that Timeloop charges for. */
  private Match whole(CompoundClass of, Given given) {
    steps = 0;
    Taken taken = take(of, given, new LinkedHashSet<>());
    var actions = new LinkedHashMap<String, List<Match.Use>>();
    List<String> notes = new ArrayList<>();
    for (String name : List.of("read", "write", "update", "compute")) {
      List<String> known = ACTIONS.getOrDefault(name, List.of(name));
      known.stream()
          .filter(of.actions()::containsKey)
          .findFirst()
          .ifPresent(own -> actions.put(name, taken.uses(own)));
    }
    of.actions().keySet().stream()
        .filter(name -> FINE.matcher(name).matches())
        .forEach(name -> actions.putIfAbsent(name, taken.uses(name)));
    if (of.actions().containsKey(Match.LEAK)) {
      actions.put(Match.LEAK, taken.uses(Match.LEAK));
    } else {
      notes.add("the class has no action 'leak', so it leaks nothing, as in Accelergy");
    }
    actions.put(Match.AREA, taken.area);
    notes.addAll(taken.misspelt);
    notes.add("so the class is defined at " + of.at());
    return new Match(of.name(), taken.parts, actions, notes);
  }

  /** A compound whose attributes are known. */
  private final class Taken {
    final CompoundClass of;
    final Given given;
    final Scope scope;
    final List<Match.Part> parts = new ArrayList<>();
    final List<Match.Use> area = new ArrayList<>();
    final Map<String, Sub> subs = new LinkedHashMap<>();

    /** What is said of attributes of its parts that mean nothing. */
    final List<String> misspelt = new ArrayList<>();

    Taken(CompoundClass of, Given given, Scope scope) {
      this.of = of;
      this.given = given;
      this.scope = scope;
    }

    /** What an action does, its arguments as large as they can be. */
    List<Match.Use> uses(String action) {
      return uses(of.actions().get(action), Map.of());
    }

    private List<Match.Use> uses(
        CompoundClass.@org.jspecify.annotations.Nullable Action action, Map<String, Value> given) {
      if (action == null) {
        return List.of();
      }
      Map<String, Value> arguments = new LinkedHashMap<>();
      action.arguments().forEach((name, v) -> arguments.put(name, most(v, name, scope)));
      arguments.putAll(given);
      Scope inner = CompoundValues.inside(scope, arguments);
      List<Match.Use> all = new ArrayList<>();
      for (CompoundClass.Use use : action.uses()) {
        step(use.at());
        Sub sub = sub(use);
        double times = howMany(use.part(), sub, inner) * sub.share;
        for (YamlNode share : use.shares()) {
          times *= values.number(share, inner, "action_share");
        }
        for (Match.Use u : sub.uses(use, passed(use, inner))) {
          all.add(new Match.Use(sub.first + u.part(), u.action(), times * u.times()));
        }
      }
      return all;
    }

    private Map<String, Value> passed(CompoundClass.Use use, Scope inner) {
      Map<String, Value> passed = new LinkedHashMap<>();
      use.arguments().forEach((name, v) -> passed.put(name, most(v, name, inner)));
      return passed;
    }

    private Sub sub(CompoundClass.Use use) {
      Sub sub = subs.get(use.part().base());
      if (sub == null) {
        throw use.part()
            .at()
            .at()
            .error(
                "class '%s' has no subcomponent '%s'".formatted(of.name(), use.part().base()),
                "expected " + Words.list(subs.keySet()),
                Words.didYouMean(use.part().base(), subs.keySet()));
      }
      return sub;
    }

    /** How many of a subcomponent do something. */
    private double howMany(Indexed name, Sub sub, Scope inner) {
      if (name.from().isEmpty()) {
        return 1;
      }
      long from = values.index(name.from(), name, inner);
      long to = values.index(name.to(), name, inner);
      if (from < sub.from || to > sub.to || from > to) {
        throw name.at()
            .at()
            .error(
                "'%s' of class '%s' has the indices %d to %d, not %d to %d"
                    .formatted(name.base(), of.name(), sub.from, sub.to, from, to));
      }
      return to - from + 1;
    }
  }

  /**
   * A subcomponent.
   *
   * @param first place of its first part in the list of the compound
   * @param from its first index
   * @param to its last index
   * @param share what the energy of its actions counts
   */
  private record Sub(
      Match match,
      @org.jspecify.annotations.Nullable Taken inside,
      int first,
      long from,
      long to,
      double share) {
    List<Match.Use> uses(CompoundClass.Use use, Map<String, Value> arguments) {
      if (inside != null) {
        CompoundClass.Action action = inside.of.actions().get(use.action());
        if (action == null && !use.action().equals(Match.LEAK)) {
          throw unknown(use, inside.of.actions().keySet());
        }
        return inside.uses(action, arguments);
      }
      if (idle(arguments)) {
        return List.of();
      }
      List<Match.Use> uses = match.actions().get(use.action());
      if (uses == null) {
        List<String> known = new ArrayList<>(match.actions().keySet());
        known.remove(Match.AREA);
        throw unknown(use, known);
      }
      return uses;
    }

    private InputException unknown(CompoundClass.Use use, java.util.Collection<String> known) {
      return use.at()
          .error(
              "'%s' of class '%s' has no action '%s'"
                  .formatted(use.part().base(), match.accelergyClass(), use.action()),
              "expected one of " + String.join(", ", known),
              Words.didYouMean(use.action(), known));
    }

    /** Neither address nor data change: Accelergy's way to say that a memory does nothing. */
    private static boolean idle(Map<String, Value> arguments) {
      Value zero = new Value.Int(0);
      return arguments.containsKey("address_delta")
          && zero.equals(arguments.get("address_delta"))
          && zero.equals(arguments.getOrDefault("data_delta", zero));
    }
  }

  private void step(Position at) {
    if (++steps > MOST) {
      throw at.error(
          "a component has more than " + MOST + " parts and actions of parts",
          "no hardware needs that many: parts that are alike are one with a range, 'adder[0..63]'");
    }
  }

  private Taken take(CompoundClass of, Given given, SequencedSet<String> above) {
    if (!above.add(of.name()) || above.size() > DEEPEST) {
      throw of.at()
          .error(
              "class '%s' is a part of itself: %s"
                  .formatted(of.name(), String.join(" has ", above) + " has " + of.name()));
    }
    Map<String, Value> own = new LinkedHashMap<>();
    given
        .values()
        .forEach(
            (name, item) ->
                own.put(
                    name,
                    values.value(
                        new YamlNode.Scalar(item.text(), false, false, item.at(), item.at()),
                        values.scope(Map.of()),
                        name)));
    SequencedMap<String, Value> attributes = values.attributes(of, own, given.owner(), given.at());
    var taken = new Taken(of, given, values.scope(attributes));
    for (CompoundClass.Part part : of.parts()) {
      add(taken, part, attributes, above);
    }
    above.remove(of.name());
    return taken;
  }

  private void add(
      Taken taken,
      CompoundClass.Part part,
      Map<String, Value> attributes,
      SequencedSet<String> above) {
    step(part.at());
    Indexed name = part.name();
    long from = name.from().isEmpty() ? 0 : values.index(name.from(), name, taken.scope);
    long to = name.from().isEmpty() ? 0 : values.index(name.to(), name, taken.scope);
    long count = Math.max(0, to - from + 1);
    Given inner = given(taken, part, attributes);
    CompoundClass of = classes.get(part.type());
    Taken inside = of == null ? null : take(of, inner, above);
    taken.misspelt.addAll(misspelt(part, of));
    if (inside != null) {
      taken.misspelt.addAll(inside.misspelt);
    }
    Match match =
        inside == null
            ? library(inner)
            : new Match(part.type(), inside.parts, new LinkedHashMap<>(), List.of());
    int first = taken.parts.size();
    for (Match.Part p : match.parts()) {
      taken.parts.add(
          new Match.Part(
              name.base() + (match.parts().size() == 1 && of == null ? "" : "." + p.name()),
              p.componentClass(),
              p.attributes(),
              Math.multiplyExact(p.count(), count)));
    }
    double share = share(part.energyShares(), taken.scope, "energy_scale");
    Sub sub = new Sub(match, inside, first, from, to, share);
    if (taken.subs.putIfAbsent(name.base(), sub) != null) {
      throw name.at().at().error("a second subcomponent named '" + name.base() + "'");
    }
    double areas = count * share(part.areaShares(), taken.scope, "area_share");
    List<Match.Use> area =
        inside == null ? match.actions().getOrDefault(Match.AREA, List.of()) : inside.area;
    area.forEach(
        u -> taken.area.add(new Match.Use(first + u.part(), u.action(), areas * u.times())));
  }

  private static List<String> misspelt(
      CompoundClass.Part part, @org.jspecify.annotations.Nullable CompoundClass of) {
    Set<String> known = of == null ? Set.of() : KnownAttributes.of(of);
    List<String> notes = new ArrayList<>();
    part.attributes()
        .forEach(
            (name, node) ->
                KnownAttributes.meant(name, known)
                    .ifPresent(
                        near ->
                            notes.add(
                                "attribute %s of its part '%s' means nothing, at %s; did you mean '%s'?"
                                    .formatted(
                                        Words.quote(name), part.name().base(), node.at(), near))));
    return notes;
  }

  private double share(List<YamlNode> shares, Scope scope, String key) {
    double product = 1;
    for (YamlNode share : shares) {
      product *= values.number(share, scope, key);
    }
    return product;
  }

  /** A subcomponent as if a file named it. */
  private Given given(Taken taken, CompoundClass.Part part, Map<String, Value> attributes) {
    var all = new LinkedHashMap<String, Given.Item>();
    part.attributes()
        .forEach(
            (name, node) -> {
              Value value = values.value(node, taken.scope, name);
              all.put(name, new Given.Item(text(name, value), node.at()));
            });
    for (String name : PASSED_ON) {
      Value value = attributes.get(name);
      if (value != null) {
        all.putIfAbsent(name, new Given.Item(Printing.text(value), taken.given.at()));
      }
    }
    String owner = "'" + part.name().base() + "' in " + taken.given.owner();
    return new Given(owner, part.type(), all, part.at());
  }

  /** Sizes that come out of expressions are rounded up: hardware has whole bits and rows. */
  private static String text(String name, Value value) {
    boolean size = name.endsWith("width") || name.endsWith("depth") || name.equals("n_bits");
    return Printing.text(
        size && value instanceof Value.Real r && Math.abs(r.value()) < 1L << 50
            ? new Value.Int((long) Math.ceil(r.value() - 1e-9))
            : value);
  }

  /** The value of an argument, or the last of a range {@code 0..1}. */
  private Value most(YamlNode node, String key, Scope scope) {
    if (node instanceof YamlNode.Scalar s && s.value().contains("..")) {
      String last = s.value().substring(s.value().indexOf("..") + 2);
      return values.value(new YamlNode.Scalar(last, true, false, s.at(), s.at()), scope, key);
    }
    return values.value(node, scope, key);
  }
}
