package org.einloom.io.onnx;

import java.util.OptionalLong;
import org.einloom.workload.InvalidSpecException;

/**
 * How to read an ONNX model.
 *
 * @param batch the batch size: takes the place of the first dimension of every graph input where
 *     that is open (symbolic), or 1 in an input of two or more dimensions. Empty: the file's own;
 *     an open dimension is then an error
 */
public record OnnxOptions(OptionalLong batch) {
  /** The file as it is. */
  public static final OnnxOptions DEFAULT = new OnnxOptions(OptionalLong.empty());

  public OnnxOptions {
    if (batch.isPresent() && batch.getAsLong() < 1) {
      throw new InvalidSpecException(
          "the batch size is " + batch.getAsLong() + "; expected at least 1");
    }
  }

  /** With that batch size. */
  public static OnnxOptions batch(long size) {
    return new OnnxOptions(OptionalLong.of(size));
  }
}
