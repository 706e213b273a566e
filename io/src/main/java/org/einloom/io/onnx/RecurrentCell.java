package org.einloom.io.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/**
 * What a recurrent layer is, whichever of them: its extents, and the functions that it applies.
 *
 * @param steps time steps that are computed
 * @param batch sequences at once
 * @param directions 1, or 2 where the sequence is read from both ends
 * @param inputs words of one input
 * @param hidden words of one state
 * @param activations operations that the gates, the new values and (LSTM) the output take
 */
record RecurrentCell(
    long steps, long batch, long directions, long inputs, long hidden, List<String> activations) {
  /** Longer sequences are those of hostile files; each step is some layers. */
  private static final long MAX_STEPS = 20_000;

  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          Map.entry("affine", Operation.SCALE),
          Map.entry("elu", Operation.EXP),
          Map.entry("hardsigmoid", Operation.RELU),
          Map.entry("leakyrelu", Operation.RELU),
          Map.entry("relu", Operation.RELU),
          Map.entry("scaledtanh", Operation.TANH),
          Map.entry("sigmoid", Operation.SIGMOID),
          Map.entry("softplus", Operation.LOG),
          Map.entry("softsign", Operation.DIV),
          Map.entry("tanh", Operation.TANH),
          Map.entry("thresholdedrelu", Operation.RELU));

  /**
   * That of a node.
   *
   * @param gates the number of matrices for each state: 4, 3 or 1
   * @param defaults its functions where the node names none
   * @param transposed whether the weights of a gate stand in columns
   */
  static RecurrentCell of(Node node, int gates, List<String> defaults, boolean transposed)
      throws Unknown {
    Shape input = node.shape(0);
    Shape weights = node.shape(1);
    Shape recurrent = node.shape(2);
    if (input.rank() != 3 || weights.rank() != 3 || recurrent.rank() != 3) {
      throw new InvalidSpecException(
          "its input has shape "
              + input
              + ", its weights "
              + weights
              + " and its recurrent weights "
              + recurrent
              + "; expected three ranks each");
    }
    boolean batchFirst = node.integer("layout", 0) == 1;
    long directions = node.text("direction", "forward").equals("bidirectional") ? 2 : 1;
    long hidden = recurrent.size(transposed ? 1 : 2);
    long inputs = input.size(2);
    Shape expected =
        transposed
            ? Shape.of(directions, inputs, gates * hidden)
            : Shape.of(directions, gates * hidden, inputs);
    Shape expectedRecurrent =
        transposed
            ? Shape.of(directions, hidden, gates * hidden)
            : Shape.of(directions, gates * hidden, hidden);
    if (!weights.equals(expected)
        || !recurrent.equals(expectedRecurrent)
        || node.integer("hidden_size", hidden) != hidden) {
      throw new InvalidSpecException(
          "its weights have shapes "
              + weights
              + " and "
              + recurrent
              + "; for "
              + directions
              + " direction(s), "
              + inputs
              + " inputs and a state of "
              + node.integer("hidden_size", hidden)
              + " expected are "
              + expected
              + " and "
              + expectedRecurrent);
    }
    long steps = steps(node, input.size(batchFirst ? 1 : 0));
    if (steps > MAX_STEPS) {
      throw new InvalidSpecException("has " + steps + " time steps; expected at most " + MAX_STEPS);
    }
    return new RecurrentCell(
        steps,
        input.size(batchFirst ? 0 : 1),
        directions,
        inputs,
        hidden,
        activations(node, directions, defaults));
  }

  /** The longest sequence, where the file says how long they are; else all steps. */
  private static long steps(Node node, long all) {
    Numbers lengths = node.has(4) ? node.input(4).numbers() : null;
    if (lengths == null || !lengths.integral() || lengths.count() == 0) {
      return all;
    }
    return Math.clamp(lengths.integers().stream().mapToLong(l -> l).max().orElse(all), 1, all);
  }

  private static List<String> activations(Node node, long directions, List<String> defaults)
      throws Unknown {
    List<String> given = node.texts("activations");
    if (given.isEmpty()) {
      return defaults;
    }
    int each = defaults.size();
    if (given.size() != each * directions) {
      throw new InvalidSpecException(
          "attribute 'activations' is " + given + "; expected " + each * directions + " names");
    }
    List<String> operations =
        given.stream().map(a -> OPERATIONS.getOrDefault(a.toLowerCase(Locale.ROOT), "")).toList();
    if (operations.contains("")) {
      throw new Unknown("attribute 'activations' names a function that is not known: " + given);
    }
    List<String> first = operations.subList(0, each);
    if (!first.equals(operations.subList(operations.size() - each, operations.size()))) {
      throw new Unknown("its two directions have different activations");
    }
    return first;
  }

  /** Words of {@code n} states. */
  Shape states(long n) {
    return Shape.of(directions, batch, n * hidden);
  }
}
