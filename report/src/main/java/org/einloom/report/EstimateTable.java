package org.einloom.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.component.Attribute;
import org.einloom.component.ComponentModel;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.component.Kind;
import org.einloom.component.Range;
import org.einloom.component.Value;

/** What components cost, as people read it. */
public final class EstimateTable {
  private EstimateTable() {}

  /** One component: its figures, and how each came about. */
  public static List<String> lines(ComponentModel model, Estimate e) {
    List<String> lines = new ArrayList<>();
    lines.add(e.componentClass() + ": " + model.description());
    lines.add(
        e.attributes().values().entrySet().stream()
            .map(v -> v.getKey() + " " + shown(attribute(model, v.getKey()), v.getValue()))
            .collect(Collectors.joining(", ")));
    lines.add("model: " + e.model());
    e.notes().forEach(n -> lines.add("note: " + n));
    lines.add("");
    var derivations = new DerivationLines();
    e.actions()
        .forEach(
            (name, a) -> {
              figure(lines, name + " energy", "pJ", a.energyPj(), derivations);
              figure(lines, name + " latency", "ns", a.latencyNs(), derivations);
            });
    figure(lines, "area", "um2", e.areaUm2(), derivations);
    figure(lines, "leakage", "uW", e.leakageUw(), derivations);
    if (!derivations.sources().isEmpty()) {
      lines.add("");
      lines.addAll(derivations.sources());
    }
    return lines;
  }

  private static void figure(
      List<String> lines, String name, String unit, Derivation d, DerivationLines derivations) {
    lines.add(name + ": " + DerivationLines.number(d.value()) + " " + unit + certainty(d));
    derivations.of(d).forEach(l -> lines.add("    " + l));
  }

  private static String certainty(Derivation d) {
    Optional<Range> range = d.range().filter(r -> r.high() - r.low() > 1e-9);
    return (d.value() > 0 && d.standing().isAssumption() ? " (" + d.standing().label() + ")" : "")
        + (d.extrapolated() ? " (extrapolated)" : "")
        + range
            .map(r -> String.format(Locale.ROOT, " (x %.2f to %.2f)", r.low(), r.high()))
            .orElse("");
  }

  private static Attribute attribute(ComponentModel model, String name) {
    return model.attributes().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  /** A value with its unit. */
  static String shown(Attribute attribute, Value value) {
    return switch (value) {
      case Value.Word w -> w.word();
      case Value.Amount a -> attribute.shown(a.number());
    };
  }

  /** The classes that there are. */
  public static List<String> classes(Collection<ComponentModel> models) {
    int width = models.stream().mapToInt(m -> m.componentClass().length()).max().orElse(0);
    return models.stream()
        .map(
            m ->
                String.format(
                    Locale.ROOT, "%-" + width + "s  %s", m.componentClass(), m.description()))
        .toList();
  }

  /** The attributes of a class. */
  public static List<String> attributes(ComponentModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.componentClass() + ": " + model.description() + " (" + model.model() + ")");
    int width = model.attributes().stream().mapToInt(a -> a.name().length()).max().orElse(0);
    for (Attribute a : model.attributes()) {
      lines.add(
          String.format(
              Locale.ROOT, "  %-" + width + "s  %s; %s", a.name(), a.description(), allowed(a)));
    }
    return lines;
  }

  private static String allowed(Attribute a) {
    String values =
        a.kind() == Kind.WORD
            ? "one of " + a.listed()
            : shown(a, Value.of(a.least())) + " to " + shown(a, Value.of(a.most()));
    return values
        + a.fallback().map(f -> ", default " + shown(a, f)).orElse("")
        + (a.required() ? ", required" : "");
  }
}
