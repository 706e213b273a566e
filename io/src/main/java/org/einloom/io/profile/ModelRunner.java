package org.einloom.io.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.InvalidSpecException;

/** Executes ONNX models. Found by {@link java.util.ServiceLoader}. */
public interface ModelRunner {
  /** What it is, with its version. */
  String name();

  /**
   * Prepares a model to be run.
   *
   * @param graph the model
   * @param further values that are to be results besides the model's own
   * @param extents of inputs that the model leaves open, by the name it has for them
   * @param exact whether to do what the graph says, node by node, in an order of sums that does not
   *     depend on the machine's number of cores; otherwise whatever is fast
   * @throws InvalidSpecException if the model cannot be run
   */
  Session open(OnnxGraph graph, List<String> further, Map<String, Long> extents, boolean exact);

  /** A model that can be run. Not safe for several threads. */
  interface Session extends AutoCloseable {
    /**
     * Its results that are tensors of numbers, with their extents where those are known before it
     * is run.
     */
    SequencedMap<String, Optional<List<Long>>> results();

    /**
     * Runs it.
     *
     * @param inputs by name
     * @param wanted some of the results
     * @param taker gets these one by one; none is kept
     * @throws InvalidSpecException if it fails
     */
    void run(
        Map<String, NumericTensor> inputs,
        List<String> wanted,
        BiConsumer<String, NumericTensor> taker);

    @Override
    void close();
  }
}
