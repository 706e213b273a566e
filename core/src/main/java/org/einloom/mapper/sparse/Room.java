package org.einloom.mapper.sparse;

import java.util.Arrays;
import org.einloom.arch.Memory;
import org.einloom.format.TensorFormat;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** What is placed takes room, in the formats that take least; and what is left for the rest. */
final class Room {
  private static final double ROUNDING = 1e-12;

  private final Problem problem;
  private final Stock stock;

  /** By tensor and node; negative where it was not asked for. */
  private final double[][] leastMetadata;

  private final double[][] leastStored;

  Room(Problem problem, Stock stock) {
    this.problem = problem;
    leastMetadata = unknown(problem);
    leastStored = unknown(problem);
    this.stock = stock;
  }

  private static double[][] unknown(Problem problem) {
    var unknown = new double[problem.tensors.size()][problem.architecture.nodes().size()];
    for (double[] of : unknown) {
      Arrays.fill(of, -1);
    }
    return unknown;
  }

  /** Whether what is placed fits. Tiles with gaps are not counted, and fit nowhere. */
  boolean fits(State s) {
    for (int n = 0; n < problem.architecture.nodes().size(); n++) {
      if (problem.node(n) instanceof Memory && !fits(s, n)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(State s, int node) {
    boolean limited = stock.limited(node);
    double bits = 0;
    double metadata = 0;
    for (int t = 0; t < problem.tensors.size(); t++) {
      int k = place(s, t, node);
      if (k >= 0 && k < s.placed(t)) {
        long[] values = s.valuesBelow(t, k);
        if (problem.ranks[t].windows
            && !problem.placed(t)
            && problem.ranks[t].extents(values) == null) {
          return false;
        }
        if (limited) {
          Law.Room least = least(t, node, values);
          bits += least.bits();
          metadata += least.metadata();
        }
      }
    }
    return !limited || (bits <= stock.capacity(node) && metadata <= stock.metadataCapacity(node));
  }

  private Law.Room least(int t, int node, long[] values) {
    return problem.law[t].room(
        node,
        values,
        () -> {
          double words = problem.tileWords(t, values);
          double bits = Double.POSITIVE_INFINITY;
          double metadata = Double.POSITIVE_INFINITY;
          for (TensorFormat f : problem.formats[t][node]) {
            Law.Stored in = problem.law[t].stored(f, values);
            if (in.fits()) {
              bits = Math.min(bits, stock.bits(node, words, f, in, (int) leastWidth(t)));
              metadata = Math.min(metadata, stock.metadata(node, words, f, in));
            }
          }
          return new Law.Room(bits, metadata);
        });
  }

  /** Whether what is left of a tensor is too much for a memory even if it had it for itself. */
  boolean tooLarge(State s, int t, int place) {
    int node = s.structure.chain[t][place];
    if (!stock.limited(node)) {
      return false;
    }
    double words = leftWords(s, t, node);
    return words > 1
        && Math.ceil(words * leastBits(t, node) * (1 - ROUNDING))
            > stock.capacity(node) - held(s, t, node);
  }

  /** Words of a tensor that a memory keeps at most. */
  double mostWords(State s, int t, int place) {
    int node = s.structure.chain[t][place];
    double perWord = leastBits(t, node);
    return stock.limited(node) && perWord > 0
        ? (stock.capacity(node) - held(s, t, node) + 1) / perWord * (1 + ROUNDING)
        : Double.POSITIVE_INFINITY;
  }

  /** What tensors but one hold in a memory at least. */
  private double held(State s, int but, int node) {
    double bits = 0;
    for (int t = 0; t < problem.tensors.size(); t++) {
      int k = t == but ? -1 : place(s, t, node);
      if (k >= 0 && k < s.placed(t)) {
        bits += problem.leastWords(t, s.valuesBelow(t, k)) * leastBits(t, node);
      } else if (k >= 0) {
        bits += leastBits(t, node);
      }
    }
    return bits * (1 - ROUNDING);
  }

  /** Words of the tile that the place would have here. */
  private double leftWords(State s, int t, int node) {
    double words = problem.leastWords(t, s.values(s.variable.length));
    for (int f = s.crossed; f < s.structure.active.length; f++) {
      int fanout = s.structure.active[f];
      for (int v = 0; v < problem.variables && fanout < node; v++) {
        words /= problem.relevant[t][v] ? (double) s.structure.count(fanout, v) : 1;
      }
    }
    return words;
  }

  /** The fewest bits that a word of a tile takes, without metadata that is kept apart. */
  private double leastBits(int t, int node) {
    return leastStored(t, node) * leastWidth(t) + (stock.apart(node) ? 0 : leastMetadata(t, node));
  }

  /** The fewest words that are stored of a word of a tile. */
  double leastStored(int t, int node) {
    if (leastStored[t][node] < 0) {
      boolean compresses =
          Arrays.stream(problem.formats[t][node]).anyMatch(TensorFormat::compresses);
      leastStored[t][node] = compresses ? Math.min(1, problem.law[t].share()) : 1;
    }
    return leastStored[t][node];
  }

  /** The fewest bits of metadata that go with a word of a tile. */
  double leastMetadata(int t, int node) {
    if (leastMetadata[t][node] < 0) {
      leastMetadata[t][node] = findMetadata(t, node);
    }
    return leastMetadata[t][node];
  }

  private double findMetadata(int t, int node) {
    double least = Double.POSITIVE_INFINITY;
    for (TensorFormat f : problem.formats[t][node]) {
      least = Math.min(least, f.compresses() ? problem.law[t].leastMetadata(f) : 0);
    }
    return least < Double.POSITIVE_INFINITY ? least * (1 - ROUNDING) : 0;
  }

  double leastWidth(int t) {
    Widths widths = problem.architecture.widths();
    TensorAccess of = problem.tensors.get(t);
    return Math.min(widths.of(of), widths.partialOf(of));
  }

  /** Which of a tensor's places a memory is; -1 for none. */
  static int place(State s, int tensor, int node) {
    int[] chain = s.structure.chain[tensor];
    for (int k = 0; k < chain.length; k++) {
      if (chain[k] == node) {
        return k;
      }
    }
    return -1;
  }
}
