package org.einloom.io.timeloop.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.timeloop.Nest.Axis;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * The loops of a LoopTree, level by level: those in time of a memory, then those in space below it.
 *
 * <p>All storage nodes of a memory have to be in one place. A storage node keeps its tile while
 * loops in time advance that its tensor does not depend on, so it may as well stand on the other
 * side of them; the outermost node of a tensor holds all of it from the start, so it may stand
 * anywhere before the first loop that the tensor depends on.
 *
 * @param time by level, outermost first; loops outermost first
 * @param space the same of the loops below
 * @param keeps by level, the tensors kept
 */
record Blocks(List<List<Placed>> time, List<List<Placed>> space, List<Set<String>> keeps) {
  /**
   * A loop that iterates.
   *
   * @param place among the loops of the tree
   * @param outer size of the tile that it cuts
   */
  record Placed(String variable, long tile, long outer, long count, Axis axis, int place) {}

  /**
   * From where to where, among the loops that iterate, a storage node may stand, and where it does.
   */
  private record Room(int from, int at, int to, String tensor) {}

  static Blocks of(LoopTree tree, Einsum einsum, Architecture architecture) {
    return new Sorting(tree, einsum, architecture).blocks();
  }

  private static final class Sorting {
    private final Einsum einsum;
    private final Architecture architecture;
    private final List<Placed> loops = new ArrayList<>();
    private final List<String> fanouts = new ArrayList<>();
    private final List<Memory> memories;
    private final Map<String, List<Room>> rooms = new HashMap<>();

    Sorting(LoopTree tree, Einsum einsum, Architecture architecture) {
      this.einsum = einsum;
      this.architecture = architecture;
      this.memories = architecture.memories();
      Map<Integer, Nest.Bound> bounds = new HashMap<>();
      Nest.of(einsum, tree).loops().forEach(b -> bounds.put(b.node(), b));
      Map<Storage, Integer> stands = new HashMap<>();
      List<Storage> order = new ArrayList<>();
      for (int i = 0; i < tree.nodes().size(); i++) {
        MappingNode node = tree.nodes().get(i);
        if (node instanceof Storage s) {
          stands.put(s, loops.size());
          order.add(s);
        } else {
          Nest.Bound b = java.util.Objects.requireNonNull(bounds.get(i));
          if (b.count() > 1) {
            loops.add(
                new Placed(
                    b.loop().variable(),
                    b.loop().tile(),
                    b.outer(),
                    b.count(),
                    axis(b.loop()),
                    loops.size()));
            fanouts.add(b.loop() instanceof Spatial s ? s.fanout() : "");
          }
        }
      }
      Set<String> seen = new LinkedHashSet<>();
      for (Storage s : order) {
        int at = java.util.Objects.requireNonNull(stands.get(s));
        rooms
            .computeIfAbsent(s.memory(), m -> new ArrayList<>())
            .add(room(s, at, seen.add(s.tensor())));
      }
    }

    private static Axis axis(MappingNode.Loop loop) {
      return switch (loop) {
        case MappingNode.Temporal t -> Axis.TIME;
        case Spatial s when s.dimension().equals(Axis.X.name()) -> Axis.X;
        case Spatial s when s.dimension().equals(Axis.Y.name()) -> Axis.Y;
        case Spatial s ->
            throw new InvalidSpecException(
                "'%s' is spread along '%s' of '%s'; Timeloop has X and Y"
                    .formatted(s.variable(), s.dimension(), s.fanout()));
      };
    }

    private Room room(Storage s, int at, boolean outermost) {
      int from = at;
      while (from > 0 && mayPass(s, from - 1, outermost)) {
        from--;
      }
      int to = at;
      while (to < loops.size() && mayPass(s, to, outermost)) {
        to++;
      }
      return new Room(from, at, to, s.tensor());
    }

    private boolean mayPass(Storage s, int loop, boolean outermost) {
      Placed l = loops.get(loop);
      return (outermost || l.axis() == Axis.TIME)
          && !einsum.tensor(s.tensor()).indexedBy(l.variable());
    }

    Blocks blocks() {
      List<List<Placed>> time = new ArrayList<>();
      List<List<Placed>> space = new ArrayList<>();
      List<Set<String>> keeps = new ArrayList<>();
      int begin = 0;
      for (int p = 0; p < memories.size(); p++) {
        String memory = memories.get(p).name();
        Set<String> kept = new LinkedHashSet<>();
        for (Room r : rooms.getOrDefault(memory, List.of())) {
          kept.add(r.tensor());
          if (begin < r.from() || begin > r.to()) {
            throw uneven(memory, r, begin);
          }
        }
        keeps.add(kept);
        int end = p + 1 < memories.size() ? begin(p + 1, begin) : loops.size();
        int split = begin;
        while (split < end && loops.get(split).axis() == Axis.TIME) {
          split++;
        }
        for (int i = split; i < end; i++) {
          checkSpace(i, p);
        }
        time.add(List.copyOf(loops.subList(begin, split)));
        space.add(List.copyOf(loops.subList(split, end)));
        begin = end;
      }
      return new Blocks(time, space, keeps);
    }

    /**
     * Where the block of a level begins: behind all loops in space above, and where its nodes
     * stand, or as far out as they may. One that keeps nothing has as few loops in time as may be.
     */
    private int begin(int p, int from) {
      int first = from;
      for (int i = from; i < loops.size(); i++) {
        if (loops.get(i).axis() != Axis.TIME && above(fanouts.get(i), p)) {
          first = i + 1;
        }
      }
      List<Room> nodes = rooms.getOrDefault(memories.get(p).name(), List.of());
      if (nodes.isEmpty()) {
        return first > from ? first : beginOfNothing(p, from);
      }
      int stand = nodes.stream().mapToInt(Room::at).max().orElse(from);
      if (nodes.stream().allMatch(r -> stand <= r.to())) {
        return Math.max(first, stand);
      }
      return Math.max(first, nodes.stream().mapToInt(Room::from).max().orElse(from));
    }

    private int beginOfNothing(int p, int from) {
      int next = p + 1 < memories.size() ? begin(p + 1, from) : loops.size();
      for (int i = from; i < next; i++) {
        if (loops.get(i).axis() != Axis.TIME) {
          return i;
        }
      }
      return next;
    }

    private boolean above(String fanout, int p) {
      return architecture.indexOf(fanout) < architecture.indexOf(memories.get(p).name());
    }

    private void checkSpace(int loop, int p) {
      Placed l = loops.get(loop);
      if (l.axis() == Axis.TIME) {
        throw new InvalidSpecException(
            "the loop over '%s' stands behind loops in space below '%s', and before the next memory; Timeloop has loops in space inside of those in time"
                .formatted(l.variable(), memories.get(p).name()));
      }
    }

    private InvalidSpecException uneven(String memory, Room room, int begin) {
      Placed between = loops.get(begin < room.from() ? begin : room.to());
      return new InvalidSpecException(
          "'%s' keeps tensors in several places: the loop over '%s' is between that of '%s' and another; Timeloop has one place for all tensors of a level"
              .formatted(memory, between.variable(), room.tensor()));
    }
  }
}
