package org.einloom.io.onnx;

/** Which operators of a model become layers. */
public enum Coverage {
  /** All that can be costed: products, and passes of everything else. */
  ALL,
  /** Convolutions and matrix products alone; all others are named as not costed. */
  PRODUCTS
}
