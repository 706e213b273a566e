package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;

/**
 * Operators that move nothing. Those that put elements into another order, take some, or repeat
 * some, change where whoever reads them looks; a cast changes how a word is read, and words have
 * the widths of the architecture. What is made of a few numbers alone is made where it is read.
 */
final class FreePasses {
  private static final List<String> OPERATORS =
      List.of(
          "BitCast",
          "BlackmanWindow",
          "Cast",
          "CastLike",
          "CenterCropPad",
          "Concat",
          "Constant",
          "ConstantOfShape",
          "DepthToSpace",
          "Dropout",
          "Expand",
          "EyeLike",
          "Flatten",
          "HammingWindow",
          "HannWindow",
          "Identity",
          "MelWeightMatrix",
          "Pad",
          "Range",
          "Reshape",
          "ReverseSequence",
          "Shape",
          "Size",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Squeeze",
          "Tile",
          "Transpose",
          "Unsqueeze");

  private FreePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    OPERATORS.forEach(operator -> rules.put(operator, PassRule.FREE));
  }
}
