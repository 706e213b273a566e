package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/**
 * Shapes of recurrent layers: every state of the sequence, then the last hidden state, then the
 * last cell state.
 */
final class RecurrentRules {
  private RecurrentRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    for (String name : List.of("GRU", "LSTM", "RNN")) {
      rules.put(name, node -> states(node, 2));
    }
    // Its weights are transposed: [directions, hidden, gates * hidden].
    rules.put("com.microsoft::DynamicQuantizeLSTM", node -> states(node, 1));
  }

  private static List<Value> states(Node node, int axis) throws Unknown {
    Shape input = node.shape(0);
    Shape weights = node.shape(2); // [directions, gates * hidden, hidden]
    if (input.rank() != 3 || weights.rank() != 3) {
      throw new InvalidSpecException(
          "its input has shape "
              + input
              + " and its recurrent weights "
              + weights
              + "; expected three ranks each");
    }
    boolean batchFirst = node.integer("layout", 0) == 1;
    long directions = weights.size(0);
    long hidden = node.integer("hidden_size", weights.size(axis));
    long steps = input.size(batchFirst ? 1 : 0);
    long batch = input.size(batchFirst ? 0 : 1);
    Shape all =
        batchFirst
            ? Shape.of(batch, steps, directions, hidden)
            : Shape.of(steps, directions, batch, hidden);
    Shape last =
        batchFirst ? Shape.of(batch, directions, hidden) : Shape.of(directions, batch, hidden);
    int type = node.type(0);
    return List.of(Value.of(type, all), Value.of(type, last), Value.of(type, last));
  }
}
