package org.einloom.mapper;

import java.util.stream.Collectors;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * What a mapper is asked.
 *
 * @param name where it comes from
 * @param front whether the whole front is wanted
 */
public record Problem(
    String name,
    Einsum einsum,
    Architecture architecture,
    Objective objective,
    Tiling tiling,
    Constraints constraints,
    boolean front) {

  /** Without constraints or front. */
  static Problem of(Einsum einsum, Architecture architecture, Tiling tiling) {
    return new Problem(
        "test", einsum, architecture, Objective.EDP, tiling, Constraints.NONE, false);
  }

  /** For a person to read. */
  String describe() {
    var text = new StringBuilder("problem ").append(name).append('\n');
    text.append("einsum  ").append(einsum.expression()).append("\n  extents ");
    einsum.variables().forEach(v -> text.append(v.name() + "=" + v.extent() + " "));
    text.append("\n  sizes   ");
    for (TensorAccess t : einsum.tensors()) {
      text.append(t.name() + t.ranks().stream().map(TensorAccess.Rank::size).toList() + " ");
    }
    text.append("\nobjective " + objective.label() + (front ? ", front" : ""));
    text.append(" (weights " + objective.energyWeight() + " " + objective.latencyWeight() + ")");
    text.append("\ntiling " + (tiling.imperfect() ? "imperfect" : "perfect"));
    text.append(" but " + tiling.byVariable() + "\n");
    text.append("architecture " + architecture.clockHz() + " Hz " + architecture.widths() + "\n");
    architecture.nodes().forEach(n -> text.append("  " + describe(n) + "\n"));
    architecture.idle().forEach(i -> text.append("  idle " + i + "\n"));
    for (Constraint c : constraints.all()) {
      text.append("constraint " + c + "\n");
    }
    return text.toString();
  }

  private static String describe(Node node) {
    String figures = area(node.areaUm2()) + ", leakage " + node.leakageUw().value() + " uW";
    return switch (node) {
      case Memory m ->
          "memory %s, %s bits, must %s may %s, %s port %s, %s"
              .formatted(
                  m.name(),
                  m.capacityBits().isPresent() ? m.capacityBits().getAsLong() : "unbounded",
                  m.keep().must(),
                  m.keep().may(),
                  m.sharedPort() ? "shared" : "separate",
                  m.actions().values().stream().map(Problem::describe).toList(),
                  figures);
      case Fanout f ->
          "fanout %s %s multicast %s, reduce %s, transfer %s, links %s, %s"
              .formatted(
                  f.name(),
                  f.dimensions().stream()
                      .map(d -> d.name() + ":" + d.size() + " not " + d.mustNotIndex())
                      .collect(Collectors.joining(", ")),
                  f.multicast(),
                  f.reduce(),
                  f.transfer().map(Problem::describe).orElse("free"),
                  f.links(),
                  figures);
      case Toll t ->
          "toll %s for %s, %s port %s, %s"
              .formatted(
                  t.name(),
                  t.tensors(),
                  t.sharedPort() ? "shared" : "separate",
                  t.actions().values().stream().map(Problem::describe).toList(),
                  figures);
      case Compute c -> "compute " + c.name() + " " + describe(c.compute()) + ", " + figures;
    };
  }

  private static String area(Figure area) {
    return "area " + area.value() + " um2";
  }

  private static String describe(Action a) {
    return "%s %s pJ %s b %s/cycle"
        .formatted(
            a.name(),
            a.energyPj().value(),
            a.widthBits() == 0 ? "word" : a.widthBits(),
            a.perCycle());
  }

  /** A mapping for a person to read: one node a line. */
  static String describe(LoopTree mapping) {
    var text = new StringBuilder();
    String indent = "  ";
    for (MappingNode node : mapping.nodes()) {
      text.append(indent)
          .append(
              switch (node) {
                case Storage s -> "keep " + s.tensor() + " in " + s.memory();
                case Temporal t -> "for " + t.variable() + " by " + t.tile();
                case Spatial s ->
                    "parallel %s by %d on %s.%s"
                        .formatted(s.variable(), s.tile(), s.fanout(), s.dimension());
              })
          .append('\n');
      indent += node instanceof Storage ? "" : "  ";
    }
    return text.toString();
  }
}
