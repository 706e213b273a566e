package org.einloom.io.timeloop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.io.input.Position;

/**
 * Timeloop's problem: a shape and an instance of it.
 *
 * @param name of the shape
 * @param extents by dimension, in the order of the shape
 * @param flattened dimensions that mappings use in place of several others
 * @param dataSpaces the tensors, in file order; exactly one is written
 * @param densities of tensors, as they stand in the instance: by tensor, or one of all under the
 *     key {@code commonDensity}
 * @param at where it begins
 */
public record TimeloopProblem(
    String name,
    SequencedMap<String, Long> extents,
    List<Flattened> flattened,
    List<DataSpace> dataSpaces,
    Optional<Section> densities,
    Position at) {
  public TimeloopProblem {
    extents = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(extents));
    flattened = List.copyOf(flattened);
    dataSpaces = List.copyOf(dataSpaces);
  }

  /**
   * A dimension of mappings that runs through others in turn.
   *
   * @param name unlike any dimension
   * @param dimensions what it stands for, the slowest first
   */
  public record Flattened(String name, List<String> dimensions, Position at) {
    public Flattened {
      dimensions = List.copyOf(dimensions);
    }
  }

  /**
   * A tensor.
   *
   * @param projection by rank, outermost first, the sum of products that is its coordinate
   * @param readWrite whether it is the result
   */
  public record DataSpace(
      String name, List<List<Term>> projection, boolean readWrite, Position at) {
    public DataSpace {
      projection = projection.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A product in a projection.
   *
   * @param coefficient its value in this instance; 1 where the file names none
   * @param coefficientName as the file names it; empty where it names none
   */
  public record Term(String dimension, long coefficient, String coefficientName) {}

  /** The names that mappings may use: those of dimensions, or what they are flattened to. */
  public SequencedMap<String, Long> mappedExtents() {
    var mapped = new LinkedHashMap<String, Long>();
    extents.forEach(
        (name, extent) -> {
          if (flattened.stream().noneMatch(f -> f.dimensions().contains(name))) {
            mapped.put(name, extent);
          }
        });
    for (Flattened f : flattened) {
      mapped.put(
          f.name(),
          f.dimensions().stream()
              .mapToLong(d -> extents.getOrDefault(d, 1L))
              .reduce(1, Math::multiplyExact));
    }
    return mapped;
  }
}
