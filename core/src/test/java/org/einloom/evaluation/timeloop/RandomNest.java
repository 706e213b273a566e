package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** Small nests whose loops are the same in every turn. */
record RandomNest(Nest nest, List<Fan.Mesh> meshes) {
  /**
   * A random one.
   *
   * @param halo whether operands may be windows that slide
   * @param bypass whether levels may leave out tensors
   */
  static RandomNest of(Random random, boolean halo, boolean bypass) {
    return of(random, halo, bypass, true);
  }

  /**
   * The same.
   *
   * @param refusing whether levels may share nothing, or hand nothing on
   */
  static RandomNest of(Random random, boolean halo, boolean bypass, boolean refusing) {
    String[] names = {"m", "k", "n", "p"};
    int levels = 2 + random.nextInt(3);
    List<List<Nest.Loop>> time = new ArrayList<>();
    List<List<Nest.Loop>> space = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      time.add(new ArrayList<>());
      space.add(new ArrayList<>());
    }
    Map<String, Long> extents = new HashMap<>();
    for (String name : names) {
      long extent = 1;
      int parts = 1 + random.nextInt(3);
      for (int i = 0; i < parts && extent < 7; i++) {
        long count = 2L + random.nextInt(2);
        extent *= count;
        int level = random.nextInt(levels);
        if (random.nextInt(3) == 0) {
          Nest.Axis axis = random.nextBoolean() ? Nest.Axis.X : Nest.Axis.Y;
          if (space.get(level).stream().noneMatch(l -> l.dimension().equals(name))) {
            space.get(level).add(new Nest.Loop(name, count, count, axis));
            continue;
          }
        }
        if (time.get(level).stream().noneMatch(l -> l.dimension().equals(name))) {
          time.get(level).add(new Nest.Loop(name, count, count, Nest.Axis.TIME));
        } else {
          extent /= count;
        }
      }
      extents.put(name, extent);
    }
    Einsum einsum = einsum(random, extents, halo);
    List<Nest.Level> all = new ArrayList<>();
    List<Fan.Mesh> meshes = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      Collections.shuffle(time.get(p), random);
      // those along X are inside of those along Y, as Timeloop has them
      Collections.shuffle(space.get(p), random);
      space.get(p).sort((a, b) -> b.axis().compareTo(a.axis()));
      Set<String> keeps = new HashSet<>();
      for (TensorAccess t : einsum.tensors()) {
        if (p == 0 || !bypass || random.nextInt(3) > 0) {
          keeps.add(t.name());
        }
      }
      long x = 1;
      long y = 1;
      for (Nest.Loop l : space.get(p)) {
        x *= l.axis() == Nest.Axis.X ? l.count() : 1;
        y *= l.axis() == Nest.Axis.Y ? l.count() : 1;
      }
      meshes.add(new Fan.Mesh(x, y));
      all.add(
          new Nest.Level(
              "L" + p,
              keeps,
              time.get(p),
              space.get(p),
              refusing && !bypass && random.nextInt(6) == 0 ? Set.of("A") : Set.of(),
              random.nextInt(6) == 0 ? Set.of("A") : Set.of(),
              Set.of(),
              Set.of(),
              Optional.empty()));
    }
    return new RandomNest(new Nest(einsum, all, List.of()), meshes);
  }

  private static Einsum einsum(Random random, Map<String, Long> extents, boolean halo) {
    List<RankVariable> variables = new ArrayList<>();
    extents.forEach((name, extent) -> variables.add(new RankVariable(name, extent)));
    long stride = 1L + random.nextInt(3);
    TensorAccess.Rank window =
        halo
            ? rank(extents, new Affine.Term(stride, "p"), new Affine.Term(1, "n"))
            : rank(extents, new Affine.Term(1, "p"));
    return new Einsum(
        "random",
        variables,
        List.of(
            tensor("A", Role.INPUT, rank(extents, new Affine.Term(1, "k")), window),
            tensor(
                "B",
                Role.WEIGHT,
                rank(extents, new Affine.Term(1, "m")),
                rank(extents, new Affine.Term(1, "k")),
                rank(extents, new Affine.Term(1, "n")))),
        tensor(
            "Z",
            Role.OUTPUT,
            rank(extents, new Affine.Term(1, "m")),
            rank(extents, new Affine.Term(1, "p"))));
  }

  private static TensorAccess tensor(String name, Role role, TensorAccess.Rank... ranks) {
    return new TensorAccess(name, name, role, List.of(ranks), OptionalInt.empty());
  }

  private static TensorAccess.Rank rank(Map<String, Long> extents, Affine.Term... terms) {
    long size = 1;
    for (Affine.Term t : terms) {
      size += t.coefficient() * (extents.get(t.variable()) - 1);
    }
    return new TensorAccess.Rank(new Affine(List.of(terms), 0), size);
  }
}
