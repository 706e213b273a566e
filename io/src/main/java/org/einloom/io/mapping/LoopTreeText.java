package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.arch.Memory;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;
import org.einloom.workload.Workload;

/**
 * Mappings as loop nests with the storage nodes in place and one column per memory:
 *
 * <pre>
 * layer conv                        | DRAM  | GLB | Spad
 * keep I W O in DRAM                | I W O |     |
 * for m in 0..60 step 16 (last 12)  |       |     |
 *   keep I in GLB                   |       | I   |
 *   parallel c in 0..4 on Array.x   |       |     |
 *     keep W in Spad                |       |     | W
 *     for m in 0..16                |       |     |
 *       compute MAC                 |       |     |
 * </pre>
 *
 * A loop steps through what the loops around it over the same variable leave; {@code step} is its
 * tile, left out when 1. Ranges, last tiles and columns follow from the rest; when reading, they
 * can be left out, but what is there must be right. Indentation is for the eye.
 */
public final class LoopTreeText {
  private LoopTreeText() {}

  /**
   * Writes a mapping.
   *
   * @throws org.einloom.mapping.InvalidMappingException when it is not legal
   */
  public static String write(Einsum einsum, Architecture architecture, LoopTree mapping) {
    return write(einsum.name(), einsum, architecture, mapping);
  }

  /** Writes a mapping under the name of a layer. */
  public static String write(
      String layer, Einsum einsum, Architecture architecture, LoopTree mapping) {
    Legality.check(einsum, architecture, mapping);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("layer " + Token.write(layer)));
    architecture.memories().forEach(m -> head.add(Token.write(m.name())));
    rows.add(head);
    var loops = Nest.of(einsum, mapping).loops().iterator();
    int depth = 0;
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < mapping.nodes().size(); i++) {
      switch (mapping.nodes().get(i)) {
        case Storage s -> {
          kept.add(Token.write(s.tensor()));
          if (!continues(mapping, i + 1, s)) {
            rows.add(keepRow(depth, kept, s.memory(), architecture));
            kept.clear();
          }
        }
        case Loop ignored -> {
          rows.add(row(depth, loop(loops.next()), architecture));
          depth++;
        }
      }
    }
    rows.add(row(depth, "compute " + Token.write(architecture.compute().name()), architecture));
    return Columns.align(rows);
  }

  /**
   * Reads the mapping of this Einsum.
   *
   * @param name what messages call the text
   * @throws InputException when anything in the text is wrong or the mapping not legal
   */
  public static LoopTree read(String name, String text, Einsum einsum, Architecture architecture) {
    return new TextReader(Design.of(architecture)).read(Source.text(name, text), einsum);
  }

  /** Reads the mappings of several layers, each under its {@code layer} line. */
  public static MappingFile read(Source source, Workload workload, Architecture architecture) {
    return read(source, workload, Design.of(architecture));
  }

  /** The same for a design; each mapping is for one of its paths. */
  public static MappingFile read(Source source, Workload workload, Design design) {
    return new TextReader(design).read(source, workload);
  }

  private static boolean continues(LoopTree mapping, int node, Storage storage) {
    return node < mapping.nodes().size()
        && mapping.nodes().get(node) instanceof Storage s
        && s.memory().equals(storage.memory());
  }

  private static List<String> keepRow(
      int depth, List<String> tensors, String memory, Architecture architecture) {
    String kept = String.join(" ", tensors);
    List<String> row = row(depth, "keep " + kept + " in " + Token.write(memory), architecture);
    List<String> memories = architecture.memories().stream().map(Memory::name).toList();
    row.set(1 + memories.indexOf(memory), kept);
    return row;
  }

  private static List<String> row(int depth, String text, Architecture architecture) {
    List<String> row = new ArrayList<>(List.of("  ".repeat(depth) + text));
    row.addAll(Collections.nCopies(architecture.memories().size(), ""));
    return row;
  }

  private static String loop(Nest.Bound bound) {
    MappingNode node = bound.loop();
    long tile = bound.loop().tile();
    long last = bound.outer() % tile;
    String range =
        Token.write(bound.loop().variable())
            + " in 0.."
            + bound.outer()
            + (tile == 1 ? "" : " step " + tile)
            + (last == 0 ? "" : " (last " + last + ")");
    return node instanceof Spatial s
        ? "parallel " + range + " on " + Token.write(s.fanout()) + "." + Token.write(s.dimension())
        : "for " + range;
  }
}
