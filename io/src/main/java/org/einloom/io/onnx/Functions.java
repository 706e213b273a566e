package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the nodes of the functions that a model defines in the place of their calls, as
 * https://github.com/onnx/onnx/blob/main/docs/IR.md (Functions) has it: inputs and outputs are the
 * caller's, all other values and the names of nodes get the caller's name before them, and
 * attributes that refer to an attribute of the function are those of the call, or its default.
 */
final class Functions {
  /** Deeper calls than any exporter writes; a function may not call itself. */
  private static final int MAX_DEPTH = 50;

  /** What a hostile file may make of few bytes ends here. */
  private static final int MAX_NODES = 500_000;

  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();
  private int nodes;

  private Functions() {}

  /** The model without functions; itself if it has none. */
  static ModelProto inline(ModelProto model) {
    if (model.getFunctionsCount() == 0) {
      return model;
    }
    var all = new Functions();
    Map<String, Long> opsets = new LinkedHashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      opsets.put(domain(set.getDomain()), set.getVersion());
    }
    ModelProto.Builder inlined = model.toBuilder().clearFunctions();
    for (FunctionProto function : model.getFunctionsList()) {
      all.functions.put(
          key(function.getDomain(), function.getName(), function.getOverload()), function);
      for (OperatorSetIdProto set : function.getOpsetImportList()) {
        Long known = opsets.putIfAbsent(domain(set.getDomain()), set.getVersion());
        if (known == null) {
          inlined.addOpsetImport(set);
        } else if (domain(set.getDomain()).isEmpty() && known != set.getVersion()) {
          throw new InvalidSpecException(
              "function '"
                  + function.getName()
                  + "' is written for operator set "
                  + set.getVersion()
                  + " and the model for "
                  + known
                  + "; expected the same");
        }
      }
    }
    return inlined.setGraph(all.graph(model.getGraph(), Call.NONE, 0)).build();
  }

  private static String domain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private static String key(String domain, String name, String overload) {
    return domain(domain) + "\n" + name + "\n" + overload;
  }

  /**
   * What names and attributes mean inside a function.
   *
   * @param prefix before all names that are not the caller's; null outside functions
   * @param values the caller's names of inputs and outputs
   * @param attributes those of the call, and defaults
   */
  private record Call(
      @Nullable String prefix, Map<String, String> values, Map<String, AttributeProto> attributes) {
    static final Call NONE = new Call(null, Map.of(), Map.of());

    String value(String name) {
      return prefix == null || name.isEmpty()
          ? name
          : values.getOrDefault(name, prefix + "/" + name);
    }
  }

  private GraphProto graph(GraphProto graph, Call call, int depth) {
    GraphProto.Builder changed = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> add(node, call, changed, depth));
    if (call.prefix() != null) {
      changed.getInputBuilderList().forEach(v -> v.setName(call.value(v.getName())));
      changed.getOutputBuilderList().forEach(v -> v.setName(call.value(v.getName())));
      changed.getValueInfoBuilderList().forEach(v -> v.setName(call.value(v.getName())));
      changed.getInitializerBuilderList().forEach(t -> t.setName(call.value(t.getName())));
      changed
          .getSparseInitializerBuilderList()
          .forEach(t -> t.getValuesBuilder().setName(call.value(t.getValues().getName())));
    }
    return changed.build();
  }

  /** Adds a node as it is called from there, or what it stands for. */
  private void add(NodeProto node, Call call, GraphProto.Builder graph, int depth) {
    if (++nodes > MAX_NODES) {
      throw new InvalidSpecException(
          "its functions stand for more than " + MAX_NODES + " nodes; no network known needs more");
    }
    NodeProto.Builder named = node.toBuilder().clearInput().clearOutput().clearAttribute();
    node.getInputList().forEach(v -> named.addInput(call.value(v)));
    node.getOutputList().forEach(v -> named.addOutput(call.value(v)));
    if (call.prefix() != null && !node.getName().isEmpty()) {
      named.setName(call.prefix() + "/" + node.getName());
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      attribute(attribute, call, named, depth);
    }
    FunctionProto function =
        functions.get(key(node.getDomain(), node.getOpType(), node.getOverload()));
    if (function == null) {
      graph.addNode(named);
    } else {
      inline(function, named.build(), graph, depth + 1);
    }
  }

  private void attribute(AttributeProto attribute, Call call, NodeProto.Builder node, int depth) {
    if (call.prefix() != null && !attribute.getRefAttrName().isEmpty()) {
      AttributeProto given = call.attributes().get(attribute.getRefAttrName());
      if (given == null) {
        return; // an optional attribute that the call leaves out
      }
      node.addAttribute(given.toBuilder().setName(attribute.getName()));
      return;
    }
    AttributeProto.Builder changed = attribute.toBuilder();
    if (attribute.hasG()) {
      changed.setG(graph(attribute.getG(), call, depth));
    }
    for (int i = 0; i < attribute.getGraphsCount(); i++) {
      changed.setGraphs(i, graph(attribute.getGraphs(i), call, depth));
    }
    node.addAttribute(changed);
  }

  private void inline(FunctionProto function, NodeProto node, GraphProto.Builder graph, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidSpecException(
          "function '"
              + function.getName()
              + "' is called more than "
              + MAX_DEPTH
              + " deep; a function may not call itself");
    }
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
    node.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
    Map<String, String> values = new HashMap<>();
    bind(function.getInputList(), node.getInputList(), values);
    for (int i = 0; i < function.getOutputCount() && i < node.getOutputCount(); i++) {
      String formal = function.getOutput(i);
      String actual = node.getOutput(i);
      String before = actual.isEmpty() ? null : values.putIfAbsent(formal, actual);
      if (before != null) { // an input, or an output before, under another name
        graph.addNode(
            NodeProto.newBuilder().setOpType("Identity").addInput(before).addOutput(actual));
      }
    }
    var call = new Call(prefix(node, function), values, attributes);
    function.getNodeList().forEach(inner -> add(inner, call, graph, depth));
  }

  /** Calls may share a name, or have none; their values may not. */
  private String prefix(NodeProto node, FunctionProto function) {
    String base = node.getName().isEmpty() ? function.getName() : node.getName();
    String prefix = base;
    for (int i = 2; !prefixes.add(prefix); i++) {
      prefix = base + "#" + i;
    }
    return prefix;
  }

  private static void bind(List<String> formal, List<String> actual, Map<String, String> values) {
    for (int i = 0; i < formal.size(); i++) {
      values.put(formal.get(i), i < actual.size() ? actual.get(i) : "");
    }
  }
}
