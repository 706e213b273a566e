package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.InvalidSpecException;

/**
 * Rotary position embedding (Su et al., arXiv:2104.09864, equation 34): every word of a head times
 * the cosine of its position, and the other word of its pair times the sine added to that. Words of
 * a head beyond {@code rotary_embedding_dim} stay as they are. Of the tables of cosines and sines,
 * which have half a head's words for each position, the rows of these positions are read.
 */
final class RotaryPasses {
  private RotaryPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("RotaryEmbedding", (node, results) -> passes(node, "", Pass.INPUT, heads(node), 1));
    rules.put(
        "com.microsoft::RotaryEmbedding",
        (node, results) -> passes(node, "", Pass.INPUT, heads(node), 2));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    rules.put(
        "com.microsoft::RotaryEmbedding", node -> List.of(Value.of(node.type(0), node.shape(0))));
  }

  /** The input as batch, heads, positions and words of a head. */
  private static Shape heads(Node node) throws Unknown {
    Shape shape = node.shape(0);
    if (shape.rank() == 4) {
      return shape;
    }
    if (shape.rank() != 3) {
      throw new InvalidSpecException("its input has shape " + shape + "; expected 3 or 4 ranks");
    }
    long heads = node.integer("num_heads", 0);
    int table = Node.operator(node.proto()).equals("RotaryEmbedding") ? 1 : 2;
    if (heads == 0 && node.has(table)) { // then the tables say how many words a head has
      Shape cosines = node.shape(table);
      long half = cosines.rank() == 0 ? 0 : cosines.size(cosines.rank() - 1);
      heads = half == 0 ? 0 : shape.size(2) / half / 2;
    }
    long width = Heads.width("the input", shape.size(2), heads);
    return Shape.of(shape.size(0), heads, shape.size(1), width);
  }

  /**
   * The two passes.
   *
   * @param prefix what their names begin with
   * @param source what is rotated
   * @param heads its batch, heads, positions and words
   * @param table the input that holds the cosines; that of the sines is the next
   */
  static List<Pass> passes(Node node, String prefix, String source, Shape heads, int table)
      throws Unknown {
    long width = node.integer("rotary_embedding_dim", 0);
    width = width == 0 ? heads.size(3) : width;
    if (width < 0 || width > heads.size(3) || width % 2 != 0) {
      throw new InvalidSpecException(
          "rotates " + width + " of the " + heads.size(3) + " words of a head; expected pairs");
    }
    Shape space = Shape.of(heads.size(0), heads.size(1), heads.size(2), 2, width / 2);
    PassDraft cosines = PassDraft.over(space);
    cosines.read(source, cosines.all());
    PassDraft sines = PassDraft.over(space);
    sines.read(source, sines.all()).read(prefix + "cos", sines.all());
    Axes positions = positions(node, table, heads);
    table(node, cosines, table, positions.and(Axes.of(4)));
    table(node, sines, table + 1, positions.and(Axes.of(4)));
    return List.of(
        cosines.write(prefix + "cos", Operation.MUL, cosines.all()),
        sines.write(prefix + "sin", Operation.SCALE, sines.all()));
  }

  private static void table(Node node, PassDraft draft, int input, Axes axes) throws Unknown {
    if (node.has(input)) {
      draft.read(node.name(input), node.input(input).constant(), axes);
    }
  }

  /** Sequences of a batch share rows, unless there are positions, or tables, for each of them. */
  private static Axes positions(Node node, int table, Shape heads) throws Unknown {
    Axes shared = Axes.of(2);
    Axes each = shared.and(Axes.of(0));
    if (!node.has(table)) {
      return shared;
    }
    if (table == 1) { // ONNX: [batch, positions, words], or [rows, words] with positions in input 3
      return node.shape(1).rank() == 3 ? (node.shape(1).size(0) == 1 ? shared : each) : each;
    }
    int ids = table == 2 ? 1 : 9;
    return node.has(ids) && node.shape(ids).elements() == heads.size(0) * heads.size(2)
        ? each
        : shared;
  }
}
