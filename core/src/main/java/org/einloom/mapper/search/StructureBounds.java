package org.einloom.mapper.search;

import java.util.Arrays;

/** What the loops of a structure cost at least beyond {@link Structure#least}, in pJ. */
final class StructureBounds {
  private final Prepared prepared;
  private final Structure s;

  StructureBounds(Prepared prepared) {
    this.prepared = prepared;
    s = prepared.s;
  }

  /** The same, or infinite where it is no better than what is known. */
  StructureBounds within(Incumbents best) {
    double[] least = s.least();
    prepared.fill.limit(best.roomPj(least[0], least[1]));
    return this;
  }

  /** By positions alone. */
  double excessPj() {
    return new FirstBound().excessPj(s, prepared.lattice, prepared.fill.mostPj());
  }

  /** The same by stand, where tiles overlap; it is no lower. */
  double[] byStandPj() {
    return byStandPj(0);
  }

  /**
   * The same.
   *
   * @param firstPj what {@link #excessPj} says
   */
  double[] byStandPj(double firstPj) {
    HaloWay way = prepared.way();
    double[] stands = new double[way == null ? 1 : way.standCount()];
    Arrays.fill(stands, prepared.fill.toGo(firstPj));
    for (int stand = 0; stand < stands.length && way != null; stand++) {
      stands[stand] += way.startCost(0, stand) - way.leastPj();
    }
    return stands;
  }

  /** Tiles with stands that {@link #byTilePj} would have to look at; 0 if it says nothing. */
  long tiles(double[] stands, Incumbents best) {
    boolean[] fits = prepared.sliding();
    if (fits == null || s.halo == null) {
      return 0;
    }
    int[] related = prepared.related();
    long tiles = 0;
    for (int x = 0; x < fits.length; x++) {
      tiles += fits[x] && related[x] == x ? 1 : 0;
    }
    double[] least = s.least();
    return tiles
        * Arrays.stream(stands).filter(pj -> !best.prunes(least[0] + pj, least[1])).count();
  }

  /**
   * By stand with {@link SlideBound}; it takes longer, and is no lower.
   *
   * @param stands what is known by stand
   * @param best what is no better than this may be said to cost more than it does
   */
  double[] byTilePj(double[] stands, Incumbents best) {
    HaloWay way = prepared.way();
    boolean[] fits = prepared.sliding();
    RankNumbers numbers = prepared.numbers;
    HaloReach reach = prepared.reach;
    double[] found = stands.clone();
    if (fits == null || s.halo == null || numbers == null || reach == null || way == null) {
      return found;
    }
    double[] least = s.least();
    prepared.fill.leaveOut(best.roomPj(least[0], least[1]));
    double leastStartPj = Double.POSITIVE_INFINITY;
    for (int stand = 0; stand < stands.length; stand++) {
      leastStartPj = Math.min(leastStartPj, way.startCost(0, stand) - way.leastPj());
    }
    var slide =
        new SlideBound(
            s.halo,
            reach,
            numbers,
            way.stands(),
            prepared.lattice,
            prepared.fill,
            fits,
            prepared.rounds[s.halo.tensor],
            least[0],
            leastStartPj,
            least[1],
            best);
    for (int stand = 0; stand < stands.length; stand++) {
      if (!best.prunes(least[0] + stands[stand], least[1])) {
        double of = way.startCost(0, stand) - way.leastPj() + slide.toGo(stand);
        found[stand] = Math.max(stands[stand], of);
      }
    }
    return found;
  }
}
