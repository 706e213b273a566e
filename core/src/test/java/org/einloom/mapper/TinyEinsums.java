package org.einloom.mapper;

import java.util.List;
import java.util.SplittableRandom;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;

/** Einsums of every kind with one to four variables and few points. */
public final class TinyEinsums {
  /**
   * Variables, then the Einsum; {@code p~r} stands for a window, {@code p^r} for one of a result.
   */
  private static final List<String> KINDS =
      List.of(
          "m n k: O[m,n] += A[m,k] * B[k,n]",
          "m n k: O[m,n] += A[m,k] * B[k,n]",
          "m n k: O[n,m] += A[k,m] * B[k,n]",
          "m k: O[m] += A[m,k] * B[k]",
          "k: O[] += A[k] * B[k]",
          "b m k: O[b,m] += A[b,m,k] * B[b,k]",
          "b m k: O[b,m] += A[b,m,k] * B[k]",
          "p r: O[p] += I[p~r] * W[r]",
          "p r: O[p] += I[p~r] * W[r]",
          "p r m: O[m,p] += I[p~r] * W[m,r]",
          "p r c: O[p] += I[c,p~r] * W[c,r]",
          "p r c: O[c,p] += I[c,p~r] * W[c,r]",
          "p r n: O[n,p] += I[n,p~r] * W[r]",
          "p q r s: O[p,q] += I[p~r,q~s] * W[r,s]",
          "p q r s: O[p,q] += I[p~r,q~s] * W[r,s]",
          "m n k: O[m,n] += A[m,n,k] * B[k]",
          "j k i: O[i] += A[i,j,k] * B[j,k]",
          "p q r: O[p,q] += I[p~r,q] * W[r]",
          "p r q: O[p,q] += I[p~r,2*q] * W[r]",
          "i j: O[i,j] += A[i,j] * B[i,j]",
          "i j: O[i,j] += A[i,j] * B[j]",
          "i j: O[i,j] += A[i] * B[j]",
          "i: O[i] += A[i] * B[i]",
          "m k: O[m] += A[m,k]",
          "i j: O[j,i] += A[i,j]",
          "i k: O[i] += A[i,k] * A#2[i,k]",
          "i j k: O[i,j] += A[i,k] * B[k,j] * C[i,j]",
          "i k: O[i] += A[i,k] * B[k] * C[i]",
          "i k l: O[i] += A[i,k] * B[k,l] * C[l]",
          "p r: O[p^r] += I[p] * W[r]",
          "p r c: O[p^r] += I[c,p] * W[c,r]",
          "i j: O[i] += A[i,i+j] * B[j]");

  /** Convolutions each output of which has weights of its own. */
  private static final List<String> LOCALLY_CONNECTED =
      List.of("p r: O[p] += I[p~r] * W[p,r]", "p r c: O[c,p] += I[c,p~r] * W[c,p,r]");

  private TinyEinsums() {}

  public static Einsum draw(SplittableRandom random) {
    return draw(random, KINDS);
  }

  /** Draws a convolution whose weights are not shared: not one of those above, whose seeds stay. */
  public static Einsum locallyConnected(SplittableRandom random) {
    return draw(random, LOCALLY_CONNECTED);
  }

  private static Einsum draw(SplittableRandom random, List<String> kinds) {
    String[] kind = kinds.get(random.nextInt(kinds.size())).split(": ");
    var extents = new StringBuilder();
    // alike variables and ranks, which trade places freely
    boolean alike = random.nextInt(3) == 0;
    String[] variables = kind[0].split(" ");
    int[] drawn = new int[variables.length];
    for (int v = 0; v < drawn.length; v++) {
      boolean likeBefore = alike && (drawn.length == 4 ? v % 2 == 1 : v == 1);
      drawn[v] = likeBefore ? drawn[v - 1] : extent(random);
      extents.append(variables[v]).append('=').append(drawn[v]).append(' ');
    }
    String expression = kind[1];
    long seed = random.nextLong();
    while (expression.matches(".*[~^].*")) {
      var windows = alike ? new SplittableRandom(seed) : random;
      expression = window(windows, expression, extents.toString());
    }
    return Tiny.einsum(expression, extents.toString().trim());
  }

  private static int extent(SplittableRandom random) {
    return List.of(1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6).get(random.nextInt(13));
  }

  /** Replaces the first window by one with a stride, a dilation and padding on both sides. */
  private static String window(SplittableRandom random, String expression, String extents) {
    int at = 0;
    while ("~^".indexOf(expression.charAt(at)) < 0) {
      at++;
    }
    String p = expression.substring(at - 1, at);
    String r = expression.substring(at + 1, at + 2);
    int stride = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(2);
    int dilation = random.nextInt(4) > 0 ? 1 : 2;
    int low = random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(2);
    int high = random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(2);
    int reach = stride * (extent(extents, p) - 1) + dilation * (extent(extents, r) - 1) + 1;
    String rank =
        "%d*%s+%d*%s%s:%d"
            .formatted(
                stride, p, dilation, r, low > 0 ? "-" + low : "", Math.max(1, reach - low - high));
    return expression.substring(0, at - 1) + rank + expression.substring(at + 2);
  }

  private static int extent(String extents, String variable) {
    int at = extents.indexOf(variable + "=") + 2;
    return extents.charAt(at) - '0';
  }
}
