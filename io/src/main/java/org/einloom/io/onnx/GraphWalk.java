package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.einloom.io.onnx.Branches.Branch;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Visits the nodes of a graph in execution order, keeps what is known of every value, and tallies
 * layers and operators that are not costed.
 */
final class GraphWalk {
  /** Random results differ from run to run, whatever their inputs. */
  private static final Set<String> RANDOM =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  private static final String THEN = "then_branch";

  private static final Set<String> RESHAPING = Set.of("Flatten", "Reshape");

  /** Numbers evaluated for one model, which no real one comes near; then evaluation ends. */
  private static final int MAX_NUMBERS = 20_000_000;

  private final Operators operators;
  private final ExternalFiles external;
  private final Map<String, Long> opsets;
  private final GraphInputs inputs;
  private Tally tally;
  private final @Nullable BatchCheck batch;
  private final Coverage coverage;
  private final Unrolling unrolling = new Unrolling(this::visitInner);
  private final Set<NodeProto> unrolled = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Shape> declared = new HashMap<>();
  private long numbers;

  /**
   * A walk for one model.
   *
   * @param opsets versions of the operator sets by domain
   * @param batch what to hold the values against, or null
   * @param coverage which operators become layers
   */
  GraphWalk(
      ExternalFiles external,
      Map<String, Long> opsets,
      GraphInputs inputs,
      Tally tally,
      @Nullable BatchCheck batch,
      Coverage coverage) {
    this.operators = new Operators(external);
    this.external = external;
    this.opsets = Map.copyOf(opsets);
    this.inputs = inputs;
    this.tally = tally;
    this.batch = batch;
    this.coverage = coverage;
  }

  /** What has been found. */
  Tally tally() {
    return tally;
  }

  /**
   * Visits the graph of the model; what is known of its values is in the scope that is returned.
   */
  Scope walk(GraphProto graph) {
    var scope = new Scope(null);
    initialisers(graph, scope);
    inputs.define(graph, scope);
    visit(graph, scope);
    return scope;
  }

  private void initialisers(GraphProto graph, Scope scope) {
    for (TensorProto tensor : graph.getInitializerList()) {
      scope.define(tensor.getName(), TensorData.read(tensor, external));
    }
    for (var sparse : graph.getSparseInitializerList()) {
      TensorProto tensor =
          sparse.getValues().toBuilder().clearDims().addAllDims(sparse.getDimsList()).build();
      Value value = TensorData.read(tensor.toBuilder().clearRawData().build(), external);
      scope.define(
          tensor.getName(),
          new Value(value.type(), value.shape(), null, true, "a sparse tensor is not evaluated"));
    }
  }

  private void visit(GraphProto graph, Scope scope) {
    for (ValueInfoProto info : graph.getValueInfoList()) {
      declare(info);
    }
    for (ValueInfoProto info : graph.getOutputList()) {
      declare(info);
    }
    Hints hints = Hints.of(graph);
    for (int index : GraphOrder.of(graph.getNodeList())) {
      NodeProto proto = graph.getNode(index);
      String label = Node.label(proto, index);
      try {
        visit(proto, label, scope, hints);
      } catch (InvalidSpecException e) {
        throw new InvalidSpecException(label + ": " + e.getMessage(), e);
      }
    }
  }

  private void declare(ValueInfoProto info) {
    Shape shape = inputs.declared(info);
    if (shape != null) {
      declared.put(info.getName(), shape);
    }
  }

  private void visit(NodeProto proto, String label, Scope scope, Hints hints) {
    List<@Nullable Value> known = new ArrayList<>();
    for (String name : proto.getInputList()) {
      Value value = name.isEmpty() ? null : scope.find(name);
      if (value == null && !name.isEmpty()) {
        throw new InvalidSpecException(
            "its input '" + name + "' is no graph input, no initialiser and no node's output");
      }
      known.add(value);
    }
    Node node = node(proto, known, hints);
    long others = tally.others();
    List<Value> results;
    String why = label + ": not all results of this operator are inferred";
    try {
      results = results(node, scope);
    } catch (Unknown e) {
      results = List.of();
      why = e.inherited() ? e.reason() : label + ": " + e.reason();
    }
    var made = new ArrayList<Value>();
    for (int i = 0; i < proto.getOutputCount(); i++) {
      if (!proto.getOutput(i).isEmpty()) {
        Value result = i < results.size() ? results.get(i) : Value.unknown(0, why);
        Value typed = i == 0 ? QuantisedForms.typed(node, result) : result;
        Value complete = complete(typed, proto.getOutput(i), node, label);
        complete = complete.stored(hints.stored(proto.getOutput(i)));
        scope.define(proto.getOutput(i), complete);
        made.add(complete);
        if (batch != null && RESHAPING.contains(proto.getOpType())) {
          batch.reshape(proto.getInput(0), node.input(0), proto.getOutput(i), complete);
        }
      }
    }
    if (!hints.isPartOfOthers(node, made)) {
      cost(node, made, hints.folded());
    }
    tally.provenance().results(node, scope, tally.others() > others);
  }

  /** The node as the rules see it: on real numbers, with the type that its result is written in. */
  @SuppressWarnings("ReferenceEquality") // the very node means that it had no other form
  private Node node(NodeProto proto, List<@Nullable Value> known, Hints hints) {
    Node given = new Node(proto, known, opset(proto.getDomain()));
    Node node = QuantisedForms.plain(given, opset(""));
    Integer type = proto.getOutputCount() == 0 ? null : hints.stored(proto.getOutput(0));
    return type == null || node != given ? node : node.storing(type);
  }

  /** Adds the passes of an operator that is no product, or names it as not costed. */
  private void cost(Node node, List<Value> results, FoldedNormalizations folded) {
    String operator = Node.operator(node.proto());
    if (operators.layer(operator) != null || unrolled.contains(node.proto())) {
      return; // it is a layer already, or its steps are
    }
    if (operator.equals("If")
        || results.stream().allMatch(Value::constant)
        || isEmpty(node, results)) {
      return; // what is in a branch has been costed; nothing is computed from data
    }
    String result = node.proto().getOutputCount() == 0 ? "" : node.proto().getOutput(0);
    if (folded.silent().contains(result)) {
      return;
    }
    try {
      PassRule rule = PassRules.of(operator);
      if (rule == null) {
        throw new Unknown("has no rule");
      } else if (folded.biased().contains(result)) {
        add("Bias", node, List.of(Products.bias(node, 2)));
      } else {
        List<Pass> passes = rule.passes(node, results);
        add(node.called(), node, StoredTypes.of(node, passes, results));
      }
    } catch (Unknown e) {
      tally.addNotCosted(node.called());
    } catch (InvalidSpecException e) {
      if (coverage == Coverage.ALL || PassRules.multiplies(operator)) {
        throw e;
      }
      tally.addNotCosted(node.called()); // only products have to make sense
    }
  }

  /** The passes of a node as layers; where only products are, these, and its name for others. */
  private void add(String operator, Node node, List<Pass> passes) {
    if (coverage == Coverage.ALL) {
      tally.add(operator, node.proto(), passes);
      return;
    }
    List<Pass> products =
        PassRules.multiplies(Node.operator(node.proto()))
            ? passes.stream().filter(Pass::multiplies).toList()
            : List.of();
    tally.add(operator, node.proto(), products);
    if (products.size() < passes.size()) {
      tally.addNotCosted(products.isEmpty() ? operator : operator + " besides its products");
    }
  }

  private static boolean isEmpty(Node node, List<Value> results) {
    return Stream.concat(node.inputs().stream().limit(1), results.stream().limit(1))
        .anyMatch(v -> v != null && v.shape() != null && v.shape().elements() == 0);
  }

  private long opset(String domain) {
    return opsets.getOrDefault(domain.equals("ai.onnx") ? "" : domain, 1L);
  }

  private List<Value> results(Node node, Scope scope) throws Unknown {
    String operator = Node.operator(node.proto());
    LayerRule layer = operators.layer(operator);
    if (layer != null) {
      return List.of(layer(layer, node));
    }
    if (operator.equals("If")) {
      return node.input(0).numbers() == null ? undecided(node, scope) : branch(node, scope);
    }
    if (Unrolling.isLoop(operator)) {
      return loop(node, scope);
    }
    tally.addInside(operator, node.proto());
    ShapeRule rule = operators.shapes(operator);
    if (rule == null) {
      String why = Refused.why(operator);
      throw new Unknown(
          why != null
              ? why
              : "the file does not give the shape of what this operator makes, and Einloom has no"
                  + " rule for it; ONNX's own shape inference may write it into the file");
    }
    return rule.infer(node);
  }

  private Value layer(LayerRule rule, Node node) {
    try {
      var costed = rule.make(node, tally.name(node.proto()));
      tally.provenance().product(tally.layers().size(), node);
      tally.add(node.called(), costed.einsum());
      if (node.has(2)) {
        add("Bias", node, List.of(Products.bias(node, 2)));
      }
      return Value.of(node.type(0), costed.output());
    } catch (Unknown e) {
      throw new InvalidSpecException("the shape of an operand is unknown: " + e.reason());
    }
  }

  /** A loop is its steps, or, where data decides how often it runs, named as what it is. */
  private List<Value> loop(Node node, Scope scope) throws Unknown {
    Tally before = tally;
    tally = before.fork();
    try {
      List<Value> results = unrolling.results(node, scope, tally.provenance());
      unrolled.add(node.proto());
      return results;
    } catch (Unknown e) {
      tally = before;
      tally.addInside(Node.operator(node.proto()), node.proto());
      throw e;
    }
  }

  private void visitInner(GraphProto graph, Scope scope) {
    initialisers(graph, scope);
    visit(graph, scope);
  }

  /** An {@code If} whose condition is known is the branch that it takes. */
  private List<Value> branch(Node node, Scope scope) throws Unknown {
    Numbers condition = node.numbers(0);
    return branch(
        node, scope, condition.count() > 0 && condition.real(0) != 0 ? THEN : "else_branch");
  }

  /** An {@code If} that data decides is the branch that costs more, and named as that. */
  private List<Value> undecided(Node node, Scope scope) throws Unknown {
    int layers = tally.layers().size();
    Branch larger =
        Branches.larger(tried(node, scope, THEN), tried(node, scope, "else_branch"), layers);
    if (larger == null) {
      tally.addNotCosted("If");
      tally.addInside("If", node.proto());
      throw new Unknown("data decides which branch is taken, and neither can be read");
    }
    tally = larger.tally();
    tally.addNotCosted(Branches.NAME);
    return larger.results();
  }

  private @Nullable Branch tried(Node node, Scope scope, String name) {
    Tally before = tally;
    tally = before.fork();
    try {
      return new Branch(branch(node, scope, name), tally);
    } catch (InvalidSpecException e) {
      return null;
    } finally {
      tally = before;
    }
  }

  private List<Value> branch(Node node, Scope scope, String name) {
    GraphProto graph =
        node.graph(name)
            .orElseThrow(() -> new InvalidSpecException("has no attribute '" + name + "'"));
    var inner = new Scope(scope);
    initialisers(graph, inner);
    visit(graph, inner);
    var results = new ArrayList<Value>();
    for (ValueInfoProto output : graph.getOutputList()) {
      Value value = inner.find(output.getName());
      if (value == null) {
        throw new InvalidSpecException(
            "its branch has an output '" + output.getName() + "' that no node makes");
      }
      results.add(value);
    }
    tally.provenance().branch(node.proto(), graph);
    return results;
  }

  /** Adds what holds for every operator: shapes the file gives, constancy, precision, reasons. */
  private Value complete(Value value, String name, Node node, String label) {
    Shape shape = value.shape() == null ? declared.get(name) : value.shape();
    Numbers kept = value.numbers();
    if (kept != null) {
      numbers += kept.count();
      if (numbers > MAX_NUMBERS) {
        kept = null;
      } else if (value.type() == ElementType.FLOAT && !kept.integral()) {
        kept = Folding.unary(kept, x -> (float) x);
      }
    }
    boolean constant =
        kept != null
            || (node.inputs().stream().allMatch(i -> i == null || i.constant())
                && (!node.inputs().isEmpty() || node.proto().getOpType().equals("Constant"))
                && !RANDOM.contains(node.proto().getOpType())
                && node.proto().getAttributeList().stream()
                    .noneMatch(a -> a.getType() == AttributeType.GRAPH));
    String why = value.why();
    if (kept == null && why.isEmpty()) {
      why = whyNotEvaluated(node, label);
    }
    return new Value(value.type(), shape, kept, constant, why, StoredTypes.of(node));
  }

  /** The reason of the first input that is not known by its elements; it may go back far. */
  private static String whyNotEvaluated(Node node, String label) {
    for (Value input : node.inputs()) {
      if (input != null && input.numbers() == null && !input.why().isEmpty()) {
        return input.why();
      }
    }
    return label + ": its result is not evaluated";
  }
}
