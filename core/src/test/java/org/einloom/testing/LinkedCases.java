package org.einloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.arch.Node;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.Nest;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * Cases with links between children: of even seeds those of {@link RandomCases} with links in most
 * of their fanouts; of odd ones windows whose variables are spread over linked fanouts above a
 * memory that keeps the operand, where neighbours mostly have something to hand on.
 */
public final class LinkedCases {
  private static final int MOST_TRIES = 2000;

  private LinkedCases() {}

  /** The case that belongs to this seed, always the same. */
  public static RandomCase draw(long seed) {
    return seed % 2 == 0 ? any(seed) : windows(seed);
  }

  private static RandomCase any(long seed) {
    RandomCase c = RandomCases.draw(seed);
    var random = new SplittableRandom(~seed);
    var nodes = new ArrayList<Node>();
    for (Node n : c.architecture().nodes()) {
      nodes.add(n instanceof Fanout f ? linked(f, random, c.einsum()) : n);
    }
    return new RandomCase(seed, c.einsum(), c.architecture().withNodes(nodes), c.mapping());
  }

  private static Fanout linked(Fanout f, SplittableRandom random, Einsum einsum) {
    List<String> names = einsum.tensors().stream().map(TensorAccess::name).toList();
    return switch (random.nextInt(6)) {
      case 0 -> f;
      case 1 -> SimplerArchitecture.linked(f, of(names.get(random.nextInt(names.size()))));
      default -> SimplerArchitecture.linked(f, of(Keep.ALL));
    };
  }

  private static Optional<Links> of(String tensor) {
    return Optional.of(new Links(Set.of(tensor), Optional.empty()));
  }

  private static RandomCase windows(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < MOST_TRIES; i++) {
      Einsum einsum = RandomEinsums.draw(random);
      Architecture architecture = architecture(random, einsum);
      LoopTree mapping = RandomMappings.draw(random, einsum, architecture);
      if (mayHandOn(einsum, architecture, mapping)) {
        return new RandomCase(seed, einsum, architecture, mapping);
      }
    }
    return any(seed);
  }

  /** Two or three memories, all but the last with a linked fanout or two below. */
  private static Architecture architecture(SplittableRandom random, Einsum einsum) {
    var nodes = new ArrayList<Node>();
    nodes.add(RandomArchitectures.memory("M0", Keep.MUST_ALL));
    int memories = 2 + random.nextInt(2);
    int fanouts = 0;
    long room = 24;
    for (int m = 1; m < memories; m++) {
      for (int f = random.nextInt(4) == 0 ? 2 : 1; f > 0; f--) {
        Fanout fanout = fanout(random, "F" + fanouts++, room);
        room /= fanout.children();
        nodes.add(linked(fanout, random, einsum));
      }
      nodes.add(RandomArchitectures.memory("M" + m, Keep.MAY_ALL));
    }
    for (int t = random.nextInt(3); t > 0; t--) {
      nodes.add(
          1 + random.nextInt(nodes.size()), RandomArchitectures.toll("T" + t, Set.of(Keep.ALL)));
    }
    return Tiny.architecture("M0").withNodes(plus(nodes));
  }

  private static List<Node> plus(List<Node> nodes) {
    var all = new ArrayList<>(nodes);
    all.add(Tiny.architecture("M0").nodes().getLast());
    return all;
  }

  private static Fanout fanout(SplittableRandom random, String name, long room) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    long left = room;
    for (String d : random.nextBoolean() ? List.of("x") : List.of("x", "y")) {
      long size = 1 + random.nextLong(Math.min(left, 6));
      left /= size;
      dimensions.add(new Fanout.Dimension(d, size, Set.of()));
    }
    return RandomArchitectures.fanout(
        name, dimensions, List.of(Multicast.values()).get(random.nextInt(3)), random.nextBoolean());
  }

  /**
   * Whether, between two nodes of an operand, a variable of a rank with several is spread over
   * links, and time goes on along that rank.
   */
  private static boolean mayHandOn(Einsum einsum, Architecture a, LoopTree mapping) {
    Nest nest = Nest.of(einsum, mapping);
    for (TensorAccess t : einsum.operands()) {
      for (TensorAccess.Rank r : t.ranks()) {
        boolean several = r.expression().terms().size() > 1;
        if (several && mayHandOn(t, r.expression(), a, mapping, nest)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayHandOn(
      TensorAccess t, Affine rank, Architecture a, LoopTree mapping, Nest nest) {
    boolean kept = false;
    boolean spread = false;
    boolean moves = false;
    int loop = 0;
    for (MappingNode n : mapping.nodes()) {
      if (n instanceof Storage s && s.tensor().equals(t.name())) {
        if (spread && moves) {
          return true;
        }
        kept = true;
      } else if (n instanceof MappingNode.Loop l) {
        boolean turns = nest.loops().get(loop++).count() > 1 && rank.uses(l.variable());
        moves |= turns && l instanceof MappingNode.Temporal;
        spread |=
            kept && turns && l instanceof Spatial s && ((Fanout) a.node(s.fanout())).passes(t);
      }
    }
    return false;
  }
}
