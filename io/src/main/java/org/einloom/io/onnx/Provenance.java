package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.einloom.workload.Links;
import org.einloom.workload.Links.Leaves;
import org.einloom.workload.Links.Source;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a graph come from: which layer makes them, or what layers make what they are
 * made of. It is told of every layer before it is added, and of every node after it is done.
 */
final class Provenance {
  private static final String PASS = "pass ";

  /** By value, for those that layers make or help to make; names are unique in a model. */
  private final Map<String, Source> values = new HashMap<>();

  private final List<List<Source>> operands = new ArrayList<>();

  /** Of the node that is visited: its passes by what they are to it, and the one that ends it. */
  private final Map<String, Integer> parts = new HashMap<>();

  private @Nullable Integer last;

  /** Adds all that another one was told. */
  void add(Provenance other) {
    values.putAll(other.values);
    operands.addAll(other.operands);
    parts.putAll(other.parts);
    last = other.last;
  }

  /** The layer of that number is a product of the first two inputs of the node. */
  void product(int layer, Node node) {
    Source first = of(node.proto().getInput(0));
    Source second = of(node.proto().getInput(1));
    operands.add(EinsumDraft.firstIsWeight(node) ? List.of(second, first) : List.of(first, second));
    last = layer;
  }

  /**
   * The layer of that number is a pass of the node.
   *
   * @param isBias whether it is that of a bias, which is no part of the way of the data
   */
  void pass(int layer, NodeProto node, Pass pass, boolean isBias) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < pass.einsum().operands().size(); i++) {
      String value = i < pass.values().size() ? pass.values().get(i) : i == 0 ? Pass.INPUT : "";
      sources.add(isBias ? new Links.Outside() : operand(node, value));
    }
    operands.add(sources);
    if (!isBias) {
      parts.put(pass.part(), layer);
      last = layer;
    }
  }

  private Source operand(NodeProto node, String value) {
    String whole = node.getInputList().contains(value) ? null : Pass.whole(value);
    if (whole != null) {
      Source source = operand(node, whole);
      return source.layers().isEmpty() ? source : new Links.Parts(List.copyOf(source.layers()));
    }
    String part = value.startsWith(PASS) ? value.substring(PASS.length()) : value;
    Integer made = parts.get(part);
    boolean isInput = node.getInputList().contains(value);
    if (made != null && !isInput) {
      return new Links.Result(made);
    }
    return value.equals(Pass.INPUT) && !isInput && node.getInputCount() > 0
        ? of(node.getInput(0))
        : of(value);
  }

  /**
   * The node is done.
   *
   * @param isOther whether it, or something in it, is not costed
   */
  void results(Node node, Scope scope, boolean isOther) {
    for (int i = 0; i < node.proto().getOutputCount(); i++) {
      String name = node.proto().getOutput(i);
      Value result = name.isEmpty() ? null : scope.find(name);
      if (result != null && !result.constant()) {
        Source source = source(node, result, i, isOther);
        if (!source.layers().isEmpty()) {
          values.putIfAbsent(name, source);
        }
      }
    }
    parts.clear();
    last = null;
  }

  private Source source(Node node, Value result, int output, boolean isOther) {
    if (last != null && RecurrentPasses.isRecurrent(node.called())) {
      return new Links.Parts( // the states of all steps, or one of them
          parts.entrySet().stream()
              .filter(e -> e.getKey().startsWith("state") || e.getKey().startsWith("cell"))
              .map(Map.Entry::getValue)
              .sorted()
              .toList());
    }
    if (last != null) {
      return output == 0 ? new Links.Result(last) : new Links.Parts(List.of(last));
    }
    TreeSet<Integer> layers = new TreeSet<>();
    int made = 0;
    Source whole = new Links.Outside();
    for (int i = 0; i < node.inputs().size(); i++) {
      Source source = of(node.proto().getInput(i));
      if (!source.layers().isEmpty()) {
        layers.addAll(source.layers());
        made++;
        whole = isOther || !sameSize(node.input(i), result) ? new Links.Outside() : source;
      }
    }
    if (layers.isEmpty()) {
      return new Links.Outside();
    }
    return made == 1 && !whole.layers().isEmpty() ? whole : new Links.Parts(List.copyOf(layers));
  }

  private static boolean sameSize(Value input, Value result) {
    Shape a = input.shape();
    Shape b = result.shape();
    return a != null && b != null && a.elements() == b.elements();
  }

  /**
   * A value has the words of another one.
   *
   * @param whole whether it has all of them
   */
  void same(String name, String from, boolean whole) {
    Source source = of(from);
    if (!name.isEmpty() && !source.layers().isEmpty()) {
      values.putIfAbsent(
          name, whole ? source : new Links.Parts(source.layers().stream().sorted().toList()));
    }
  }

  /** A value is made of several others. */
  void several(String name, List<String> from) {
    TreeSet<Integer> layers = new TreeSet<>();
    from.forEach(f -> layers.addAll(of(f).layers()));
    if (!name.isEmpty() && !layers.isEmpty()) {
      values.putIfAbsent(name, new Links.Parts(List.copyOf(layers)));
    }
  }

  /** The results of a node are those of a graph in it. */
  void branch(NodeProto node, GraphProto graph) {
    for (int i = 0; i < Math.min(node.getOutputCount(), graph.getOutputCount()); i++) {
      Source source = values.get(graph.getOutput(i).getName());
      if (source != null) {
        values.putIfAbsent(node.getOutput(i), source);
      }
    }
  }

  private Source of(String value) {
    return values.getOrDefault(value, new Links.Outside());
  }

  /** All links, of a graph that has been walked through. */
  Links links(GraphProto graph) {
    Leaves[] leaves = new Leaves[operands.size()];
    for (ValueInfoProto output : graph.getOutputList()) {
      Source source = of(output.getName());
      boolean whole = source instanceof Links.Result;
      for (int layer : source.layers()) {
        leaves[layer] = whole || leaves[layer] == Leaves.WHOLE ? Leaves.WHOLE : Leaves.PARTLY;
      }
    }
    List<Links.Ends> ends = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      ends.add(new Links.Ends(operands.get(i), leaves[i] == null ? Leaves.NOT : leaves[i]));
    }
    return new Links(ends);
  }
}
