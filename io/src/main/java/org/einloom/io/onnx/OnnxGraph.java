package org.einloom.io.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.ValueInfoProto;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/**
 * The values of a model's graph, as whoever runs it needs them.
 *
 * @param file the model
 * @param inputs what has to be given
 * @param outputs the names of its results
 * @param values the names of what its nodes compute, constants apart, in the order of the file
 * @param external whether some weights lie in other files
 * @param graph the graph without weights
 */
public record OnnxGraph(
    Path file,
    List<Input> inputs,
    List<String> outputs,
    List<String> values,
    boolean external,
    GraphProto graph) {
  /**
   * An input.
   *
   * @param type empty for a type that cannot be given: text, a sequence
   * @param dimensions its extents; empty where the file leaves one open
   * @param symbols the names of extents that are left open; empty names elsewhere
   */
  public record Input(
      String name,
      Optional<NumericTensor.NumberType> type,
      List<OptionalLong> dimensions,
      List<String> symbols) {}

  /**
   * Reads all but the weights.
   *
   * @throws InputException if it is no ONNX model
   */
  public static OnnxGraph read(Path file) {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return of(file, ModelProto.parseFrom(WireFilter.filter(stream)).getGraph());
    } catch (IOException e) {
      throw new InputException(
          Position.of(file.toString()), "cannot be read: " + e.getMessage(), "", e);
    } catch (InvalidSpecException e) {
      throw new InputException(Position.of(file.toString()), String.valueOf(e.getMessage()), "", e);
    }
  }

  private static OnnxGraph of(Path file, GraphProto graph) {
    Set<String> stored = new HashSet<>();
    boolean external = false;
    for (TensorProto t : graph.getInitializerList()) {
      stored.add(t.getName());
      external |= t.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }
    graph.getSparseInitializerList().forEach(t -> stored.add(t.getValues().getName()));
    List<Input> inputs =
        graph.getInputList().stream()
            .filter(i -> !stored.contains(i.getName()))
            .map(OnnxGraph::input)
            .toList();
    Set<String> values = new LinkedHashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (!node.getOpType().equals("Constant")) {
        node.getOutputList().stream().filter(o -> !o.isEmpty()).forEach(values::add);
      }
    }
    return new OnnxGraph(
        file,
        inputs,
        graph.getOutputList().stream().map(ValueInfoProto::getName).toList(),
        List.copyOf(values),
        external,
        graph);
  }

  private static Input input(ValueInfoProto info) {
    List<OptionalLong> dimensions = new ArrayList<>();
    List<String> symbols = new ArrayList<>();
    for (Dimension d : info.getType().getTensorType().getShape().getDimList()) {
      dimensions.add(d.hasDimValue() ? OptionalLong.of(d.getDimValue()) : OptionalLong.empty());
      symbols.add(d.getDimParam());
    }
    return new Input(
        info.getName(),
        info.getType().hasTensorType()
            ? StoredTensors.type(info.getType().getTensorType().getElemType())
            : Optional.empty(),
        dimensions,
        symbols);
  }

  /** Which of the model's values each tensor of a layer is, where that can be told. */
  public SequencedMap<String, SequencedMap<String, String>> layers(Workload workload) {
    return LayerValues.of(graph, workload);
  }

  /** The bytes that, put behind those of the model's file, make these values results as well. */
  public static byte[] appendix(List<String> names) {
    var graph = GraphProto.newBuilder();
    names.forEach(n -> graph.addOutput(ValueInfoProto.newBuilder().setName(n)));
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }

  /** How many nodes are inside of other nodes, whose values cannot be results. */
  public int nested() {
    return nested(graph);
  }

  private static int nested(GraphProto graph) {
    int sum = 0;
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto a : node.getAttributeList()) {
        List<GraphProto> inner = new ArrayList<>(a.getGraphsList());
        if (a.hasG()) {
          inner.add(a.getG());
        }
        for (GraphProto g : inner) {
          sum += g.getNodeCount() + nested(g);
        }
      }
    }
    return sum;
  }

  /** For each value that holds the same elements as another in the same order, that other one. */
  public SequencedMap<String, String> sameElements() {
    var same = new LinkedHashMap<String, String>();
    for (NodeProto node : graph.getNodeList()) {
      if (LayerValues.KEEPS_ELEMENTS.contains(node.getOpType())
          && node.getInputCount() > 0
          && node.getOutputCount() == 1) {
        same.put(node.getOutput(0), same.getOrDefault(node.getInput(0), node.getInput(0)));
      }
    }
    return same;
  }
}
