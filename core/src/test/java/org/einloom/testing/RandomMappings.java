package org.einloom.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Mappings with any bypass, loop order and tiling: storage nodes and spatial loops first, then
 * temporal loops in between.
 */
final class RandomMappings {
  private final SplittableRandom random;
  private final Einsum einsum;
  private final Architecture architecture;
  private final boolean perfect;
  private final List<MappingNode> nodes = new ArrayList<>();
  private final Map<String, Long> sizes = new HashMap<>();

  private RandomMappings(SplittableRandom random, Einsum einsum, Architecture architecture) {
    this.random = random;
    this.einsum = einsum;
    this.architecture = architecture;
    perfect = random.nextInt(5) < 2;
    einsum.variables().forEach(v -> sizes.put(v.name(), v.extent()));
  }

  /** Draws until the loops do not count through many more steps than there are points. */
  static LoopTree draw(SplittableRandom random, Einsum einsum, Architecture architecture) {
    LoopTree mapping;
    do {
      mapping = new RandomMappings(random, einsum, architecture).draw();
    } while (iterations(einsum, mapping) > 500 + 3 * einsum.computes());
    return mapping;
  }

  private static double iterations(Einsum einsum, LoopTree mapping) {
    double product = 1;
    Map<String, Long> outer = new HashMap<>();
    einsum.variables().forEach(v -> outer.put(v.name(), v.extent()));
    for (MappingNode node : mapping.nodes()) {
      if (node instanceof Loop loop) {
        product *= Math.ceilDiv(outer.getOrDefault(loop.variable(), 1L), loop.tile());
        outer.put(loop.variable(), loop.tile());
      }
    }
    return product;
  }

  private LoopTree draw() {
    outermostStorage();
    int firstLoop = nodes.size();
    for (Node node : architecture.nodes().subList(1, architecture.nodes().size())) {
      switch (node) {
        case Memory m -> store(m);
        case Fanout f -> spread(f);
        default -> {}
      }
    }
    shuffleStorage(firstLoop);
    int temporal = random.nextInt(2 * einsum.variables().size() + 2);
    for (int i = 0; i < temporal; i++) {
      nodes.add(between(firstLoop, nodes.size()), new Temporal("?", 1));
    }
    chooseTiles();
    finish(firstLoop);
    return new LoopTree(nodes);
  }

  /**
   * The first memory keeps all; where it need not, the second may be the outermost storage of a
   * tensor.
   */
  private void outermostStorage() {
    Memory first = (Memory) architecture.nodes().getFirst();
    List<TensorAccess> tensors = shuffled(einsum.tensors());
    TensorAccess last = tensors.getLast();
    Node second =
        architecture.nodes().stream()
            .skip(1)
            .filter(n -> !(n instanceof Toll))
            .findFirst()
            .orElseThrow();
    boolean skip = second instanceof Memory && !first.keep().requires(last) && random.nextBoolean();
    for (TensorAccess tensor : tensors) {
      String memory = skip && tensor.equals(last) ? second.name() : first.name();
      nodes.add(new Storage(memory, tensor.name()));
    }
  }

  private void store(Memory memory) {
    int share = List.of(0, 1, 2, 2, 2, 4, 4).get(random.nextInt(7));
    for (TensorAccess tensor : shuffled(einsum.tensors())) {
      var storage = new Storage(memory.name(), tensor.name());
      if (!nodes.contains(storage) && random.nextInt(4) < share) {
        nodes.add(storage);
      }
    }
  }

  /** Loops without variable yet: up to two in every dimension, in any order. */
  private void spread(Fanout fanout) {
    var loops = new ArrayList<MappingNode>();
    for (Fanout.Dimension d : fanout.dimensions()) {
      int count = List.of(0, 1, 1, 1, 2).get(random.nextInt(5));
      loops.addAll(Collections.nCopies(count, new Spatial(fanout.name(), d.name(), "?", 1)));
    }
    nodes.addAll(shuffled(loops));
  }

  /**
   * Storage nodes of different tensors may stand in any order, also against that of their memories.
   */
  private void shuffleStorage(int from) {
    for (int swaps = random.nextInt(4); swaps > 0 && from + 1 < nodes.size(); swaps--) {
      int i = between(from, nodes.size() - 2);
      if (nodes.get(i) instanceof Storage a
          && nodes.get(i + 1) instanceof Storage b
          && !a.tensor().equals(b.tensor())) {
        Collections.swap(nodes, i, i + 1);
      }
    }
  }

  /** Walks inwards; every loop gets a variable and a tile, or goes. */
  private void chooseTiles() {
    Map<String, Long> room = new HashMap<>();
    List<String> variables = einsum.variables().stream().map(RankVariable::name).toList();
    for (int i = 0; i < nodes.size(); i++) {
      Optional<Loop> loop =
          switch (nodes.get(i)) {
            case Spatial s -> spatial(s, variables, room);
            case Temporal _ -> temporal(variables);
            case Storage _ -> Optional.empty();
          };
      if (loop.isPresent()) {
        nodes.set(i, loop.get());
        sizes.put(loop.get().variable(), loop.get().tile());
      } else if (!(nodes.get(i) instanceof Storage)) {
        nodes.remove(i--);
      }
    }
  }

  private Optional<Loop> spatial(Spatial s, List<String> variables, Map<String, Long> room) {
    Fanout fanout = (Fanout) architecture.node(s.fanout());
    Fanout.Dimension dimension =
        fanout.dimensions().stream()
            .filter(d -> d.name().equals(s.dimension()))
            .findFirst()
            .orElseThrow();
    String key = s.fanout() + "." + s.dimension();
    long left = room.getOrDefault(key, dimension.size());
    List<String> allowed =
        variables.stream()
            .filter(v -> einsum.tensors().stream().allMatch(t -> dimension.allows(t, v)))
            .toList();
    return variable(allowed)
        .map(
            variable -> {
              long tile = tile(size(variable), left, 2);
              room.put(key, left / Math.ceilDiv(size(variable), tile));
              return new Spatial(s.fanout(), s.dimension(), variable, tile);
            });
  }

  private Optional<Loop> temporal(List<String> variables) {
    return variable(variables).map(v -> new Temporal(v, tile(size(v), Long.MAX_VALUE, 6)));
  }

  private long size(String variable) {
    return sizes.getOrDefault(variable, 1L);
  }

  /** One that is left to be iterated; seldom another, for a trivial loop. */
  private Optional<String> variable(List<String> variables) {
    boolean any = random.nextInt(15) == 0;
    List<String> left = variables.stream().filter(v -> any || size(v) > 1).toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
  }

  /**
   * A tile for a loop over so many values that may iterate {@code room} times: one time in {@code
   * often} the smallest possible, seldom all values, for a trivial loop.
   */
  private long tile(long size, long room, int often) {
    if (random.nextInt(15) == 0) {
      return size;
    }
    long[] tiles =
        LongStream.rangeClosed(1, size)
            .filter(t -> Math.ceilDiv(size, t) <= room && (!perfect || size % t == 0))
            .toArray();
    return random.nextInt(often) == 0 ? tiles[0] : tiles[random.nextInt(tiles.length)];
  }

  /** Temporal loops over what the loops so far leave inside their tiles, anywhere below them. */
  private void finish(int firstLoop) {
    for (RankVariable v : shuffled(einsum.variables())) {
      if (size(v.name()) > 1) {
        int from = firstLoop;
        for (int i = 0; i < nodes.size(); i++) {
          if (nodes.get(i) instanceof Loop loop && loop.variable().equals(v.name())) {
            from = i + 1;
          }
        }
        nodes.add(between(from, nodes.size()), new Temporal(v.name(), 1));
      }
    }
  }

  private int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  private <T> List<T> shuffled(List<T> list) {
    var copy = new ArrayList<>(list);
    Collections.shuffle(copy, new Random(random.nextLong()));
    return copy;
  }
}
