package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.tensor;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic by which graphs compute shapes. */
class FoldingTest {
  private static List<Long> numbers(TestModel model, String name) {
    Numbers numbers = model.value(name).numbers();
    assertThat(numbers).as(name + ": " + model.value(name).why()).isNotNull();
    return numbers.integers();
  }

  @Test
  void shapeOfAnActivation() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3, 4, 5)
            .opset(15)
            .node("Shape", "x", "all")
            .node("Shape", "x", "end", integer("start", -2))
            .node("Shape", "x", "middle", integer("start", 1), integer("end", -1))
            .node("Size", "x", "size");
    assertThat(numbers(model, "all")).containsExactly(2L, 3L, 4L, 5L);
    assertThat(numbers(model, "end")).containsExactly(4L, 5L);
    assertThat(numbers(model, "middle")).containsExactly(3L, 4L);
    assertThat(numbers(model, "size")).containsExactly(120L);
    assertThat(model.value("all").constant()).isTrue();
  }

  /** How PyTorch flattens: the batch is taken from the input, the rest is -1. */
  @Test
  void viewOfAnActivation() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3, 4)
            .scalar("zero", 0)
            .integers("axis", 0)
            .integers("rest", -1)
            .node("Shape", "x", "s")
            .node("Gather", "s, zero", "batch")
            .node("Unsqueeze", "batch, axis", "first")
            .node("Concat", "first, rest", "target", integer("axis", 0))
            .node("Reshape", "x, target", "y");
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 12));
  }

  /** How PyTorch exports expand: -1 becomes 1 by comparison with -1. */
  @Test
  void expandOfAClassToken() {
    TestModel model =
        new TestModel()
            .weight("token", 1, 1, 768)
            .integers("wanted", 8, -1, -1)
            .integers("three", 3)
            .node("ConstantOfShape", "three", "ones", tensor("value", integerTensor(1)))
            .scalar("minus", -1)
            .node("Mul", "ones, minus", "unknown")
            .node("Equal", "wanted, unknown", "is")
            .node("Where", "is, ones, wanted", "target")
            .node("Expand", "token, target", "y");
    assertThat(numbers(model, "target")).containsExactly(8L, 1L, 1L);
    assertThat(model.shape("y")).isEqualTo(Shape.of(8, 1, 768));
    assertThat(model.value("y").constant()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Add, 7, -2, 5",
    "Sub, 7, -2, 9",
    "Mul, 7, -2, -14",
    "Div, 7, -2, -3",
    "Mod, 7, -2, -1",
    "Mod, -7, 4, 1",
    "Max, 7, -2, 7",
    "Min, 7, -2, -2",
    "Pow, 7, 2, 49",
    "Equal, 7, 7, 1",
    "Less, 7, 7, 0",
    "GreaterOrEqual, 7, 7, 1"
  })
  void arithmetic(String operator, long a, long b, long expected) {
    TestModel model =
        new TestModel().scalar("a", a).integers("b", b, b).node(operator, "a, b", "y");
    assertThat(numbers(model, "y")).containsExactly(expected, expected);
  }

  @Test
  void divisionByZeroIsNotKnown() {
    TestModel model = new TestModel().integers("a", 1).integers("b", 0).node("Div", "a, b", "y");
    assertThat(model.value("y").numbers()).isNull();
    assertThat(model.shape("y")).isEqualTo(Shape.of(1));
  }

  /** Sizes that a graph computes by scaling: single precision, then rounded down. */
  @Test
  void throughRealNumbers() {
    TestModel model =
        new TestModel()
            .integers("a", 100, 7)
            .node("Cast", "a", "f", integer("to", 1))
            .reals("s", 0.29, 0.5)
            .node("Mul", "f, s", "m")
            .node("Floor", "m", "r")
            .node("Cast", "r", "y", integer("to", 7));
    assertThat(numbers(model, "y")).containsExactly(29L, 3L);
  }

  @Test
  void movement() {
    TestModel model =
        new TestModel()
            .integers("v", 1, 2, 3, 4, 5, 6)
            .integers("s", 2, 3)
            .node("Reshape", "v, s", "m")
            .node("Transpose", "m", "t")
            .integers("minus", -1)
            .integers("min", Long.MIN_VALUE)
            .node("Slice", "t, minus, min, axis, minus", "r")
            .integers("axis", 0)
            .node("Split", "m", "left, right", integer("axis", 0))
            .node("Concat", "left, right", "c", integer("axis", 1))
            .integers("two", 2, 1)
            .node("Tile", "left, two", "twice")
            .integers("i", -1, 0)
            .node("Gather", "m, i", "g", integer("axis", 1))
            .node("ReduceProd", "v", "p")
            .scalar("start", 5)
            .scalar("end", -2)
            .scalar("step", -3)
            .node("Range", "start, end, step", "range")
            .node("NonZero", "range", "nz");
    assertThat(numbers(model, "t")).containsExactly(1L, 4L, 2L, 5L, 3L, 6L);
    assertThat(numbers(model, "r")).containsExactly(3L, 6L, 2L, 5L, 1L, 4L);
    assertThat(numbers(model, "c")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(numbers(model, "twice")).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    assertThat(numbers(model, "g")).containsExactly(3L, 1L, 6L, 4L);
    assertThat(numbers(model, "p")).containsExactly(720L);
    assertThat(numbers(model, "range")).containsExactly(5L, 2L, -1L);
    assertThat(numbers(model, "nz")).containsExactly(0L, 1L, 2L);
  }

  @Test
  void constants() {
    TestModel model =
        new TestModel()
            .node("Constant", "", "a", integer("value_int", 7))
            .node("Constant", "", "b", ints("value_ints", 1, 2))
            .node("Constant", "", "c", tensor("value", integerTensor(3, 4)));
    assertThat(numbers(model, "a")).containsExactly(7L);
    assertThat(model.shape("a")).isEqualTo(Shape.SCALAR);
    assertThat(numbers(model, "b")).containsExactly(1L, 2L);
    assertThat(numbers(model, "c")).containsExactly(3L, 4L);
  }

  @Test
  void largeTensorsAreNotEvaluated() {
    TestModel model =
        new TestModel()
            .integers("s", 1025)
            .node("ConstantOfShape", "s", "y", tensor("value", integerTensor(1)))
            .integers("n", 1024)
            .node("ConstantOfShape", "n", "z", tensor("value", integerTensor(1)))
            .node("Concat", "z, s", "more", integer("axis", 0));
    assertThat(model.value("y").numbers()).isNull();
    assertThat(model.shape("y")).isEqualTo(Shape.of(1025));
    assertThat(model.value("z").numbers().count()).isEqualTo(1024);
    assertThat(model.value("more").numbers()).isNull();
    assertThat(model.shape("more")).isEqualTo(Shape.of(1025));
  }
}
