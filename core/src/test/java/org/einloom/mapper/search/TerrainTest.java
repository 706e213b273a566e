package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.einloom.evaluation.Objective;
import org.junit.jupiter.api.Test;

/**
 * What structures have in common is the same for each: bounds with what others left are those that
 * a structure gets on its own, also where little is remembered.
 */
class TerrainTest {
  private static int shared;

  @Test
  void boundsAreThoseOfAStructureOnItsOwn() {
    SmallProblems.check("terrain", 100, r -> FillBoundTest.draw(r, true), TerrainTest::compare);
    assertThat(shared).as("structures that have their terrain from another").isGreaterThan(100);
  }

  private static int compare(Problem problem, SplittableRandom random) {
    var atlas = new Terrain.Atlas();
    var small = new Terrain.Atlas(true, true, random.nextInt(1, 200));
    Map<Terrain, Structure> first = new LinkedHashMap<>();
    List<Structure> structures = structures(problem);
    int seen = 0;
    for (int i = 0; i < 12 && !structures.isEmpty(); i++) {
      Structure s = structures.get(random.nextInt(structures.size()));
      Terrain of = atlas.of(s);
      Structure before = first.putIfAbsent(of, s);
      shared += before == null || before == s ? 0 : 1;
      List<Double> own = bounds(s, new Terrain.Atlas().of(s));
      assertThat(bounds(s, of)).as("bounds of %s", s.placement).isEqualTo(own);
      assertThat(bounds(s, small.of(s))).as("with little memory").isEqualTo(own);
      seen++;
    }
    return seen;
  }

  private static List<Structure> structures(Problem problem) {
    List<Structure> all = new ArrayList<>();
    for (Placement placement : Placement.all(problem)) {
      for (Spread outer : Spread.all(problem, problem.fanouts[0])) {
        for (Spread inner : Spread.all(problem, problem.fanouts[1])) {
          boolean divides = true;
          for (int v = 0; v < problem.variables; v++) {
            divides &= problem.extent[v] % (outer.factor()[v] * inner.factor()[v]) == 0;
          }
          var spreads = new Spread[] {outer, inner};
          if (divides && !new Structure(problem, placement, spreads).impossible) {
            all.add(new Structure(problem, placement, spreads));
          }
        }
      }
    }
    return all;
  }

  /** By positions, by stands, and by tiles, in pJ. */
  private static List<Double> bounds(Structure s, Terrain terrain) {
    var prepared = new Prepared(s, terrain, true, true);
    double none = Double.POSITIVE_INFINITY;
    double clockHz = s.problem.architecture.clockHz();
    var nothing = new Incumbents(Objective.ENERGY, false, clockHz, none, none);
    var bounds = new StructureBounds(prepared);
    List<Double> all = new ArrayList<>();
    all.add(bounds.excessPj());
    for (double pj : bounds.byStandPj()) {
      all.add(pj);
    }
    for (double pj : bounds.byTilePj(bounds.byStandPj(), nothing)) {
      all.add(pj);
    }
    for (int x = 0; x < prepared.lattice.positions; x++) {
      for (int t = 0; t < prepared.tensors; t++) {
        for (int j = 0; j < prepared.capacity[t].length; j++) {
          all.add(prepared.leastBits(t, j, x));
        }
      }
    }
    return all;
  }
}
