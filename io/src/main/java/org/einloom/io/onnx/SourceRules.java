package org.einloom.io.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.InvalidSpecException;

/** Operators that make tensors from attributes, from shapes, or from a few numbers. */
final class SourceRules {
  private final ExternalFiles external;

  private SourceRules(ExternalFiles external) {
    this.external = external;
  }

  static void addTo(Map<String, ShapeRule> rules, ExternalFiles external) {
    rules.put("Constant", new SourceRules(external)::constant);
    rules.put("ConstantOfShape", new SourceRules(external)::constantOfShape);
    rules.put("Shape", SourceRules::shape);
    rules.put(
        "Size",
        node ->
            List.of(
                Value.of(
                    ElementType.INT64,
                    Shape.SCALAR,
                    Numbers.ofIntegers(node.shape(0).elements()))));
    rules.put("Range", SourceRules::range);
    rules.put("NonZero", SourceRules::nonZero);
    rules.put("OneHot", SourceRules::oneHot);
    rules.put("EyeLike", node -> List.of(Value.of(typeOr(node, node.type(0)), node.shape(0))));
    for (String name : List.of("BlackmanWindow", "HammingWindow", "HannWindow")) {
      rules.put(
          name,
          node ->
              List.of(
                  Value.of(
                      (int) node.integer("output_datatype", ElementType.FLOAT),
                      Shape.of(node.integer(0)))));
    }
    rules.put(
        "MelWeightMatrix",
        node ->
            List.of(
                Value.of(
                    (int) node.integer("output_datatype", ElementType.FLOAT),
                    Shape.of(Math.floorDiv(node.integer(1), 2) + 1, node.integer(0)))));
    for (String name : List.of("RandomNormal", "RandomUniform")) {
      rules.put(
          name,
          node ->
              List.of(
                  Value.of(
                      typeOr(node, ElementType.FLOAT),
                      new Shape(node.integers("shape").orElse(List.of())))));
    }
    for (String name : List.of("RandomNormalLike", "RandomUniformLike")) {
      rules.put(name, node -> List.of(Value.of(typeOr(node, node.type(0)), node.shape(0))));
    }
    rules.put(
        "Multinomial",
        node ->
            List.of(
                Value.of(
                    (int) node.integer("dtype", DataType.INT32_VALUE),
                    node.shape(0).with(node.shape(0).axis(-1), node.integer("sample_size", 1)))));
  }

  private static int typeOr(Node node, int otherwise) {
    return (int) node.integer("dtype", otherwise);
  }

  private List<Value> constant(Node node) {
    for (AttributeProto a : node.proto().getAttributeList()) {
      switch (a.getName()) {
        case "value" -> {
          return List.of(TensorData.read(node.tensor("value").orElseThrow(), external));
        }
        case "value_int" -> {
          long value = node.integer("value_int", 0);
          return List.of(Value.of(ElementType.INT64, Shape.SCALAR, Numbers.ofIntegers(value)));
        }
        case "value_ints" -> {
          List<Long> values = node.integers("value_ints").orElseThrow();
          return List.of(vector(ElementType.INT64, values.size(), Numbers.ofIntegers(values)));
        }
        case "value_float" -> {
          float value = node.real("value_float", 0);
          return List.of(Value.of(ElementType.FLOAT, Shape.SCALAR, Numbers.ofReals(value)));
        }
        case "value_floats" -> {
          List<Float> values = node.reals("value_floats").orElseThrow();
          double[] reals = values.stream().mapToDouble(Float::doubleValue).toArray();
          return List.of(vector(ElementType.FLOAT, reals.length, Numbers.ofReals(reals)));
        }
        case "value_string" -> {
          return List.of(Value.of(DataType.STRING_VALUE, Shape.SCALAR));
        }
        case "value_strings" -> {
          List<ByteString> values = a.getStringsList();
          return List.of(Value.of(DataType.STRING_VALUE, Shape.of(values.size())));
        }
        case "sparse_value" -> {
          return List.of(
              Value.of(
                  a.getSparseTensor().getValues().getDataType(),
                  new Shape(a.getSparseTensor().getDimsList())));
        }
        default -> {}
      }
    }
    throw new InvalidSpecException("has no value");
  }

  private static Value vector(int type, int count, Numbers numbers) {
    return Value.of(type, Shape.of(count), count <= Numbers.LIMIT ? numbers : null);
  }

  private List<Value> constantOfShape(Node node) throws Unknown {
    Shape shape = new Shape(node.integers(0));
    Value element =
        node.tensor("value")
            .map(t -> TensorData.read(t, external))
            .orElse(Value.of(ElementType.FLOAT, Shape.of(1), Numbers.ofReals(0)));
    Numbers one = element.numbers();
    Numbers all =
        one != null && one.count() == 1 && Folding.fits(shape)
            ? one.at(new int[(int) shape.elements()])
            : null;
    return List.of(Value.of(element.type(), shape, all));
  }

  private static List<Value> shape(Node node) throws Unknown {
    Shape shape = node.shape(0);
    int rank = shape.rank();
    int start = (int) bound(node.integer("start", 0), rank);
    int end = (int) bound(node.integer("end", rank), rank);
    List<Long> sizes = start < end ? shape.sub(start, end) : List.of();
    return List.of(Value.of(ElementType.INT64, Shape.of(sizes.size()), Numbers.ofIntegers(sizes)));
  }

  private static long bound(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  private static List<Value> range(Node node) throws Unknown {
    double[] bounds = new double[3];
    boolean integral = true;
    for (int i = 0; i < 3; i++) {
      Numbers numbers = node.numbers(i);
      if (numbers.count() != 1) {
        throw new InvalidSpecException("input " + i + " is " + numbers + "; expected one number");
      }
      bounds[i] = numbers.real(0);
      integral &= numbers.integral();
    }
    double steps = Math.ceil((bounds[1] - bounds[0]) / bounds[2]);
    if (Double.isNaN(steps) || Double.isInfinite(steps)) {
      throw new InvalidSpecException(
          "counts from " + bounds[0] + " to " + bounds[1] + " in steps of " + bounds[2]);
    }
    long count = Math.max(0, (long) steps);
    Numbers numbers = null;
    if (integral && count <= Numbers.LIMIT) {
      long[] values = new long[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = node.integer(0) + i * node.integer(2);
      }
      numbers = Numbers.ofIntegers(values);
    }
    return List.of(Value.of(node.type(0), Shape.of(count), numbers));
  }

  /** The indices of elements that are not zero: known only where the elements are. */
  private static List<Value> nonZero(Node node) throws Unknown {
    Shape from = node.shape(0);
    Numbers numbers = node.numbers(0);
    List<List<Long>> indices = new ArrayList<>();
    for (int axis = 0; axis < Math.max(1, from.rank()); axis++) {
      indices.add(new ArrayList<>());
    }
    int[] element = new int[1];
    Folding.positions(
        from,
        at -> {
          if (numbers.real(element[0]++) != 0) {
            for (int axis = 0; axis < indices.size(); axis++) {
              indices.get(axis).add(at.length == 0 ? 0 : at[axis]);
            }
          }
          return 0;
        });
    Shape shape = Shape.of(indices.size(), indices.get(0).size());
    List<Long> all = indices.stream().flatMap(List::stream).toList();
    return List.of(
        Value.of(ElementType.INT64, shape, Folding.fits(shape) ? Numbers.ofIntegers(all) : null));
  }

  private static List<Value> oneHot(Node node) throws Unknown {
    Shape indices = node.shape(0);
    Numbers depth = node.numbers(1);
    if (depth.count() != 1) {
      throw new InvalidSpecException("its depth is " + depth + "; expected one number");
    }
    int axis = Shape.axis(node.integer("axis", -1), indices.rank() + 1);
    var sizes = new ArrayList<Long>(indices.sizes());
    sizes.add(axis, (long) depth.real(0));
    return List.of(Value.of(node.type(2), new Shape(sizes)));
  }
}
