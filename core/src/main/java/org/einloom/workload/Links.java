package org.einloom.workload;

import java.util.List;

/**
 * Which layers of a workload feed which: where the words of their operands come from, and which
 * results leave the workload.
 *
 * @param layers by layer, in the order of the workload; empty where nothing is known
 */
public record Links(List<Ends> layers) {
  /** Nothing is known. */
  public static final Links UNKNOWN = new Links(List.of());

  public Links {
    layers = List.copyOf(layers);
    for (int i = 0; i < layers.size(); i++) {
      for (Source source : layers.get(i).operands()) {
        for (int from : source.layers()) {
          if (from < 0 || from >= i) {
            throw new IllegalArgumentException("layer " + i + " reads the result of " + from);
          }
        }
      }
    }
  }

  /**
   * Both ends of a layer.
   *
   * @param operands where its operands come from, in the order of its Einsum
   * @param leaves whether its result is a result of the whole workload
   */
  public record Ends(List<Source> operands, Leaves leaves) {
    public Ends {
      operands = List.copyOf(operands);
    }
  }

  /** Whether a layer's result is a result of the whole workload. */
  public enum Leaves {
    /** No word of it. */
    NOT,
    /** Some of its words, or what is made of them. */
    PARTLY,
    /** All its words. */
    WHOLE
  }

  /** Where the words of an operand come from. */
  public sealed interface Source {
    /** The layers whose results it is, or is made of. */
    List<Integer> layers();
  }

  /** No layer makes it: an input of the workload, or a constant. */
  public record Outside() implements Source {
    @Override
    public List<Integer> layers() {
      return List.of();
    }
  }

  /**
   * All words of the result of one layer and no others, at most in another order.
   *
   * @param layer its position in the workload
   */
  public record Result(int layer) implements Source {
    @Override
    public List<Integer> layers() {
      return List.of(layer);
    }
  }

  /**
   * Made of the results of layers in another way: a part of one, several together, or changed by an
   * operator that is no layer.
   *
   * @param layers their positions in the workload, ascending; at least one
   */
  public record Parts(List<Integer> layers) implements Source {
    public Parts {
      layers = List.copyOf(layers);
    }
  }
}
