package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/**
 * Executes the Einsums on values and compares with the operators written out as the specification
 * defines them. Splitting channels and dropping ranks leave the order of elements as it is, so that
 * the elements of both can be compared one by one.
 */
class EinsumValueTest {
  private static final int CASES = 300;

  private final Random random = new Random();

  private long upTo(int limit) {
    return 1L + random.nextInt(limit);
  }

  private static long[] evaluate(Einsum e, long[] first, long[] second) {
    long[][] data = {first, second, new long[(int) e.output().words()]};
    var at = new HashMap<String, Long>();
    for (long point = 0; point < e.computes(); point++) {
      long rest = point;
      for (var v : e.variables()) {
        at.put(v.name(), rest % v.extent());
        rest /= v.extent();
      }
      int a = position(e.operands().get(0), at);
      int b = position(e.operands().get(1), at);
      int o = position(e.output(), at);
      if (a >= 0 && b >= 0 && o >= 0) {
        data[2][o] += data[0][a] * data[1][b];
      }
    }
    return data[2];
  }

  private static int position(TensorAccess access, Map<String, Long> at) {
    long position = 0;
    for (TensorAccess.Rank rank : access.ranks()) {
      long coordinate = rank.expression().offset();
      for (Affine.Term t : rank.expression().terms()) {
        coordinate += t.coefficient() * at.get(t.variable());
      }
      if (coordinate < 0 || coordinate >= rank.size()) {
        return -1;
      }
      position = position * rank.size() + coordinate;
    }
    return (int) position;
  }

  private long[] data(long... sizes) {
    int count = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return random.longs(count, -5, 6).toArray();
  }

  @Test
  void convolutions() {
    for (int i = 0; i < CASES; i++) {
      long seed = System.nanoTime() + i;
      random.setSeed(seed);
      long n = upTo(2);
      long g = upTo(3);
      long c = upTo(3);
      long m = upTo(3);
      long[] in = {upTo(7), upTo(7)};
      long[] k = {upTo(4), upTo(4)};
      long[] s = {upTo(3), upTo(3)};
      long[] d = {upTo(2), upTo(2)};
      long[] pad = LongStream.generate(() -> upTo(3) - 1).limit(4).toArray();
      long[] out = new long[2];
      boolean fits = true;
      for (int a = 0; a < 2; a++) {
        long room = in[a] + pad[a] + pad[a + 2] - d[a] * (k[a] - 1) - 1;
        fits &= room >= 0;
        out[a] = room / s[a] + 1;
      }
      if (!fits) {
        continue;
      }
      long[] x = data(n, g * c, in[0], in[1]);
      long[] w = data(g * m, c, k[0], k[1]);
      long[] y = new long[(int) (n * g * m * out[0] * out[1])];
      int at = 0;
      for (long b = 0; b < n; b++) {
        for (long o = 0; o < g * m; o++) {
          for (long p = 0; p < out[0]; p++) {
            for (long q = 0; q < out[1]; q++, at++) {
              for (long ch = 0; ch < c; ch++) {
                for (long r = 0; r < k[0]; r++) {
                  for (long t = 0; t < k[1]; t++) {
                    long h = p * s[0] + r * d[0] - pad[0];
                    long v = q * s[1] + t * d[1] - pad[1];
                    if (h >= 0 && h < in[0] && v >= 0 && v < in[1]) {
                      long channel = o / m * c + ch;
                      y[at] +=
                          x[(int) (((b * g * c + channel) * in[0] + h) * in[1] + v)]
                              * w[(int) (((o * c + ch) * k[0] + r) * k[1] + t)];
                    }
                  }
                }
              }
            }
          }
        }
      }
      Einsum e =
          new TestModel()
              .input("x", n, g * c, in[0], in[1])
              .weight("w", g * m, c, k[0], k[1])
              .node(
                  "Conv",
                  "x, w",
                  "y",
                  integer("group", g),
                  ints("strides", s),
                  ints("dilations", d),
                  ints("pads", pad))
              .einsum();
      assertThat(evaluate(e, x, w)).as("seed %d: %s", seed, e.expression()).isEqualTo(y);
    }
  }

  @Test
  void transposedConvolutions() {
    for (int i = 0; i < CASES; i++) {
      long seed = System.nanoTime() + i;
      random.setSeed(seed);
      long g = upTo(2);
      long c = upTo(3);
      long m = upTo(3);
      long in = upTo(6);
      long k = upTo(4);
      long s = upTo(3);
      long d = upTo(2);
      long begin = upTo(2) - 1;
      long end = upTo(2) - 1;
      long out = (in - 1) * s + d * (k - 1) + 1 - begin - end;
      if (out < 1) {
        continue;
      }
      long[] x = data(g * c, in);
      long[] w = data(g * c, m, k);
      long[] y = new long[(int) (g * m * out)];
      for (long channel = 0; channel < g * c; channel++) {
        for (long o = 0; o < m; o++) {
          for (long p = 0; p < in; p++) {
            for (long r = 0; r < k; r++) {
              long at = p * s + r * d - begin;
              if (at >= 0 && at < out) {
                y[(int) ((channel / c * m + o) * out + at)] +=
                    x[(int) (channel * in + p)] * w[(int) ((channel * m + o) * k + r)];
              }
            }
          }
        }
      }
      Einsum e =
          new TestModel()
              .input("x", 1, g * c, in)
              .weight("w", g * c, m, k)
              .node(
                  "ConvTranspose",
                  "x, w",
                  "y",
                  integer("group", g),
                  ints("strides", s),
                  ints("dilations", d),
                  ints("pads", begin, end))
              .einsum();
      assertThat(evaluate(e, x, w)).as("seed %d: %s", seed, e.expression()).isEqualTo(y);
    }
  }

  @Test
  void products() {
    for (int i = 0; i < CASES; i++) {
      long seed = System.nanoTime() + i;
      random.setSeed(seed);
      long rows = upTo(3);
      long inner = upTo(3);
      long columns = upTo(3);
      long[] batch = LongStream.generate(() -> upTo(3)).limit(3).toArray();
      long[] a = broadcast(batch, rows, inner);
      long[] b = broadcast(batch, inner, columns);
      long[] x = data(a);
      long[] w = data(b);
      long[] all = new long[3];
      for (int j = 0; j < 3; j++) {
        all[j] = Math.max(a[j], b[j]);
      }
      long[] y = new long[(int) (all[0] * all[1] * all[2] * rows * columns)];
      for (int at = 0; at < y.length; at++) {
        long column = at % columns;
        long row = at / columns % rows;
        long which = at / columns / rows;
        long[] index = {which / all[2] / all[1], which / all[2] % all[1], which % all[2]};
        for (long k = 0; k < inner; k++) {
          y[at] +=
              x[(int) ((matrix(a, index) * rows + row) * inner + k)]
                  * w[(int) ((matrix(b, index) * inner + k) * columns + column)];
        }
      }
      Einsum e = new TestModel().input("x", a).input("w", b).node("MatMul", "x, w", "y").einsum();
      assertThat(evaluate(e, x, w)).as("seed %d: %s", seed, e.expression()).isEqualTo(y);
    }
  }

  private long[] broadcast(long[] batch, long rows, long columns) {
    long[] sizes = Arrays.copyOf(batch, 5);
    for (int i = 0; i < 3; i++) {
      sizes[i] = random.nextInt(3) == 0 ? 1 : sizes[i];
    }
    sizes[3] = rows;
    sizes[4] = columns;
    return sizes;
  }

  private static long matrix(long[] sizes, long[] index) {
    long at = 0;
    for (int i = 0; i < 3; i++) {
      at = at * sizes[i] + (sizes[i] == 1 ? 0 : index[i]);
    }
    return at;
  }
}
