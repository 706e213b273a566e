package org.einloom.io.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * One node of the graph as the rules see it: its attributes, each of the type asked for, and what
 * is known of its inputs. Everything wrong is an {@link InvalidSpecException} without a place;
 * {@link GraphWalk} adds file and node.
 *
 * @param proto the node in the file
 * @param inputs what is known of each input; null for an optional input left out
 * @param opset the version of the operator set of the node's domain
 * @param called the operator in the file, where the node is read as another one
 * @param stored the element type in which its first result is written, where the graph says; 0 if
 *     it does not
 */
record Node(NodeProto proto, List<@Nullable Value> inputs, long opset, String called, int stored) {
  /** A node as it is in the file. */
  Node(NodeProto proto, List<@Nullable Value> inputs, long opset) {
    this(proto, inputs, opset, operator(proto), 0);
  }

  /** The same with another type in which its result is written. */
  Node storing(int type) {
    return new Node(proto, inputs, opset, called, type);
  }

  /** The operator: its type, after its domain where that is not the standard one. */
  static String operator(NodeProto proto) {
    String domain = proto.getDomain();
    return domain.isEmpty() || domain.equals("ai.onnx")
        ? proto.getOpType()
        : domain + "::" + proto.getOpType();
  }

  /** What messages call it. */
  static String label(NodeProto proto, int index) {
    String name =
        !proto.getName().isEmpty()
            ? "node '" + proto.getName() + "'"
            : proto.getOutputCount() > 0
                ? "node #" + index + " that makes '" + proto.getOutput(0) + "'"
                : "node #" + index;
    return name + " (" + operator(proto) + ")";
  }

  /** Whether the optional input is given. */
  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  Value input(int i) {
    Value value = i < inputs.size() ? inputs.get(i) : null;
    if (value == null) {
      throw new InvalidSpecException(
          "needs at least " + (i + 1) + " inputs; it has " + proto.getInputList());
    }
    return value;
  }

  /** What input {@code i} is called in the graph. */
  String name(int i) {
    input(i); // it has to be there
    return proto.getInput(i);
  }

  Shape shape(int i) throws Unknown {
    return input(i).requireShape();
  }

  int type(int i) {
    return input(i).type();
  }

  /** The elements of input {@code i}. */
  Numbers numbers(int i) throws Unknown {
    return input(i).requireNumbers();
  }

  /** The integers of input {@code i}, which decide a shape. */
  List<Long> integers(int i) throws Unknown {
    Numbers numbers = numbers(i);
    if (!numbers.integral()) {
      throw new InvalidSpecException(
          "input '"
              + proto.getInput(i)
              + "' holds real numbers "
              + numbers
              + "; expected integers");
    }
    return numbers.integers();
  }

  /** The single integer of input {@code i}. */
  long integer(int i) throws Unknown {
    List<Long> all = integers(i);
    if (all.size() != 1) {
      throw new InvalidSpecException(
          "input '" + proto.getInput(i) + "' holds " + all + "; expected one integer");
    }
    return all.get(0);
  }

  List<Shape> shapes() throws Unknown {
    var shapes = new ArrayList<Shape>();
    for (int i = 0; i < inputs.size(); i++) {
      if (has(i)) {
        shapes.add(shape(i));
      }
    }
    return shapes;
  }

  private Optional<AttributeProto> attribute(String name, AttributeType type) {
    for (AttributeProto a : proto.getAttributeList()) {
      if (a.getName().equals(name)) {
        // Files of the first version of the format do not say the type.
        if (a.getType() != type && a.getType() != AttributeType.UNDEFINED) {
          throw new InvalidSpecException(
              "attribute '" + name + "' is of type " + a.getType() + "; expected " + type);
        }
        if (a.getType() == AttributeType.UNDEFINED && !holds(a, type)) {
          throw new InvalidSpecException(
              "attribute '" + name + "' does not say its type and holds no " + type);
        }
        if (!a.getRefAttrName().isEmpty()) {
          throw new InvalidSpecException(
              "attribute '"
                  + name
                  + "' refers to attribute '"
                  + a.getRefAttrName()
                  + "' of a function; expected a value");
        }
        return Optional.of(a);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(AttributeProto a, AttributeType type) {
    return switch (type) {
      case INT -> a.hasI();
      case FLOAT -> a.hasF();
      case STRING -> a.hasS();
      case TENSOR -> a.hasT();
      case GRAPH -> a.hasG();
      case INTS -> a.getIntsCount() > 0;
      case FLOATS -> a.getFloatsCount() > 0;
      case STRINGS -> a.getStringsCount() > 0;
      default -> false;
    };
  }

  boolean hasAttribute(String name) {
    return proto.getAttributeList().stream().anyMatch(a -> a.getName().equals(name));
  }

  long integer(String name, long otherwise) {
    return attribute(name, AttributeType.INT).map(AttributeProto::getI).orElse(otherwise);
  }

  OptionalLong integer(String name) {
    return attribute(name, AttributeType.INT)
        .map(a -> OptionalLong.of(a.getI()))
        .orElseGet(OptionalLong::empty);
  }

  boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  float real(String name, float otherwise) {
    return attribute(name, AttributeType.FLOAT).map(AttributeProto::getF).orElse(otherwise);
  }

  Optional<List<Long>> integers(String name) {
    return attribute(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  Optional<List<Float>> reals(String name) {
    return attribute(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
  }

  String text(String name, String otherwise) {
    return attribute(name, AttributeType.STRING)
        .map(AttributeProto::getS)
        .map(ByteString::toStringUtf8)
        .orElse(otherwise);
  }

  List<String> texts(String name) {
    return attribute(name, AttributeType.STRINGS)
        .map(a -> a.getStringsList().stream().map(ByteString::toStringUtf8).toList())
        .orElse(List.of());
  }

  Optional<TensorProto> tensor(String name) {
    return attribute(name, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  Optional<GraphProto> graph(String name) {
    return attribute(name, AttributeType.GRAPH).map(AttributeProto::getG);
  }

  /** Integers given as an attribute in older operator sets, as input {@code i} in newer ones. */
  Optional<List<Long>> integers(String name, int i) throws Unknown {
    Optional<List<Long>> attribute = integers(name);
    return attribute.isPresent() || !has(i) ? attribute : Optional.of(integers(i));
  }
}
