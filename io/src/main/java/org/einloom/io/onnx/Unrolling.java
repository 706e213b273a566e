package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ValueInfoProto;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code Loop} and {@code Scan} whose number of steps is known, as their steps one after the other:
 * the graph of each is visited with what is known in that step, its number among it.
 */
final class Unrolling {
  /** Nodes that all loops of a model together may stand for. */
  private static final long MAX_NODES = 200_000;

  private final BiConsumer<GraphProto, Scope> visit;
  private long nodes;

  /**
   * Unrolls the loops of one model.
   *
   * @param visit visits a graph whose inputs the scope defines
   */
  Unrolling(BiConsumer<GraphProto, Scope> visit) {
    this.visit = visit;
  }

  static boolean isLoop(String operator) {
    return operator.equals("Loop") || operator.equals("Scan");
  }

  /** One step: the values that its graph made, in the order of its results. */
  private record Step(List<String> names, List<Value> values) {}

  /**
   * What is known of the results of a loop; its layers have been added then.
   *
   * @throws Unknown if data decides how often it runs, or one of its shapes changes
   */
  List<Value> results(Node node, Scope scope, Provenance provenance) throws Unknown {
    return Node.operator(node.proto()).equals("Loop")
        ? loop(node, scope, provenance)
        : scan(node, scope, provenance);
  }

  private static GraphProto body(Node node) {
    return node.graph("body")
        .orElseThrow(() -> new InvalidSpecException("has no attribute 'body'"));
  }

  private List<Value> loop(Node node, Scope scope, Provenance provenance) throws Unknown {
    GraphProto body = body(node);
    int carried = Math.max(0, node.inputs().size() - 2);
    long most = node.has(0) ? one(node.input(0)) : Long.MAX_VALUE;
    boolean goesOn = !node.has(1) || one(node.input(1)) != 0;
    if (body.getInputCount() != carried + 2 || body.getOutputCount() < carried + 1) {
      throw new InvalidSpecException(
          "its body takes "
              + body.getInputCount()
              + " values and makes "
              + body.getOutputCount()
              + "; expected a number, a condition and "
              + carried
              + " values, and a condition and as many");
    }
    List<String> names = new ArrayList<>(node.proto().getInputList().stream().skip(2).toList());
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      values.add(node.input(i + 2));
    }
    var steps = new ArrayList<Step>();
    for (long t = 0; t < most && goesOn; t++) {
      var inner = new Scope(scope);
      GraphProto graph = Renaming.of(body, prefix(node, t), counted());
      inner.define(graph.getInput(0).getName(), known(ElementType.INT64, t));
      inner.define(graph.getInput(1).getName(), known(ElementType.BOOL, 1));
      for (int i = 0; i < carried; i++) {
        String name = graph.getInput(i + 2).getName();
        inner.define(name, values.get(i));
        provenance.same(name, names.get(i), true);
      }
      Step step = step(graph, inner);
      goesOn = one(step.values().get(0)) != 0;
      steps.add(step);
      names = step.names().subList(1, carried + 1);
      values = step.values().subList(1, carried + 1);
    }
    var results = new ArrayList<>(values);
    for (int i = 0; i < carried; i++) {
      link(node, provenance, i, names.get(i));
    }
    for (int i = carried + 1; i < body.getOutputCount(); i++) {
      results.add(stacked(node, provenance, steps, i, i - 1, 0));
    }
    return results;
  }

  private List<Value> scan(Node node, Scope scope, Provenance provenance) throws Unknown {
    if (node.opset() < 9) {
      throw new Unknown("before operator set 9 a Scan ran over a batch, too");
    }
    GraphProto body = body(node);
    int scanned = Math.clamp(node.integer("num_scan_inputs", 0), 0, 1 << 20);
    int carried = node.inputs().size() - scanned;
    if (scanned < 1
        || carried < 0
        || body.getInputCount() != node.inputs().size()
        || body.getOutputCount() < carried) {
      throw new InvalidSpecException(
          "its body takes "
              + body.getInputCount()
              + " values of which "
              + scanned
              + " are steps of an input; it has "
              + node.inputs().size()
              + " inputs");
    }
    int[] axes = new int[scanned];
    long steps = -1;
    for (int i = 0; i < scanned; i++) {
      Shape shape = node.shape(carried + i);
      axes[i] = shape.axis(at(node, "scan_input_axes", i));
      if (steps >= 0 && steps != shape.size(axes[i])) {
        throw new InvalidSpecException(
            "runs over " + steps + " and " + shape.size(axes[i]) + " steps; expected as many");
      }
      steps = shape.size(axes[i]);
    }
    List<String> names = new ArrayList<>(node.proto().getInputList().subList(0, carried));
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      values.add(node.input(i));
    }
    var made = new ArrayList<Step>();
    for (long t = 0; t < steps; t++) {
      var inner = new Scope(scope);
      GraphProto graph = Renaming.of(body, prefix(node, t), counted());
      for (int i = 0; i < node.inputs().size(); i++) {
        String name = graph.getInput(i).getName();
        boolean state = i < carried;
        Value from = state ? values.get(i) : node.input(i);
        inner.define(
            name,
            state
                ? from
                : Value.of(from.type(), node.shape(i).without(axes[i - carried]))
                    .constant(from.constant()));
        provenance.same(name, state ? names.get(i) : node.proto().getInput(i), state);
      }
      Step step = step(graph, inner);
      made.add(step);
      names = step.names().subList(0, carried);
      values = step.values().subList(0, carried);
    }
    var results = new ArrayList<>(values);
    for (int i = 0; i < carried; i++) {
      link(node, provenance, i, names.get(i));
    }
    for (int i = carried; i < body.getOutputCount(); i++) {
      long axis = at(node, "scan_output_axes", i - carried);
      results.add(stacked(node, provenance, made, i, i, axis));
    }
    return results;
  }

  private static long at(Node node, String attribute, int i) {
    List<Long> all = node.integers(attribute).orElse(List.of());
    return i < all.size() ? all.get(i) : 0;
  }

  private static long one(Value value) throws Unknown {
    Numbers numbers = value.numbers();
    if (numbers == null || numbers.count() != 1) {
      throw new Unknown("data decides how often it runs");
    }
    return numbers.integer(0);
  }

  private static Value known(int type, long number) {
    return new Value(type, Shape.SCALAR, Numbers.ofIntegers(number), true, "");
  }

  private static String prefix(Node node, long step) {
    String name = node.proto().getName();
    String base =
        name.isEmpty() && node.proto().getOutputCount() > 0 ? node.proto().getOutput(0) : name;
    return base + ".t" + step + "/";
  }

  private Renaming.Count counted() {
    return added -> {
      nodes += added;
      if (nodes > MAX_NODES) {
        throw new Unknown("its steps are more than " + MAX_NODES + " nodes");
      }
    };
  }

  private Step step(GraphProto graph, Scope inner) {
    visit.accept(graph, inner);
    var names = new ArrayList<String>();
    var values = new ArrayList<Value>();
    for (ValueInfoProto output : graph.getOutputList()) {
      Value value = inner.find(output.getName());
      if (value == null) {
        throw new InvalidSpecException(
            "its body has an output '" + output.getName() + "' that no node makes");
      }
      names.add(output.getName());
      values.add(value);
    }
    return new Step(names, values);
  }

  private static void link(Node node, Provenance provenance, int output, String from) {
    if (output < node.proto().getOutputCount()) {
      provenance.same(node.proto().getOutput(output), from, true);
    }
  }

  /** The values of all steps behind each other. */
  private static Value stacked(
      Node node, Provenance provenance, List<Step> steps, int made, int output, long axis)
      throws Unknown {
    if (steps.isEmpty()) {
      throw new Unknown("it runs not once");
    }
    Value first = steps.get(0).values().get(made);
    boolean constant = true;
    for (Step step : steps) {
      Value value = step.values().get(made);
      if (!value.requireShape().equals(first.requireShape())) {
        throw new Unknown("the shape of what it makes changes from step to step");
      }
      constant &= value.constant();
    }
    if (output < node.proto().getOutputCount()) {
      provenance.several(
          node.proto().getOutput(output), steps.stream().map(s -> s.names().get(made)).toList());
    }
    var sizes = new ArrayList<>(first.requireShape().sizes());
    sizes.add(Shape.axis(axis, sizes.size() + 1), (long) steps.size());
    return Value.of(first.type(), new Shape(sizes)).constant(constant);
  }
}
