package org.einloom.io.timeloop.front;

import org.einloom.io.input.Position;

/** Numbers of instances. */
final class Meshes {
  private Meshes() {}

  /** A product that fits into 64 bits. */
  static long product(long a, long b, Position at) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw at.error("the number of instances becomes larger than 64 bits");
    }
  }
}
