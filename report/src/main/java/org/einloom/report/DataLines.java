package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.profile.DataAttributes.Use;
import org.einloom.profile.LayerUse;
import org.einloom.profile.Profile;
import org.einloom.profile.TensorData;
import org.einloom.workload.Counted;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;

/** What was measured of the tensors of layers, in words. */
final class DataLines {
  private static final int MOST_LAYERS = 4;

  private DataLines() {}

  /** What a result made of it. */
  static List<String> of(DataUse data) {
    List<String> lines = new ArrayList<>();
    lines.add("data: %s, measured on %s (%s)".formatted(data.model(), data.inputs(), data.file()));
    lines.add("data: densities " + densities(data));
    List<LayerUse> layers = data.layers();
    Map<String, List<Use.Measured>> measured = new LinkedHashMap<>();
    Set<String> others = new LinkedHashSet<>();
    for (LayerUse l : layers) {
      for (Use use : l.uses()) {
        String name = use.node() + " " + use.attribute();
        switch (use) {
          case Use.Measured m -> measured.computeIfAbsent(name, n -> new ArrayList<>()).add(m);
          case Use.Given g ->
              others.add(
                  "data: not used for %s: the design's file gives it as %s"
                      .formatted(name, g.value()));
          case Use.Unknown u ->
              others.add(
                  "data: %s keeps its default in %s: nothing is known of %s"
                      .formatted(name, l.layer(), String.join(", ", u.tensors())));
        }
      }
    }
    if (!measured.isEmpty()) {
      lines.add(
          measured.entrySet().stream()
              .map(e -> e.getKey() + " " + range(e.getValue()))
              .collect(Collectors.joining("; ", "data: used for ", "")));
    }
    others.stream().limit(2 * MOST_LAYERS).forEach(lines::add);
    if (others.size() > 2 * MOST_LAYERS) {
      lines.add("data: and " + (others.size() - 2 * MOST_LAYERS) + " more such");
    }
    if (layers.stream().noneMatch(LayerUse::changesCosts)) {
      lines.add(
          "data: no cost of this design depends on it"
              + (measured.isEmpty() ? "" : " (zeros: only with zero_gating)"));
    }
    return lines;
  }

  private static String densities(DataUse data) {
    List<LayerUse> known =
        data.layers().stream().filter(l -> !l.data().tensors().isEmpty()).toList();
    String shown =
        known.stream()
            .limit(MOST_LAYERS)
            .map(l -> l.layer() + ": " + densities(l))
            .collect(Collectors.joining("; "));
    int left = data.layers().size() - known.size();
    return shown
        + (known.size() > MOST_LAYERS
            ? "; and " + Counted.of(known.size() - MOST_LAYERS, "more layer")
            : "")
        + (left > 0 ? "; of " + Counted.of(left, "layer") + " nothing is known" : "");
  }

  private static String densities(LayerUse layer) {
    return layer.data().tensors().values().stream()
        .map(t -> t.tensor() + " " + share(t.density()))
        .collect(Collectors.joining(", "));
  }

  /** {@code 0.2 to 0.4, mean of input, weight by their bits}. */
  private static String range(List<Use.Measured> uses) {
    double least = uses.stream().mapToDouble(Use.Measured::value).min().orElse(0);
    double most = uses.stream().mapToDouble(Use.Measured::value).max().orElse(0);
    Use.Measured first = uses.getFirst();
    String tensors = String.join(", ", first.tensors());
    return share(least)
        + (most > least ? " to " + share(most) : "")
        + (first.attribute().equals("toggle")
            ? first.tensors().size() == 1
                ? " (of " + tensors + ")"
                : " (mean of " + tensors + " by their bits)"
            : " (from the densities of " + tensors + ")");
  }

  /** The densities of the layers of a workload, for those of which any is known. */
  static List<String> of(Profile profile, Workload workload) {
    List<String> lines = new ArrayList<>();
    lines.add("densities, measured on %s of %s:".formatted(profile.inputs(), profile.model()));
    Map<String, List<String>> occurrences = Occurrences.of(workload);
    int unknown = 0;
    for (var distinct : workload.distinctLayers()) {
      List<String> names =
          Optional.ofNullable(occurrences.get(distinct.layer().name())).orElseThrow();
      List<String> tensors = new ArrayList<>();
      for (TensorAccess t : distinct.layer().einsum().tensors()) {
        OptionalDouble density = profile.density(names, t.name());
        if (density.isPresent()) {
          tensors.add(t.name() + " " + share(density.getAsDouble()));
        }
      }
      if (tensors.isEmpty()) {
        unknown++;
      } else {
        lines.add("  " + distinct.layer().name() + ": " + String.join(", ", tensors));
      }
    }
    if (unknown > 0) {
      lines.add("  of " + unknown + " distinct layers nothing is known");
    }
    return lines;
  }

  static String share(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** As JSON. */
  static Map<String, Object> json(LayerUse layer) {
    var json = new LinkedHashMap<String, Object>();
    var tensors = new LinkedHashMap<String, Object>();
    for (TensorData t : layer.data().tensors().values()) {
      var tensor = new LinkedHashMap<String, Object>();
      tensor.put("bits", t.bits());
      tensor.put("density", t.density());
      if (t.toggle().isPresent()) {
        tensor.put("toggle", t.toggle().getAsDouble());
      }
      tensors.put(t.tensor(), tensor);
    }
    json.put("tensors", tensors);
    List<Object> uses = new ArrayList<>();
    for (Use use : layer.uses()) {
      var one = new LinkedHashMap<String, Object>();
      one.put("component", use.node());
      one.put("attribute", use.attribute());
      switch (use) {
        case Use.Measured m -> {
          one.put("status", "measured");
          one.put("value", m.value());
          one.put("tensors", m.tensors());
        }
        case Use.Given g -> {
          one.put("status", "given");
          one.put("value", g.value());
        }
        case Use.Unknown u -> {
          one.put("status", "unknown");
          one.put("tensors", u.tensors());
        }
      }
      uses.add(one);
    }
    json.put("attributes", uses);
    json.put("changesCosts", layer.changesCosts());
    return json;
  }
}
