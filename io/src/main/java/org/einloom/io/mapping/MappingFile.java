package org.einloom.io.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Words;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;

/**
 * The mappings of one file.
 *
 * @param mappings in file order, at most one per layer
 */
public record MappingFile(List<LocatedMapping> mappings) {
  public MappingFile {
    mappings = List.copyOf(mappings);
  }

  /** The mappings by the names of their layers, in file order. */
  public SequencedMap<String, LoopTree> trees() {
    var trees = new LinkedHashMap<String, LoopTree>();
    mappings.forEach(m -> trees.put(m.layer(), m.tree()));
    return trees;
  }

  /**
   * The legal mappings by the names of their layers.
   *
   * @throws InputException pointing to the first layer that is not in the workload, or node that
   *     breaks a rule. Layers of the workload without a mapping are no error
   */
  public SequencedMap<String, LoopTree> legal(Workload workload, Architecture architecture) {
    place(workload, Design.of(architecture));
    return trees();
  }

  /**
   * The same for a design: each with the path that it is for.
   *
   * @throws InputException as {@link #legal} does
   */
  public SequencedMap<String, PlacedMapping> place(Workload workload, Design design) {
    var placed = new LinkedHashMap<String, PlacedMapping>();
    var layers = new LinkedHashMap<String, Layer>();
    workload.layers().forEach(l -> layers.put(l.name(), l));
    for (LocatedMapping mapping : mappings) {
      Layer layer = layers.get(mapping.layer());
      if (layer == null) {
        throw mapping
            .at()
            .error(
                "workload '" + workload.name() + "' has no layer " + Words.quote(mapping.layer()),
                "expected " + Words.list(layers.keySet()),
                Words.didYouMean(mapping.layer(), layers.keySet()));
      }
      placed.put(mapping.layer(), mapping.place(layer.einsum(), design));
    }
    return placed;
  }
}
