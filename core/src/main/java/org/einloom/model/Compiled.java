package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** An Einsum and its mapping with numbers in place of names. */
final class Compiled {
  /** One tensor: its ranks and its chain of storage, outermost first. */
  static final class Tensor {
    final TensorAccess access;
    final boolean result;
    final Rank[] ranks;

    /** Architecture index of each storage node. */
    final int[] memory;

    /** How many loops stand above each storage node. */
    final int[] depth;

    /** Variables that no rank uses. */
    final int[] irrelevant;

    Tensor(
        TensorAccess access,
        boolean result,
        Rank[] ranks,
        int[] memory,
        int[] depth,
        int[] irrelevant) {
      this.access = access;
      this.result = result;
      this.ranks = ranks;
      this.memory = memory;
      this.depth = depth;
      this.irrelevant = irrelevant;
    }

    boolean usesVariable(int v) {
      for (int u : irrelevant) {
        if (u == v) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * One rank: variables with their coefficients, and which coordinates exist. A rank of a single
   * variable is held in that variable's own values, so that its tiles are plain intervals;
   * variables with one value are part of the offset.
   */
  static final class Rank {
    final int[] variable;
    final long[] coefficient;
    final long offset;

    /** Coordinates exist from here ... */
    final long low;

    /** ... to before here. */
    final long high;

    /** Whether any point touches a coordinate that does not exist. */
    final boolean padded;

    Rank(int[] variables, long[] coefficients, long offset, long size, long[] extent) {
      int n = 0;
      int[] vs = new int[variables.length];
      long[] cs = new long[variables.length];
      for (int i = 0; i < variables.length; i++) {
        if (extent[variables[i]] > 1) {
          vs[n] = variables[i];
          cs[n++] = coefficients[i];
        }
      }
      this.variable = Arrays.copyOf(vs, n);
      this.coefficient = Arrays.copyOf(cs, n);
      if (n == 1) {
        long c = cs[0];
        this.low = c > 0 ? Math.ceilDiv(-offset, c) : Math.ceilDiv(size - 1 - offset, c);
        this.high = 1 + (c > 0 ? Math.floorDiv(size - 1 - offset, c) : Math.floorDiv(-offset, c));
        this.offset = 0;
        coefficient[0] = 1;
      } else {
        this.low = 0;
        this.high = size;
        this.offset = offset;
      }
      long first = this.offset;
      long last = this.offset;
      for (int i = 0; i < n; i++) {
        long reach = coefficient[i] * (extent[variable[i]] - 1);
        first += Math.min(0, reach);
        last += Math.max(0, reach);
      }
      this.padded = first < low || last >= high;
    }

    /**
     * The same rank as one per variable, where its coordinate tells every variable's value: each
     * step of a coefficient is longer than all that the smaller ones reach. So it is when groups
     * and the channels within a group share a rank.
     */
    List<Rank> split(long[] extent) {
      if (padded || variable.length < 2) {
        return List.of(this);
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < variable.length; i++) {
        order.add(i);
      }
      order.sort(Comparator.comparingLong(i -> Math.abs(coefficient[i])));
      long reach = 0;
      List<Rank> single = new ArrayList<>();
      for (int i : order) {
        long step = Math.abs(coefficient[i]);
        if (step <= reach) {
          return List.of(this);
        }
        reach += step * (extent[variable[i]] - 1);
        single.add(
            new Rank(new int[] {variable[i]}, new long[] {1}, 0, extent[variable[i]], extent));
      }
      return single;
    }
  }

  final Einsum einsum;
  final Architecture architecture;
  final int variables;
  final long[] extent;
  final int[] loopVariable;
  final long[] loopTile;

  /** Iterations over a full tile. */
  final long[] loopCount;

  /** Architecture index of the fanout of a spatial loop, -1 for a temporal one. */
  final int[] loopFanout;

  /** Which of the dimensions of its fanout a spatial loop is on, -1 for a temporal one. */
  final int[] loopDimension;

  /** The loops of each variable, outermost first. */
  final int[][] loopsOf;

  /** Whether all tiles of the variable divide what they cut. */
  final boolean[] perfect;

  final List<Tensor> tensors;

  /** How tiles move that do not divide. */
  final KnownMoves known;

  Compiled(Einsum einsum, Architecture architecture, LoopTree mapping) {
    this(einsum, architecture, mapping, new KnownMoves());
  }

  Compiled(Einsum einsum, Architecture architecture, LoopTree mapping, KnownMoves known) {
    this.known = known;
    this.einsum = einsum;
    this.architecture = architecture;
    variables = einsum.variables().size();
    extent = new long[variables];
    Map<String, Integer> variableIndex = new HashMap<>();
    for (int v = 0; v < variables; v++) {
      extent[v] = einsum.variables().get(v).extent();
      variableIndex.put(einsum.variables().get(v).name(), v);
    }
    Map<String, Integer> nodeIndex = new HashMap<>();
    for (int i = 0; i < architecture.nodes().size(); i++) {
      nodeIndex.put(architecture.nodes().get(i).name(), i);
    }
    List<Loop> loops = new ArrayList<>();
    Map<String, List<int[]>> storage = new HashMap<>();
    for (MappingNode node : mapping.nodes()) {
      switch (node) {
        case Storage s ->
            storage
                .computeIfAbsent(s.tensor(), t -> new ArrayList<>())
                .add(new int[] {get(nodeIndex, s.memory()), loops.size()});
        case Loop loop -> loops.add(loop);
      }
    }
    int n = loops.size();
    loopVariable = new int[n];
    loopTile = new long[n];
    loopCount = new long[n];
    loopFanout = new int[n];
    loopDimension = new int[n];
    perfect = new boolean[variables];
    Arrays.fill(perfect, true);
    long[] size = extent.clone();
    List<List<Integer>> of = new ArrayList<>();
    for (int v = 0; v < variables; v++) {
      of.add(new ArrayList<>());
    }
    for (int i = 0; i < n; i++) {
      Loop loop = loops.get(i);
      int v = get(variableIndex, loop.variable());
      loopVariable[i] = v;
      loopTile[i] = loop.tile();
      loopCount[i] = Math.ceilDiv(size[v], loop.tile());
      perfect[v] &= size[v] % loop.tile() == 0;
      size[v] = loop.tile();
      loopFanout[i] = loop instanceof Spatial s ? get(nodeIndex, s.fanout()) : -1;
      loopDimension[i] = loop instanceof Spatial s ? dimension(loopFanout[i], s.dimension()) : -1;
      of.get(v).add(i);
    }
    loopsOf = new int[variables][];
    for (int v = 0; v < variables; v++) {
      loopsOf[v] = of.get(v).stream().mapToInt(Integer::intValue).toArray();
    }
    List<Tensor> compiled = new ArrayList<>();
    for (TensorAccess access : einsum.tensors()) {
      compiled.add(tensor(access, storage.getOrDefault(access.name(), List.of()), variableIndex));
    }
    tensors = List.copyOf(compiled);
  }

  private int dimension(int node, String name) {
    List<Fanout.Dimension> all = ((Fanout) architecture.nodes().get(node)).dimensions();
    int at = 0;
    while (!all.get(at).name().equals(name)) {
      at++;
    }
    return at;
  }

  private static int get(Map<String, Integer> index, String name) {
    Integer i = index.get(name);
    if (i == null) {
      throw new IllegalStateException("unknown name in a legal mapping: " + name);
    }
    return i;
  }

  private Tensor tensor(
      TensorAccess access, List<int[]> storage, Map<String, Integer> variableIndex) {
    List<Rank> ranks = new ArrayList<>();
    boolean[] used = new boolean[variables];
    for (int r = 0; r < access.ranks().size(); r++) {
      TensorAccess.Rank rank = access.ranks().get(r);
      List<Affine.Term> terms = rank.expression().terms();
      int[] vs = new int[terms.size()];
      long[] cs = new long[terms.size()];
      for (int i = 0; i < vs.length; i++) {
        vs[i] = get(variableIndex, terms.get(i).variable());
        cs[i] = terms.get(i).coefficient();
        used[vs[i]] = true;
      }
      ranks.addAll(new Rank(vs, cs, rank.expression().offset(), rank.size(), extent).split(extent));
    }
    int[] irrelevant = new int[variables];
    int n = 0;
    for (int v = 0; v < variables; v++) {
      if (!used[v]) {
        irrelevant[n++] = v;
      }
    }
    return new Tensor(
        access,
        access.equals(einsum.output()),
        ranks.toArray(new Rank[0]),
        storage.stream().mapToInt(s -> s[0]).toArray(),
        storage.stream().mapToInt(s -> s[1]).toArray(),
        Arrays.copyOf(irrelevant, n));
  }

  /** Whether words of the operand are handed on between children of the node, a fanout's. */
  boolean links(Tensor tensor, int node) {
    return !tensor.result
        && architecture.nodes().get(node) instanceof Fanout f
        && f.passes(tensor.access);
  }

  /** Loops above the computes. */
  int computeDepth() {
    return loopVariable.length;
  }

  /** Whether words of the tensor that pass the node of the architecture are counted there. */
  boolean crosses(Tensor tensor, int node) {
    Node n = architecture.nodes().get(node);
    return n instanceof Fanout || (n instanceof Toll toll && toll.charges(tensor.access));
  }

  boolean temporal(int loop) {
    return loopFanout[loop] < 0;
  }
}
