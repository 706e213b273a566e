package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Products of ONNX Runtime that do something before or after
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md): transpose, add,
 * apply a function, take weights of few bits.
 */
final class FusedProducts {
  private static final String DOMAIN = "com.microsoft::";
  static final String FUSED_MATMUL = DOMAIN + "FusedMatMul";
  static final String FUSED_MATMUL_ACTIVATION = DOMAIN + "FusedMatMulActivation";
  static final String TRANSPOSE_MATMUL = DOMAIN + "TransposeMatMul";
  static final String FUSED_CONV = DOMAIN + "FusedConv";
  static final String FUSED_GEMM = DOMAIN + "FusedGemm";
  static final String GEMM_FAST_GELU = DOMAIN + "GemmFastGelu";
  static final String MATMUL_NBITS = DOMAIN + "MatMulNBits";
  static final String DYNAMIC = DOMAIN + "DynamicQuantizeMatMul";

  private static final OptionalInt BYTE = OptionalInt.of(8);

  private static final Map<String, String> ACTIVATIONS =
      Map.of(
          "Relu", Operation.RELU,
          "LeakyRelu", Operation.RELU,
          "Clip", Operation.RELU,
          "HardSigmoid", Operation.RELU,
          "HardSwish", Operation.RELU,
          "Sigmoid", Operation.SIGMOID,
          "Tanh", Operation.TANH,
          "Gelu", Operation.GELU,
          "Elu", Operation.EXP,
          "Softplus", Operation.LOG);

  private FusedProducts() {}

  static void addTo(Map<String, PassRule> rules) {
    for (String name : List.of(FUSED_MATMUL, TRANSPOSE_MATMUL)) {
      rules.put(name, (node, results) -> List.of(product(transposed(node))));
    }
    rules.put(
        FUSED_MATMUL_ACTIVATION,
        (node, results) -> {
          var passes = new ArrayList<>(List.of(product(transposed(node))));
          activation(node, results.get(0).requireShape(), "product", passes);
          return passes;
        });
    rules.put(FUSED_CONV, FusedProducts::convolution);
    rules.put(FUSED_GEMM, FusedProducts::gemm);
    rules.put(GEMM_FAST_GELU, FusedProducts::gelu);
    rules.put(MATMUL_NBITS, (node, results) -> fewBits(node));
    rules.put(DYNAMIC, (node, results) -> dynamic(node));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    for (String name : List.of(FUSED_MATMUL, FUSED_MATMUL_ACTIVATION, TRANSPOSE_MATMUL)) {
      rules.put(
          name,
          node -> {
            Node plain = transposed(node);
            return List.of(Value.of(node.type(0), MatMul.output(plain.shape(0), plain.shape(1))));
          });
    }
    rules.put(
        FUSED_CONV,
        node ->
            List.of(
                Value.of(node.type(0), Convolution.output(node, node.shape(0), node.shape(1)))));
    rules.put(
        FUSED_GEMM,
        node ->
            List.of(
                Value.of(
                    node.type(0), new Gemm().make(Products.as(node, "Gemm", 0, 1), "").output())));
    for (String name : List.of(GEMM_FAST_GELU, DYNAMIC)) {
      rules.put(
          name,
          node -> List.of(Value.of(node.type(0), MatMul.output(node.shape(0), node.shape(1)))));
    }
    rules.put(
        MATMUL_NBITS,
        node -> {
          Shape input = node.shape(0);
          return List.of(Value.of(node.type(0), input.with(input.axis(-1), node.integer("N", 0))));
        });
  }

  private static Pass product(Node node) throws Unknown {
    return Products.pass(new MatMul(), node, "");
  }

  /** Its operands as those of a plain product; how a matrix lies in memory is no matter here. */
  private static Node transposed(Node node) throws Unknown {
    Node plain = Products.as(node, "MatMul", 0, 1);
    plain = transposed(plain, 0, node.flag("transA", false), node.flag("transBatchA", false));
    return transposed(plain, 1, node.flag("transB", false), node.flag("transBatchB", false));
  }

  private static Node transposed(Node node, int input, boolean matrix, boolean batch)
      throws Unknown {
    Shape shape = node.shape(input);
    var sizes = new ArrayList<>(shape.sizes());
    int rank = sizes.size();
    if (batch && rank > 2) { // the first axis goes behind the other batch axes, next to columns
      Collections.rotate(sizes.subList(0, rank - 1), -1);
    }
    if (matrix && rank > 1) {
      Collections.swap(sizes, rank - 2, rank - 1);
    }
    return Products.shaped(node, input, new Shape(sizes));
  }

  private static List<Pass> convolution(Node node, List<Value> results) throws Unknown {
    var passes = new ArrayList<Pass>();
    if (node.has(2)) {
      passes.add(Products.bias(node, 2));
    }
    passes.add(Products.pass(new Convolution(), Products.as(node, "Conv", 0, 1), "product"));
    String last = "product";
    Shape result = results.get(0).requireShape();
    if (node.has(3)) {
      PassDraft sum = PassDraft.over(result);
      passes.add(sum.read(last, sum.all()).read(node, 3).write("sum", Operation.ADD, sum.all()));
      last = "sum";
    }
    activation(node, result, last, passes);
    return passes;
  }

  private static List<Pass> gemm(Node node, List<Value> results) throws Unknown {
    var passes = new ArrayList<Pass>();
    if (node.has(2)) {
      passes.add(Products.bias(node, 2));
    }
    passes.add(Products.pass(new Gemm(), Products.as(node, "Gemm", 0, 1), "product"));
    activation(node, results.get(0).requireShape(), "product", passes);
    return passes;
  }

  private static List<Pass> gelu(Node node, List<Value> results) throws Unknown {
    var passes = new ArrayList<Pass>();
    if (node.has(2)) {
      passes.add(Products.bias(node, 2));
    }
    passes.add(Products.pass(new MatMul(), Products.as(node, "MatMul", 0, 1), "product"));
    PassDraft draft = PassDraft.over(results.get(0).requireShape());
    draft.read("product", draft.all());
    passes.add(draft.write(Operation.GELU, Operation.GELU, draft.all()));
    return passes;
  }

  private static void activation(Node node, Shape shape, String source, List<Pass> passes)
      throws Unknown {
    String name = node.text("activation", "");
    if (name.isEmpty()) {
      return;
    }
    String operation = ACTIVATIONS.get(name);
    if (operation == null) {
      throw new Unknown("its activation '" + name + "' is not known");
    }
    PassDraft draft = PassDraft.over(shape);
    draft.read(source, draft.all());
    passes.add(draft.write(operation, operation, draft.all()));
  }

  /** Weights of a few bits, packed into bytes; their scales are left out, as everywhere. */
  private static List<Pass> fewBits(Node node) throws Unknown {
    long rows = node.integer("K", 0);
    long columns = node.integer("N", 0);
    long bits = node.integer("bits", 4);
    Window.range("bits", bits, 1);
    if (rows < 1 || columns < 1 || bits > 8) {
      throw new InvalidSpecException(
          "has K " + rows + ", N " + columns + " and bits " + bits + "; expected up to 8 bits");
    }
    var passes = new ArrayList<Pass>();
    if (node.has(5)) {
      passes.add(Products.bias(node, 5));
    }
    Node plain = Products.shaped(Products.as(node, "MatMul", 0, 1), 1, Shape.of(rows, columns));
    Pass product = Products.pass(new MatMul(), plain, "");
    // The bytes of the file are not the words of the weights.
    List<String> values = List.of(product.values().get(0), Pass.part(1, product.values().get(1)));
    passes.add(
        new Pass(
            passes.isEmpty() ? "" : "product",
            wide(product.einsum(), OptionalInt.empty(), OptionalInt.of((int) bits)),
            values));
    return passes;
  }

  /** The input is scaled to bytes by its own range, and the product is one of bytes. */
  private static List<Pass> dynamic(Node node) throws Unknown {
    var passes = new ArrayList<Pass>();
    if (node.has(4)) {
      passes.add(Products.bias(node, 4));
    }
    List<Pass> quantised = QuantisePasses.dynamic(node);
    passes.add(quantised.get(0));
    Pass scale = quantised.get(1);
    Einsum e = scale.einsum();
    passes.add(
        new Pass(
            scale.part(),
            new Einsum(
                e.name(),
                e.variables(),
                e.operands(),
                e.output().withBits(BYTE, OptionalInt.empty()),
                e.operation()),
            scale.values()));
    Pass product = Products.pass(new MatMul(), Products.as(node, "MatMul", 0, 1), "product");
    passes.add(
        new Pass("product", wide(product.einsum(), BYTE, BYTE), List.of("scale", node.name(1))));
    return passes;
  }

  /** A product whose operands have these widths. */
  private static Einsum wide(Einsum e, OptionalInt input, OptionalInt weight) {
    List<TensorAccess> operands =
        List.of(
            e.operands().get(0).withBits(input, OptionalInt.empty()),
            e.operands().get(1).withBits(weight, OptionalInt.empty()));
    TensorAccess output =
        input.isPresent() ? e.output().withBits(e.output().bits(), OptionalInt.of(32)) : e.output();
    return new Einsum(e.name(), e.variables(), operands, output, e.operation());
  }
}
