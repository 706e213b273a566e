package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** A random Einsum, architecture and legal mapping, with names that are hard to write down. */
record RandomMapping(Einsum einsum, Architecture architecture, LoopTree tree) {
  private static final List<String> NAMES =
      List.of(
          "m",
          "n",
          "GLB",
          "A#2",
          "in",
          "keep",
          "on",
          "step",
          "layer",
          "last",
          "compute",
          "true",
          "null",
          "~",
          "y",
          "1",
          "4x",
          "a b",
          " lead",
          "trail ",
          "x\"y\\z",
          "\\",
          "é",
          "\uD83D\uDE00",
          "a.b",
          "/conv1/Conv:0",
          "onnx::MatMul_12",
          "#c",
          "a|b",
          "tab\tx",
          "line\nend",
          "-",
          "[x]",
          "{y}",
          "a: b",
          "'q'",
          "*z",
          "&w",
          "!t",
          "%p",
          "@at",
          "`g",
          "U+0041",
          "\\u0041",
          "\u202e");

  static RandomMapping draw(Random random) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    Einsum einsum = einsum(random, names);
    Architecture architecture = architecture(random, names);
    return new RandomMapping(einsum, architecture, tree(random, einsum, architecture));
  }

  private static Einsum einsum(Random random, List<String> names) {
    List<RankVariable> variables = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      variables.add(new RankVariable(names.removeLast(), 1 + random.nextInt(30)));
    }
    List<TensorAccess> operands = new ArrayList<>();
    int factors = 1 + random.nextInt(3);
    for (int i = 0; i < factors; i++) {
      operands.add(tensor(random, names.removeLast(), Role.INPUT, variables));
    }
    return new Einsum(
        names.removeLast(),
        variables,
        operands,
        tensor(random, names.removeLast(), Role.OUTPUT, variables));
  }

  private static TensorAccess tensor(
      Random random, String name, Role role, List<RankVariable> variables) {
    List<TensorAccess.Rank> ranks =
        variables.stream()
            .filter(v -> random.nextBoolean())
            .map(v -> new TensorAccess.Rank(Affine.of(v.name()), v.extent()))
            .toList();
    return new TensorAccess(name, name, role, ranks, OptionalInt.empty());
  }

  private static Architecture architecture(Random random, List<String> names) {
    List<Node> nodes = new ArrayList<>();
    int memories = 1 + random.nextInt(4);
    for (int i = 0; i < memories; i++) {
      nodes.add(
          new Memory(
              names.removeLast(),
              OptionalLong.empty(),
              Keep.MAY_ALL,
              new LinkedHashMap<>(),
              true,
              Figure.NONE,
              Figure.NONE));
      if (random.nextBoolean()) {
        nodes.add(fanout(random, names));
      }
    }
    Action compute = new Action("compute", Figure.NONE, 0, Double.POSITIVE_INFINITY);
    nodes.add(new Compute(names.removeLast(), compute, Figure.NONE, Figure.NONE));
    return new Architecture(names.removeLast(), 1e9, "", new Widths(8, 8, 8, 32), nodes);
  }

  private static Fanout fanout(Random random, List<String> names) {
    List<Fanout.Dimension> dimensions = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      dimensions.add(new Fanout.Dimension(names.removeLast(), 1 + random.nextInt(12), Set.of()));
    }
    return new Fanout(
        names.removeLast(),
        dimensions,
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }

  private static LoopTree tree(Random random, Einsum einsum, Architecture architecture) {
    Map<String, Long> left = new HashMap<>();
    einsum.variables().forEach(v -> left.put(v.name(), v.extent()));
    List<MappingNode> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      boolean outermost = nodes.isEmpty();
      switch (node) {
        case Memory memory -> {
          List<TensorAccess> tensors = new ArrayList<>(einsum.tensors());
          Collections.shuffle(tensors, random);
          for (TensorAccess tensor : tensors) {
            if (outermost || random.nextBoolean()) {
              nodes.add(new Storage(memory.name(), tensor.name()));
            }
            if (!outermost) {
              temporal(random, einsum, left, nodes);
            }
          }
        }
        case Toll toll -> {}
        case Fanout fanout -> spatial(random, einsum, fanout, left, nodes);
        case Compute compute -> {
          for (RankVariable v : einsum.variables()) {
            if (left.getOrDefault(v.name(), 1L) > 1) {
              nodes.add(new Temporal(v.name(), 1));
            }
          }
        }
      }
      if (!(node instanceof Compute)) {
        temporal(random, einsum, left, nodes);
      }
    }
    return new LoopTree(nodes);
  }

  private static void temporal(
      Random random, Einsum einsum, Map<String, Long> left, List<MappingNode> nodes) {
    if (random.nextBoolean()) {
      String v = einsum.variables().get(random.nextInt(einsum.variables().size())).name();
      long tile = 1 + random.nextLong(left.getOrDefault(v, 1L));
      left.put(v, tile);
      nodes.add(new Temporal(v, tile));
    }
  }

  private static void spatial(
      Random random,
      Einsum einsum,
      Fanout fanout,
      Map<String, Long> left,
      List<MappingNode> nodes) {
    for (Fanout.Dimension dimension : fanout.dimensions()) {
      long free = dimension.size();
      for (RankVariable v : einsum.variables()) {
        long size = left.getOrDefault(v.name(), 1L);
        long tile = 1 + random.nextLong(size);
        long bound = Math.ceilDiv(size, tile);
        if (random.nextBoolean() && bound <= free) {
          free /= bound;
          left.put(v.name(), tile);
          nodes.add(new Spatial(fanout.name(), dimension.name(), v.name(), tile));
          temporal(random, einsum, left, nodes);
        }
      }
    }
  }
}
