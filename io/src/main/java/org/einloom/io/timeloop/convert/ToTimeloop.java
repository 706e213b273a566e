package org.einloom.io.timeloop.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.evaluation.timeloop.Nest.Axis;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.convert.Blocks.Placed;
import org.einloom.io.timeloop.mapspace.TimeloopMapspace;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * A mapping as Timeloop's: at each level its loops in time and then those in space below it, each
 * dimension once.
 */
public final class ToTimeloop {
  private final TimeloopModel model;
  private final TimeloopProblem problem;
  private final Architecture architecture;
  private final TimeloopMapspace asked;
  private final StringBuilder out = new StringBuilder();

  private ToTimeloop(TimeloopModel model, TimeloopProblem problem, TimeloopMapspace asked) {
    this.model = model;
    this.asked = asked;
    this.problem = problem;
    this.architecture = model.hardware().architecture();
  }

  /**
   * The text of the mapping, {@code mapping: [...]}.
   *
   * @param tree legal for the model's Einsum and architecture
   * @param asked what the constraints say, of which what is not reused is written
   * @throws InvalidSpecException if Timeloop has no such mapping, with what stands in the way
   */
  public static String write(
      LoopTree tree, TimeloopModel model, TimeloopProblem problem, TimeloopMapspace asked) {
    var writer = new ToTimeloop(model, problem, asked);
    writer.blocks(Blocks.of(tree, model.einsum(), writer.architecture));
    return writer.out.toString();
  }

  private void blocks(Blocks blocks) {
    Map<Placed, Turns.Factor> factors = Turns.of(blocks, model.einsum(), problem);
    out.append("# permutation: leftmost = innermost loop\nmapping:\n");
    List<Memory> memories = architecture.memories();
    for (int p = 0; p < memories.size(); p++) {
      String memory = memories.get(p).name();
      Sharing sharing = Sharing.of(model, asked, p);
      List<Placed> time = blocks.time().get(p);
      loops(memory, "temporal", time, factors, time.size());
      boolean hasSpace = fanout(p).isPresent();
      out.append(sharing.ofTime());
      List<Placed> space = blocks.space().get(p);
      if (hasSpace) {
        List<Placed> x = space.stream().filter(l -> l.axis() == Axis.X).toList();
        List<Placed> ordered =
            new ArrayList<>(space.stream().filter(l -> l.axis() == Axis.Y).toList());
        ordered.addAll(x);
        int split = loops(memory, "spatial", ordered, factors, x.size());
        out.append("  split: ").append(split).append('\n');
        out.append(sharing.ofSpace());
      }
      out.append(sharing.skew());
      keeps(memory, blocks.keeps().get(p));
    }
  }

  private Optional<Fanout> fanout(int p) {
    int at = architecture.indexOf(architecture.memories().get(p).name());
    return architecture.nodes().get(at + 1) instanceof Fanout f ? Optional.of(f) : Optional.empty();
  }

  /**
   * Writes a directive.
   *
   * @param loops outermost first
   * @param inner how many of the innermost are to be counted
   * @return how many dimensions these come to
   */
  private int loops(
      String memory,
      String type,
      List<Placed> loops,
      Map<Placed, Turns.Factor> factors,
      int inner) {
    List<String> dimensions = new ArrayList<>();
    Map<String, Turns.Factor> merged = new HashMap<>();
    int counted = 0;
    for (int i = loops.size() - 1; i >= 0; i--) {
      Turns.Factor f = java.util.Objects.requireNonNull(factors.get(loops.get(i)));
      boolean next = !dimensions.isEmpty() && dimensions.getLast().equals(f.dimension());
      if (!next && dimensions.contains(f.dimension())) {
        throw new InvalidSpecException(
            "Timeloop has one loop over '%s' at '%s' %s; this mapping has several, with others between"
                .formatted(f.dimension(), memory, type.equals("spatial") ? "in space" : "in time"));
      }
      if (!next) {
        dimensions.add(f.dimension());
        counted += i >= loops.size() - inner ? 1 : 0;
      }
      merged.merge(f.dimension(), f, (in, outer) -> outer.over(in));
    }
    Set<String> all = new LinkedHashSet<>(dimensions);
    all.addAll(problem.mappedExtents().keySet());
    out.append("- target: ").append(memory).append("\n  type: ").append(type).append('\n');
    out.append("  permutation: ").append(permutation(all)).append('\n');
    List<String> written = new ArrayList<>();
    for (String d : all) {
      Turns.Factor f = merged.get(d);
      written.add(d + "=" + (f == null ? "1" : f.written()));
    }
    out.append("  factors: ").append(String.join(" ", written)).append('\n');
    return counted;
  }

  /** Letters in a row, or names in a list. */
  private static String permutation(Set<String> dimensions) {
    return dimensions.stream().allMatch(d -> d.length() == 1)
        ? String.join("", dimensions)
        : "[" + String.join(", ", dimensions) + "]";
  }

  private void keeps(String memory, Set<String> kept) {
    List<String> bypass =
        model.einsum().tensors().stream()
            .map(TensorAccess::name)
            .filter(t -> !kept.contains(t))
            .toList();
    List<String> keep =
        model.einsum().tensors().stream().map(TensorAccess::name).filter(kept::contains).toList();
    out.append("- target: ").append(memory).append("\n  type: bypass\n");
    out.append("  keep: [").append(String.join(", ", keep)).append("]\n");
    out.append("  bypass: [").append(String.join(", ", bypass)).append("]\n");
  }
}
