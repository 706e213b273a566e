package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes fit where, as bits: one for a node of a regular tensor, two for one whose tiles
 * overlap (see {@link HaloReach}).
 *
 * <p>Tensors that share a memory cannot all fill it: if one takes more than a share of it, others
 * have what is left. So there is a set of nodes for each share of one of them.
 */
final class Fits {
  /** Shares of a memory that are told apart. */
  private static final double[] SHARES = {0, 0.25};

  /** {@code [tensor][node]}: its bits. */
  final int[][] bits;

  /** How many bits there are. */
  final int n;

  /** All bits but those of nodes that must fit as long as they have not moved. */
  final int leavable;

  /** The bits of nodes whose tiles overlap. */
  final int overlapping;

  private final Lattice lattice;
  private final Structure s;
  private final @Nullable HaloReach reach;
  private final double[][] tile;
  private final double[][] nodeBits;
  private final double[][] capacity;
  private final int[][] sharing;
  private final int shared;
  private final int split;

  /** By position, the nodes of memories of their own that fit. */
  private final int[] base;

  private @Nullable List<Share> every;

  /**
   * @param tile {@code [tensor][position]}: relevant iterations below
   * @param nodeBits {@code [tensor][node]}: the least that a tile of one iteration takes, bits
   * @param capacity {@code [tensor][node]}: bits
   * @param sharing {@code [tensor][node]}: the number of a memory that several tensors share; or -1
   */
  Fits(
      Structure s,
      @Nullable HaloReach reach,
      Lattice lattice,
      double[][] tile,
      double[][] nodeBits,
      double[][] capacity,
      int[][] sharing) {
    this.lattice = lattice;
    this.s = s;
    this.reach = reach;
    this.tile = tile;
    this.nodeBits = nodeBits;
    this.capacity = capacity;
    this.sharing = sharing;
    int tensors = sharing.length;
    bits = new int[tensors][];
    int next = 0;
    int last = -1;
    int of = -1;
    int all = -1;
    int halo = 0;
    for (int t = 0; t < tensors; t++) {
      boolean regular = s.problem.regular[t];
      bits[t] = new int[sharing[t].length];
      for (int j = 0; j < bits[t].length && next < Integer.SIZE - 1; j++) {
        bits[t][j] = (regular ? 1 : 3) << next;
        all &= ~((regular ? 1 : 2) << next);
        halo |= regular ? 0 : bits[t][j];
        next += regular ? 1 : 2;
        if (sharing[t][j] >= 0 && regular) {
          last = sharing[t][j]; // the result, if it is one of them
          of = t;
        }
      }
    }
    n = next;
    leavable = all;
    overlapping = halo;
    shared = last;
    split = of;
    base = new int[lattice.positions];
    for (int t = 0; t < tensors; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        if (shared < 0 || sharing[t][j] != shared) {
          add(t, j, capacity[t][j], base);
        }
      }
    }
  }

  /** The same where every node has so much room for itself. */
  Fits within(double[][] nodeBits, double[][] roomBits, int[][] sharing) {
    return new Fits(s, reach, lattice, tile, nodeBits, roomBits, sharing);
  }

  /** The nodes that would fit, by share. */
  List<Share> every() {
    List<Share> every = this.every;
    if (every == null) {
      every = new ArrayList<>();
      for (int k = 0; k < (shared < 0 ? 1 : SHARES.length); k++) {
        double most = k + 1 < SHARES.length ? SHARES[k + 1] : 1;
        int[] fit = shared < 0 ? base : with(most, 1 - SHARES[k]);
        double others = 1 - SHARES[k];
        double[] room = room(others);
        if (every.stream().noneMatch(s -> Arrays.equals(s.nodes, fit) && s.hasAtLeast(room))) {
          every.add(new Share(fit, room, lattice));
        }
      }
      this.every = every;
    }
    return every;
  }

  /**
   * The nodes that fit.
   *
   * @param most of the shared memory, for one of the tensors
   * @param others what others have of it
   */
  private int[] with(double most, double others) {
    int[] fit = base.clone();
    for (int t = 0; t < bits.length; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        if (sharing[t][j] == shared) {
          add(t, j, capacity[t][j] * (t != split ? others : most), fit);
        }
      }
    }
    return fit;
  }

  /** By node of the operand whose tiles overlap, words that fit. */
  private double[] room(double others) {
    if (s.halo == null) {
      return new double[0];
    }
    int t = s.halo.tensor;
    int width = s.problem.architecture.widths().of(s.problem.tensors.get(t));
    double[] room = new double[capacity[t].length];
    for (int j = 0; j < room.length; j++) {
      boolean some = shared >= 0 && sharing[t][j] == shared;
      room[j] = capacity[t][j] * (some ? others : 1) * (1 + 1e-12) / width;
    }
    return room;
  }

  private void add(int t, int j, double roomBits, int[] fit) {
    double room = roomBits * (1 + 1e-12);
    if (s.problem.regular[t]) {
      double[] tiles = tile[t];
      int bit = bits[t][j];
      for (int x = 0; x < fit.length; x++) {
        fit[x] |= tiles[x] * nodeBits[t][j] <= room ? bit : 0;
      }
    } else if (reach != null) {
      int width = s.problem.architecture.widths().of(s.problem.tensors.get(t));
      reach.regions(j + 1, room / width, bits[t][j], fit);
    }
  }

  /** Which nodes fit if memories are shared so. */
  static final class Share {
    /** By position. */
    final int[] nodes;

    /** By position, the steps after which all fit that fitted before, as bits. */
    final int[] staying;

    /** The nodes that do not fit everywhere. */
    final int somewhere;

    /** By node of the operand whose tiles overlap, words that fit. */
    final double[] room;

    private Share(int[] nodes, double[] room, Lattice lattice) {
      this.nodes = nodes;
      this.room = room;
      int everywhere = -1;
      for (int fitting : nodes) {
        everywhere &= fitting;
      }
      somewhere = ~everywhere;
      staying = new int[nodes.length];
      for (int i = 0; i < lattice.steps; i++) {
        int stride = lattice.stride[i];
        for (int x = 0; x < nodes.length - stride; x++) {
          int leaving = nodes[x] & ~nodes[x + stride];
          staying[x] |= (~(leaving | -leaving) >>> 31) << i;
        }
      }
    }

    private boolean hasAtLeast(double[] other) {
      for (int j = 0; j < room.length; j++) {
        if (room[j] < other[j]) {
          return false;
        }
      }
      return true;
    }
  }
}
