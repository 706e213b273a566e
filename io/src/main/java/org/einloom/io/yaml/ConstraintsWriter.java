package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraint.Bypassed;
import org.einloom.constraint.Constraint.Kept;
import org.einloom.constraint.Constraint.LoopOrder;
import org.einloom.constraint.Constraint.MaxArea;
import org.einloom.constraint.Constraint.MaxEnergy;
import org.einloom.constraint.Constraint.MaxLatency;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;

/** Writes constraints as YAML files that together ask for the same. */
public final class ConstraintsWriter {
  private final Map<String, Map<String, String>> memories = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> fanouts = new LinkedHashMap<>();
  private final Map<String, Map<String, Map<String, String>>> dimensions = new LinkedHashMap<>();
  private final Map<String, String> whole = new LinkedHashMap<>();

  private ConstraintsWriter() {}

  /**
   * The texts: one, unless something is asked of one place twice. None if nothing is asked.
   *
   * @param heading lines to begin with, as comments
   */
  public static List<String> write(MapspaceSpec spec, List<String> heading) {
    List<ConstraintsWriter> files = new ArrayList<>();
    for (Constraint c : spec.constraints().all()) {
      if (files.stream().noneMatch(f -> f.takes(c))) {
        var next = new ConstraintsWriter();
        next.takes(c);
        files.add(next);
      }
    }
    if (!spec.tiling().equals(TilingChoice.OPEN)) {
      if (files.isEmpty()) {
        files.add(new ConstraintsWriter());
      }
      files.getLast().whole.put("tiling", tiling(spec.tiling()));
    }
    return files.stream().map(f -> f.text(heading)).toList();
  }

  private static String tiling(TilingChoice tiling) {
    var words = new LinkedHashMap<String, String>();
    tiling.imperfect().ifPresent(i -> words.put("all", word(i)));
    new java.util.TreeMap<>(tiling.byVariable()).forEach((v, i) -> words.put(v, word(i)));
    return Written.map(words);
  }

  private static String word(boolean imperfect) {
    return imperfect ? "imperfect" : "perfect";
  }

  /** Whether there is room for it here, where it then is. */
  private boolean takes(Constraint c) {
    return switch (c) {
      case Kept k -> put(memories, k.memory(), "keep", Written.names(new TreeSet<>(k.tensors())));
      case Bypassed b ->
          put(memories, b.memory(), "bypass", Written.names(new TreeSet<>(b.tensors())));
      case LoopOrder o ->
          o.variables().isEmpty()
              || put(
                  memories,
                  o.memory(),
                  o.innermost() ? "inner_order" : "order",
                  Written.names(o.variables()));
      case TemporalFactor f ->
          isFree(f.least(), f.most())
              || put(memories, f.memory(), factor(f.variable()), factor(f.least(), f.most()));
      case MinUtilization u ->
          put(fanouts, u.fanout(), "min_utilization", Written.number(u.share()));
      case SpatialFactor f ->
          isFree(f.least(), f.most())
              || put(
                  dimensions.computeIfAbsent(f.fanout(), k -> new LinkedHashMap<>()),
                  f.dimension(),
                  factor(f.variable()),
                  factor(f.least(), f.most()));
      case SpatialVariables v ->
          put(
              dimensions.computeIfAbsent(v.fanout(), k -> new LinkedHashMap<>()),
              v.dimension(),
              "variables",
              Written.names(new TreeSet<>(v.variables())));
      case MaxEnergy m -> whole("max_energy", Written.energy(m.energyPj()));
      case MaxLatency m -> whole("max_latency", Written.number(m.latencyS()) + " s");
      case MaxArea m -> whole("max_area", Written.area(m.areaUm2()));
    };
  }

  private static boolean isFree(long least, long most) {
    return least == 1 && most == Long.MAX_VALUE;
  }

  private boolean whole(String key, String value) {
    return whole.putIfAbsent(key, value) == null;
  }

  private static boolean put(
      Map<String, Map<String, String>> places, String place, String key, String value) {
    return places.computeIfAbsent(place, p -> new LinkedHashMap<>()).putIfAbsent(key, value)
        == null;
  }

  /** Factors are gathered under one key when they are written. */
  private static String factor(String variable) {
    return "=" + variable;
  }

  private static String factor(long least, long most) {
    if (least == most) {
      return Long.toString(least);
    }
    String min = least > 1 ? "min: " + least : "";
    String max = most < Long.MAX_VALUE ? "max: " + most : "";
    return "{" + min + (min.isEmpty() || max.isEmpty() ? "" : ", ") + max + "}";
  }

  private String text(List<String> heading) {
    var out = new StringBuilder();
    heading.forEach(line -> out.append("# ").append(line).append('\n'));
    out.append("einloom: 1\nconstraints:\n");
    if (!memories.isEmpty()) {
      out.append("  memories:\n");
      memories.forEach(
          (name, said) -> {
            out.append("    ").append(MappingWriter.scalar(name)).append(":\n");
            entries(said, "      ", out);
          });
    }
    if (!fanouts.isEmpty() || !dimensions.isEmpty()) {
      out.append("  fanouts:\n");
      var names = new LinkedHashMap<>(fanouts);
      dimensions.keySet().forEach(name -> names.putIfAbsent(name, Map.of()));
      names.forEach(
          (name, said) -> {
            out.append("    ").append(MappingWriter.scalar(name)).append(":\n");
            entries(said, "      ", out);
            Map<String, Map<String, String>> along = dimensions.getOrDefault(name, Map.of());
            if (!along.isEmpty()) {
              out.append("      dimensions:\n");
              along.forEach(
                  (d, asked) -> {
                    out.append("        ").append(MappingWriter.scalar(d)).append(":\n");
                    entries(asked, "          ", out);
                  });
            }
          });
    }
    entries(whole, "  ", out);
    return out.toString();
  }

  private static void entries(Map<String, String> said, String indent, StringBuilder out) {
    var factors = new LinkedHashMap<String, String>();
    said.forEach(
        (key, value) -> {
          if (key.startsWith("=")) {
            factors.put(key.substring(1), value);
          } else {
            out.append(indent).append(key).append(": ").append(value).append('\n');
          }
        });
    if (!factors.isEmpty()) {
      out.append(indent).append("factors: ").append(Written.map(factors)).append('\n');
    }
  }
}
