package org.einloom.io.onnx;

/**
 * What a pass does at each point: the names that a compute lists under {@code operations}. They are
 * what a unit has to be able to do, not what the operators of a file are called, so that there are
 * few of them; {@code docs/onnx.md} has the table.
 */
final class Operation {
  /** Sums and differences of words, and the steps of a sum or mean. */
  static final String ADD = "add";

  static final String MUL = "mul";

  /** Quotients, reciprocals among them. */
  static final String DIV = "div";

  /** Remainders. */
  static final String MOD = "mod";

  /** The larger or the smaller one. */
  static final String MAX = "max";

  /** Multiplied by one word or constant, and another one added. */
  static final String SCALE = "scale";

  /** Squared (after a difference, if there are two operands), and the steps of a sum of squares. */
  static final String SQUARE = "square";

  /** Functions of straight pieces, or a product of them: bounds, absolute values, hard sigmoids. */
  static final String RELU = "relu";

  /** Exponentials, of a difference if there are two operands. */
  static final String EXP = "exp";

  static final String LOG = "log";

  /** Square roots, and their reciprocals. */
  static final String SQRT = "sqrt";

  static final String POW = "pow";
  static final String SIGMOID = "sigmoid";
  static final String TANH = "tanh";
  static final String ERF = "erf";
  static final String GELU = "gelu";
  static final String SILU = "silu";

  /** Sines and all functions that are made of them, and their inverses. */
  static final String SIN = "sin";

  /** Rounding to whole numbers. */
  static final String ROUND = "round";

  /** Comparisons, and logic on truth values and bits. */
  static final String COMPARE = "compare";

  /** One of two words, as a third says. */
  static final String SELECT = "select";

  /** Words moved to places that data decides, or repeated. */
  static final String COPY = "copy";

  private Operation() {}
}
