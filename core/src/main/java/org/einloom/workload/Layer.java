package org.einloom.workload;

/**
 * One costed operator of a network.
 *
 * @param name unique in its workload: the node's name, else its first output's
 * @param operator what it is in the file it came from: {@code Conv}, {@code MatMul}, ... or {@code
 *     Einsum}
 * @param einsum what it computes
 * @param macs multiply-accumulates of one execution as the field counts them: the points of
 *     products; 0 for everything else
 */
public record Layer(String name, String operator, Einsum einsum, long macs) {
  /** A layer whose MACs are its points if it multiplies and adds, and that has none otherwise. */
  public static Layer of(String name, String operator, Einsum einsum) {
    return new Layer(name, operator, einsum, isProduct(einsum) ? einsum.computes() : 0);
  }

  /**
   * What makes two layers the same computation, names apart, so that one mapping serves both.
   *
   * @param operator as of the layers
   * @param einsum without its name
   */
  public record Computation(String operator, Einsum einsum) {}

  /** What it has in common with its repetitions. */
  public Computation computation() {
    return new Computation(operator, einsum.named(""));
  }

  /**
   * What is done besides MACs: the points of one execution, each one operation, of a layer that has
   * no MACs (a maximum, a sum, an exponential, the products of a recurrent layer, ...); 0 for
   * others.
   */
  public long operations() {
    return macs > 0 ? 0 : einsum.computes();
  }

  private static boolean isProduct(Einsum einsum) {
    return einsum.operation().equals(Einsum.MAC);
  }
}
