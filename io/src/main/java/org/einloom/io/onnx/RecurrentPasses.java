package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.io.onnx.EinsumDraft.Rank;
import org.einloom.io.onnx.EinsumDraft.Source;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * {@code LSTM}, {@code GRU} and {@code RNN} by the equations of the ONNX specification, and {@code
 * DynamicQuantizeLSTM} of ONNX Runtime. The product of the inputs and their weights does not depend
 * on the state, and is one for all time steps. The rest of a step needs the state that the step
 * before has made, which no Einsum can say of its loops: it is the passes of one step, as often as
 * there are steps, so that no mapping computes two steps at once. Both directions are computed
 * together.
 */
final class RecurrentPasses {
  private static final List<String> LSTM_ACTIVATIONS =
      List.of(Operation.SIGMOID, Operation.TANH, Operation.TANH);

  private static final List<String> GRU_ACTIVATIONS = List.of(Operation.SIGMOID, Operation.TANH);

  /** What operands are called that are no part of their own step. */
  private static final String INPUTS = "inputs";

  private static final String STATE = "state of the step before";
  private static final String CELL = "cell of the step before";

  private static final OptionalInt BYTE = OptionalInt.of(8);

  private static final Set<String> OPERATORS =
      Set.of("GRU", "LSTM", "RNN", "com.microsoft::DynamicQuantizeLSTM");

  private final Node node;
  private final RecurrentCell cell;
  private final boolean dynamic;

  /** What runs before the first step, and in each. */
  private final List<Pass> before = new ArrayList<>();

  private final List<Pass> step = new ArrayList<>();

  /** The product of the state that is added to that of the inputs. */
  private String product = "recurrent";

  /** What is added up for the gates. */
  private String[] sums = {INPUTS, product};

  private RecurrentPasses(Node node, RecurrentCell cell, boolean dynamic) {
    this.node = node;
    this.cell = cell;
    this.dynamic = dynamic;
  }

  static void addTo(Map<String, PassRule> rules) {
    rules.put("LSTM", (node, results) -> lstm(node, false));
    rules.put("com.microsoft::DynamicQuantizeLSTM", (node, results) -> lstm(node, true));
    rules.put("GRU", (node, results) -> gru(node));
    rules.put("RNN", (node, results) -> rnn(node));
  }

  /** Whether its products count as operations, not as MACs: those are of other operators alone. */
  static boolean isRecurrent(String operator) {
    return OPERATORS.contains(operator);
  }

  private static List<Pass> lstm(Node node, boolean dynamic) throws Unknown {
    RecurrentCell cell = RecurrentCell.of(node, 4, LSTM_ACTIVATIONS, dynamic);
    var passes = new RecurrentPasses(node, cell, dynamic);
    passes.inputs(4);
    passes.recurrent("recurrent", STATE, 4);
    if (node.has(7)) {
      passes.peepholes();
    }
    passes.clip(4);
    boolean coupled = node.flag("input_forget", false);
    passes.step("gates", cell.activations().get(0), coupled ? 2 : 3, passes.sums);
    passes.step("values", cell.activations().get(1), 1, passes.sums);
    if (coupled) { // what is not let in is kept
      passes.step("coupled", Operation.SCALE, 1, "gates");
    }
    passes.step("forget", Operation.MUL, 1, "gates", CELL);
    passes.step("cell", Operation.SCALE, 1, "gates", "values", "forget");
    passes.step("squashed", cell.activations().get(2), 1, "cell");
    passes.step("state", Operation.MUL, 1, "gates", "squashed");
    return passes.all();
  }

  private static List<Pass> gru(Node node) throws Unknown {
    RecurrentCell cell = RecurrentCell.of(node, 3, GRU_ACTIVATIONS, false);
    var passes = new RecurrentPasses(node, cell, false);
    passes.inputs(3);
    String gate = cell.activations().get(0);
    String value = cell.activations().get(1);
    if (node.integer("linear_before_reset", 0) != 0) {
      passes.recurrent("recurrent", STATE, 3);
      if (node.has(3)) { // behind the product that the reset gate multiplies
        passes.bias(passes.step, "recurrent.bias", 1);
      }
      passes.clip(3);
      passes.step("gates", gate, 2, passes.sums);
      passes.step("reset", Operation.SCALE, 1, "gates", passes.product, INPUTS);
      passes.step("values", value, 1, "reset");
    } else {
      passes.recurrent("recurrent", STATE, 2);
      passes.clip(2);
      passes.step("gates", gate, 2, passes.sums);
      passes.step("reset", Operation.MUL, 1, "gates", STATE);
      passes.recurrent("recurrent.values", "reset", 1);
      passes.clip(1);
      passes.step("values", value, 1, passes.sums);
    }
    // (1 - z) * n + z * h = n + z * (h - n)
    passes.step("difference", Operation.ADD, 1, STATE, "values");
    passes.step("state", Operation.SCALE, 1, "gates", "difference", "values");
    return passes.all();
  }

  private static List<Pass> rnn(Node node) throws Unknown {
    RecurrentCell cell = RecurrentCell.of(node, 1, List.of(Operation.TANH), false);
    var passes = new RecurrentPasses(node, cell, false);
    passes.inputs(1);
    passes.recurrent("recurrent", STATE, 1);
    passes.clip(1);
    passes.step("state", cell.activations().get(0), 1, passes.sums);
    return passes.all();
  }

  /** The passes of all steps; those of later ones are called after theirs. */
  private List<Pass> all() {
    var all = new ArrayList<>(before);
    List<String> parts = step.stream().map(Pass::part).toList();
    for (long t = 0; t < cell.steps(); t++) {
      for (Pass pass : step) {
        var values = new ArrayList<String>();
        for (String value : pass.values()) {
          values.add(
              switch (value) {
                case STATE -> t == 0 ? initial(5) : at("state", t - 1);
                case CELL -> t == 0 ? initial(6) : at("cell", t - 1);
                default -> parts.contains(value) && !isInput(value) ? at(value, t) : value;
              });
        }
        all.add(new Pass(at(pass.part(), t), pass.einsum(), values));
      }
    }
    return all;
  }

  private boolean isInput(String value) {
    return node.proto().getInputList().contains(value);
  }

  private static String at(String part, long step) {
    return step == 0 ? part : part + ".t" + step;
  }

  private String initial(int input) {
    return node.has(input) ? node.proto().getInput(input) : "";
  }

  /** The inputs of all steps times their weights, and where those sums start. */
  private void inputs(long gates) throws Unknown {
    long rows = Checked.multiply(cell.steps(), cell.batch(), "the inputs of all steps");
    String from = Pass.INPUT;
    if (dynamic) {
      from = quantise(before, INPUTS, from, node.shape(0));
    }
    Axis n = new Axis("n", rows);
    Axis c = new Axis("c", cell.inputs());
    before.add(product(INPUTS, source(from, false, List.of(n, c)), 1, gates, c, n));
    if (node.has(3)) {
      bias(before, "bias", gates);
    }
  }

  /** Sums start at their bias: its words are read, no more. */
  private void bias(List<Pass> passes, String part, long states) {
    Shape words = Shape.of(cell.directions() * states * cell.hidden());
    PassDraft draft = PassDraft.over(words);
    draft.read(node.proto().getInput(3), node.input(3).constant(), draft.all());
    passes.add(draft.write(part, Operation.ADD, Axes.NONE));
  }

  /** A state of each direction times its weights, for {@code gates} states. */
  private void recurrent(String part, String state, long gates) {
    String from = dynamic ? quantise(step, part, state, cell.states(1)) : state;
    product = part;
    if (sums.length == 2) {
      sums = new String[] {INPUTS, part};
    }
    Axis k = new Axis("k", cell.hidden());
    Axis n = new Axis("n", cell.batch());
    Source operand = source(from, false, List.of(new Axis("d", cell.directions()), n, k));
    step.add(product(part, operand, 2, gates, k, n));
  }

  private record Axis(String variable, long extent) {}

  private static Source source(String value, boolean constant, List<Axis> axes) {
    return new Source(
        value, constant, axes.stream().map(a -> Rank.of(a.variable(), a.extent())).toList());
  }

  private Pass product(String part, Source state, int weights, long gates, Axis inner, Axis rows) {
    Axis d = new Axis("d", cell.directions());
    Axis m = new Axis("m", Checked.multiply(gates, cell.hidden(), "the words of all gates"));
    var draft = new EinsumDraft();
    for (Axis axis : List.of(d, rows, m, inner)) {
      draft.variable(axis.variable(), axis.extent());
    }
    if (draft.isEmpty()) {
      draft.keep(inner.variable(), inner.extent());
    }
    String value = node.proto().getInput(weights);
    Source weight = source(value, node.input(weights).constant(), List.of(d, m, inner));
    List<Source> sources = List.of(state, weight);
    List<String> values = EinsumDraft.inOrder(sources).stream().map(Source::value).toList();
    Source output = source("", false, List.of(d, rows, m));
    Einsum einsum = draft.pass("pass", Einsum.MAC, sources, output.ranks());
    return new Pass(part, accumulated(einsum, weights), values);
  }

  /** Where states are quantised as they come, they are bytes, and so are their weights. */
  private Einsum accumulated(Einsum e, int weights) {
    Value weight = node.input(weights);
    if (!dynamic) {
      return e;
    }
    var operands = new ArrayList<>(e.operands());
    operands.set(0, operands.get(0).withBits(BYTE, OptionalInt.empty()));
    OptionalInt sums = StoredTypes.accumulatorBits(weight, weight);
    TensorAccess output = e.output().withBits(OptionalInt.empty(), sums);
    return new Einsum(e.name(), e.variables(), operands, output, e.operation());
  }

  /** The range of all words, then each of them, which becomes a byte. */
  private static String quantise(List<Pass> passes, String part, String value, Shape words) {
    Axes all = Axes.range(0, words.rank());
    PassDraft range = PassDraft.over(words).read(value, all);
    passes.add(range.write(part + ".range", Operation.MAX, Axes.NONE));
    PassDraft scale = PassDraft.over(words).read(value, all).read(part + ".range", Axes.NONE);
    Einsum e = scale.einsum(Operation.SCALE, all);
    TensorAccess output = e.output().withBits(BYTE, OptionalInt.empty());
    Einsum bytes = new Einsum(e.name(), e.variables(), e.operands(), output, e.operation());
    passes.add(new Pass(part + ".quantised", bytes, List.of(value, part + ".range")));
    return part + ".quantised";
  }

  /** A pass of each step over {@code states} states, of what is called so. */
  private void step(String part, String operation, long states, String... read) {
    PassDraft draft = PassDraft.over(cell.states(states));
    for (String value : read) {
      draft.read(value, draft.all());
    }
    step.add(draft.write(part, operation, draft.all()));
  }

  /** Weights from the cell to three of its gates, added to the products. */
  private void peepholes() {
    Shape space = Shape.of(cell.directions(), cell.batch(), 3, cell.hidden());
    PassDraft draft = PassDraft.over(space);
    Axes states = Axes.of(0).and(Axes.of(1)).and(Axes.of(3));
    Axes weights = Axes.of(0).and(Axes.of(2)).and(Axes.of(3));
    draft.read(product, draft.all()).read(CELL, states);
    draft.read(node.proto().getInput(7), node.input(7).constant(), weights);
    step.add(draft.write("peepholes", Operation.SCALE, draft.all()));
    sums = new String[] {INPUTS, "peepholes"};
  }

  /** Bounds of what goes into the gates, where the node has them. */
  private void clip(long gates) {
    if (node.hasAttribute("clip")) {
      String second = sums.length == 2 ? sums[1] : product;
      String part = sums[0].equals("clip") ? "clip.values" : "clip";
      step(part, Operation.RELU, gates, INPUTS, second);
      sums = new String[] {part};
    }
  }
}
