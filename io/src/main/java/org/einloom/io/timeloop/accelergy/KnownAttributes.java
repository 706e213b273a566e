package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode;

/**
 * Which attributes mean something to classes, so that a name that is nearly one of them can be
 * told. Any other may stand there: files are written for several tools.
 */
final class KnownAttributes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w{0,99}");

  /** What the classes of {@link AccelergyClasses} look for, and what parts inherit. */
  static final List<String> LIBRARY =
      List.of(
          "technology",
          "technology_node",
          "tech_node",
          "voltage",
          "vdd",
          "global_cycle_seconds",
          "cycle_seconds",
          "width",
          "memory_width",
          "datawidth",
          "word_bits",
          "n_bits",
          "precision",
          "block_size",
          "depth",
          "memory_depth",
          "entries",
          "type",
          "n_banks",
          "n_ports",
          "n_rdwr_ports",
          "n_rw_ports",
          "n_rd_ports",
          "n_wr_ports",
          "multiplier_width",
          "multiplicand_width",
          "adder_width",
          "width_a",
          "width_b",
          "exponent",
          "mantissa",
          "length",
          "n_inputs",
          "n_outputs",
          "inputs",
          "flit_width");

  private KnownAttributes() {}

  /** The attributes of a compound class, and whatever its definition names. */
  static Set<String> of(CompoundClass type) {
    Set<String> names = new LinkedHashSet<>(type.attributes().keySet());
    type.attributes().values().forEach(v -> addNames(v, names));
    for (CompoundClass.Part part : type.parts()) {
      addNames(part.name().at(), names);
      part.attributes().values().forEach(v -> addNames(v, names));
      part.areaShares().forEach(v -> addNames(v, names));
      part.energyShares().forEach(v -> addNames(v, names));
    }
    for (CompoundClass.Action action : type.actions().values()) {
      action.arguments().values().forEach(v -> addNames(v, names));
      for (CompoundClass.Use use : action.uses()) {
        addNames(use.part().at(), names);
        use.arguments().values().forEach(v -> addNames(v, names));
        use.shares().forEach(v -> addNames(v, names));
      }
    }
    return names;
  }

  private static void addNames(YamlNode node, Set<String> to) {
    if (node instanceof YamlNode.Scalar s) {
      NAME.matcher(s.value()).results().forEach(m -> to.add(m.group()));
    }
  }

  /** The attribute that a name is likely meant for; empty if it is one, or is near to none. */
  static Optional<String> meant(String name, Collection<String> known) {
    List<String> all = new ArrayList<>(known);
    all.addAll(LIBRARY);
    return all.contains(name) ? Optional.empty() : Words.nearest(name, all);
  }

  /** What to say where an attribute is missing; empty if nothing that stands there is misspelt. */
  static String instead(Collection<String> missing, Collection<String> given) {
    for (Collection<String> names : List.of(missing, LIBRARY)) {
      for (String other : given) {
        if (!missing.contains(other) && !LIBRARY.contains(other)) {
          Optional<String> near = Words.nearest(other, names);
          if (near.isPresent()) {
            return "there is %s; did you mean %s?"
                .formatted(Words.quote(other), Words.quote(near.get()));
          }
        }
      }
    }
    return "";
  }
}
