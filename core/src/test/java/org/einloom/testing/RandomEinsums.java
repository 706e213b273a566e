package org.einloom.testing;

import java.util.SplittableRandom;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** Einsums of the kinds that networks are made of, and a few that they are not. */
final class RandomEinsums {
  private RandomEinsums() {}

  static Einsum draw(SplittableRandom random) {
    int kind = random.nextInt(200);
    if (kind < 3) {
      return sharedVariables(random);
    } else if (kind < 40) {
      return matrixProduct(random);
    } else if (kind < 120) {
      return convolution(random);
    } else if (kind < 130) {
      return transposedConvolution(random);
    } else if (kind < 165) {
      return threeOperands(random);
    } else if (kind < 175) {
      return usedTwice(random);
    } else {
      return vector(random);
    }
  }

  private static Einsum matrixProduct(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new EinsumDraft(random, "b:4 m n k")
              .times("A", "b", "m", "k")
              .times("B", "b", "k", "n")
              .into("O", "b", "m", "n");
      case 1 ->
          new EinsumDraft(random, "b:4 m n k")
              .times("A", "b", "m", "k")
              .times("B", "k", "n")
              .into("O", "b", "m", "n");
      default ->
          new EinsumDraft(random, "m n k")
              .times("A", "m", "k")
              .times("B", "k", "n")
              .into("O", "m", "n");
    };
  }

  private static Einsum convolution(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> depthwise(new EinsumDraft(random, "c:6 p:9 q:9 r:4 s:3"), random);
      case 1 -> grouped(new EinsumDraft(random, "g:3 m:4 c:4 p:9 r:4"), random);
      case 2 -> groupedInOneRank(new EinsumDraft(random, "n:2 g:3 m:4 c:4 p:9 r:4"), random);
      case 3, 4 -> oneDimensional(new EinsumDraft(random, "m:6 c:6 p:12 r:5"), random);
      default -> twoDimensional(new EinsumDraft(random, "n:2 m:5 c:5 p:8 q:8 r:4 s:4"), random);
    };
  }

  private static Einsum depthwise(EinsumDraft d, SplittableRandom random) {
    return d.times("I", "c", window(d, random, "p", "r"), window(d, random, "q", "s"))
        .times("W", "c", "r", "s")
        .into("O", "c", "p", "q");
  }

  private static Einsum grouped(EinsumDraft d, SplittableRandom random) {
    return d.times("I", "g", "c", window(d, random, "p", "r"))
        .times("W", "g", "m", "c", "r")
        .into("O", "g", "m", "p");
  }

  /** Groups and channels in one rank, as networks store them. */
  private static Einsum groupedInOneRank(EinsumDraft d, SplittableRandom random) {
    String m = d.extent("m") + " g, m";
    return d.times("I", "n", d.extent("c") + " g, c", window(d, random, "p", "r"))
        .times("W", m, "c", "r")
        .into("O", "n", m, "p");
  }

  private static Einsum oneDimensional(EinsumDraft d, SplittableRandom random) {
    return d.times("I", "c", window(d, random, "p", "r"))
        .times("W", "m", "c", "r")
        .into("O", "m", "p");
  }

  private static Einsum twoDimensional(EinsumDraft d, SplittableRandom random) {
    return d.times("I", "n", "c", window(d, random, "p", "r"), window(d, random, "q", "s"))
        .times("W", "m", "c", "r", "s")
        .into("O", "n", "m", "p", "q");
  }

  /** {@code stride*p + dilation*r - padding}, seldom with r or p running backwards. */
  private static TensorAccess.Rank window(
      EinsumDraft d, SplittableRandom random, String p, String r) {
    long stride = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3);
    long dilation = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3);
    long low = random.nextInt(3) > 0 ? 0 : random.nextInt(4);
    long high = random.nextInt(3) > 0 ? 0 : random.nextInt(4);
    long flipP = random.nextInt(40) == 0 ? -1 : 1;
    long flipR = random.nextInt(40) == 0 ? -1 : 1;
    long shift = flipP < 0 ? stride * (d.extent(p) - 1) : 0;
    shift += flipR < 0 ? dilation * (d.extent(r) - 1) : 0;
    Affine expression =
        d.affine(
            flipP * stride + " " + p + ", " + flipR * dilation + " " + r + ", " + (shift - low));
    return d.rank(expression, high);
  }

  private static Einsum transposedConvolution(SplittableRandom random) {
    if (random.nextBoolean()) {
      var d = new EinsumDraft(random, "n:3 m:4 c:4 p:10 r:5");
      return d.times("I", "n", "c", "p")
          .times("W", "c", "m", "r")
          .into("O", "n", "m", window(d, random, "p", "r"));
    }
    var d = new EinsumDraft(random, "m:4 c:4 p:6 q:6 r:4 s:3");
    return d.times("I", "c", "p", "q")
        .times("W", "c", "m", "r", "s")
        .into("O", "m", window(d, random, "p", "r"), window(d, random, "q", "s"));
  }

  private static Einsum threeOperands(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new EinsumDraft(random, "i j k:8 l:8")
              .times("A", "i", "k", "l")
              .times("B", "k", "j")
              .times("C", "l", "j")
              .into("O", "i", "j");
      case 1 ->
          new EinsumDraft(random, "i j k")
              .times("A", "i", "k")
              .times("B", "k", "j")
              .times("C", "i", "j")
              .into("O", "i", "j");
      case 2 ->
          new EinsumDraft(random, "i j k")
              .times("A", "i", "k")
              .times("B", "k", "j")
              .times("C")
              .into("O", "j", "i");
      default -> {
        var d = new EinsumDraft(random, "m:6 c:6 p:12 r:4");
        yield d.times("I", "c", window(d, random, "p", "r"))
            .times("W", "m", "c", "r")
            .times("S", "m")
            .into("O", "m", "p");
      }
    };
  }

  private static Einsum usedTwice(SplittableRandom random) {
    return random.nextBoolean()
        ? new EinsumDraft(random, "i j:1 k")
            .times("A", "i", "k")
            .times("A#2", "i", "k")
            .into("O", "i")
        : gram(new EinsumDraft(random, "i j k"));
  }

  /** {@code A[i,k] * A[j,k]}: one tensor, so both accesses have the larger of the two shapes. */
  private static Einsum gram(EinsumDraft d) {
    long size = Math.max(d.extent("i"), d.extent("j"));
    return d.times(
            "A",
            new TensorAccess.Rank(Affine.of("i"), size),
            new TensorAccess.Rank(Affine.of("k"), d.extent("k")))
        .times(
            "A#2",
            new TensorAccess.Rank(Affine.of("j"), size),
            new TensorAccess.Rank(Affine.of("k"), d.extent("k")))
        .into("O", "i", "j");
  }

  private static Einsum vector(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> new EinsumDraft(random, "m:40 k:40").times("A", "m", "k").into("O", "m");
      case 1 -> new EinsumDraft(random, "k:200").times("A", "k").times("B", "k").into("O");
      case 2 ->
          new EinsumDraft(random, "i j")
              .times("A", "i", "j")
              .times("B", "i", "j")
              .into("O", "i", "j");
      case 3 -> new EinsumDraft(random, "i j").times("A", "i").times("B", "j").into("O", "i", "j");
      case 4 ->
          new EinsumDraft(random, "m n k")
              .times("A", "m, 1", "k", "2")
              .times("B", "2 k", "3 n")
              .into("O", "m", "2 n");
      default -> {
        var d = new EinsumDraft(random, "p:40 r:8");
        yield d.times("I", window(d, random, "p", "r")).times("W", "r").into("O", "p");
      }
    };
  }

  /** Variables that occur in two ranks of one tensor, where no closed form is known. */
  private static Einsum sharedVariables(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 ->
          new EinsumDraft(random, "i:8 j:8 k:8")
              .times("A", "i", "i, j")
              .times("B", "j", "k")
              .into("O", "i", "k");
      case 1 ->
          new EinsumDraft(random, "i:8 j:8")
              .times("A", "i", "j")
              .times("B", "j", "j")
              .into("O", "i");
      default ->
          new EinsumDraft(random, "i:8 j:8 k:8")
              .times("A", "i", "j")
              .times("B", "j", "k")
              .into("O", "i, k", "2 k, j");
    };
  }
}
