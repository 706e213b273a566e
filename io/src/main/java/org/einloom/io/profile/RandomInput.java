package org.einloom.io.profile;

import java.util.List;
import java.util.SplittableRandom;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;

/** Values that mean nothing, where there are no others: the same for the same seed. */
final class RandomInput {
  private RandomInput() {}

  /**
   * A tensor of floats of mean 0 and deviation 1, or of whole numbers below a limit.
   *
   * @param input its number among those of the network, so that no two are alike
   */
  static NumericTensor of(
      NumberType type, List<Long> shape, long seed, int sample, int input, long limit) {
    var random = new SplittableRandom(seed * 1_000_003L + sample * 1009L + input);
    int size = Math.toIntExact(NumericTensor.elements(shape));
    if (type.integral()) {
      long below = type == NumberType.BOOL ? 2 : limit;
      return new NumericTensor(
          type, shape, new NumericTensor.Longs(random.longs(size, 0, below).toArray()));
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = gaussian(random);
    }
    if (type == NumberType.FLOAT64) {
      return new NumericTensor(type, shape, new NumericTensor.Doubles(values));
    }
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = (float) values[i];
    }
    return new NumericTensor(type, shape, new NumericTensor.Floats(floats));
  }

  /** By the method of Box and Muller, with arithmetic that is the same on every machine. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
