package org.einloom.constraint;

import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/** Whether an architecture has what constraints name. */
final class Names {
  private Names() {}

  static void check(Constraint constraint, Architecture architecture) {
    var at = new Place(constraint, architecture);
    switch (constraint) {
      case Constraint.Kept c -> at.memory(c.memory());
      case Constraint.Bypassed c -> at.memory(c.memory());
      case Constraint.TemporalFactor c -> at.memory(c.memory());
      case Constraint.LoopOrder c -> at.memory(c.memory());
      case Constraint.SpatialFactor c -> at.dimension(c.fanout(), c.dimension());
      case Constraint.SpatialVariables c -> at.dimension(c.fanout(), c.dimension());
      case Constraint.MinUtilization c -> at.fanout(c.fanout());
      case Constraint.Limit l -> {}
    }
  }

  /** The memory or fanout that a constraint is about; empty for the whole. */
  static Optional<String> node(Constraint constraint) {
    return switch (constraint) {
      case Constraint.Kept c -> Optional.of(c.memory());
      case Constraint.Bypassed c -> Optional.of(c.memory());
      case Constraint.TemporalFactor c -> Optional.of(c.memory());
      case Constraint.LoopOrder c -> Optional.of(c.memory());
      case Constraint.SpatialFactor c -> Optional.of(c.fanout());
      case Constraint.SpatialVariables c -> Optional.of(c.fanout());
      case Constraint.MinUtilization c -> Optional.of(c.fanout());
      case Constraint.Limit l -> Optional.empty();
    };
  }

  private record Place(Constraint constraint, Architecture architecture) {
    void memory(String name) {
      List<Memory> memories = architecture.memories();
      if (memories.stream().noneMatch(m -> m.name().equals(name))) {
        throw unknown(
            "memory",
            name,
            "architecture '" + architecture.name() + "'",
            memories.stream().map(Memory::name).toList());
      }
    }

    Fanout fanout(String name) {
      List<Fanout> fanouts = architecture.fanouts();
      return fanouts.stream()
          .filter(f -> f.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  unknown(
                      "fanout",
                      name,
                      "architecture '" + architecture.name() + "'",
                      fanouts.stream().map(Fanout::name).toList()));
    }

    void dimension(String fanoutName, String name) {
      List<String> known =
          fanout(fanoutName).dimensions().stream().map(Fanout.Dimension::name).toList();
      if (!known.contains(name)) {
        throw unknown("dimension", name, "fanout '" + fanoutName + "'", known);
      }
    }

    private InvalidSpecException unknown(
        String kind, String name, String owner, List<String> known) {
      return new InvalidSpecException(
          "%s: %s has no %s '%s'%s; it has %s%s"
              .formatted(
                  constraint.origin(),
                  owner,
                  kind,
                  name,
                  whatItIs(name, kind),
                  known.isEmpty() ? "none" : String.join(", ", known),
                  Spelling.nearest(name, known)
                      .map(n -> "; did you mean '" + n + "'?")
                      .orElse("")));
    }

    private String whatItIs(String name, String wanted) {
      return architecture.nodes().stream()
          .filter(n -> n.name().equals(name) && !wanted.equals("dimension"))
          .map(n -> " (that is a " + kind(n) + ")")
          .findFirst()
          .orElse("");
    }

    private static String kind(Node node) {
      return switch (node) {
        case Memory m -> "memory";
        case Toll t -> "toll";
        case Fanout f -> "fanout";
        case Compute c -> "compute";
      };
    }
  }
}
