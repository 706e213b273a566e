package org.einloom.model;

import java.util.List;

/**
 * What one rank adds up to over the steps of one kind: the factors of the products that count
 * words. Without tiles to compare, four sums; with them, what {@link TileSums} needs as well.
 *
 * @param now sum of the sizes of the united new tiles
 * @param kept sum of the sizes of the parts of them that no instance has to fetch
 * @param before sum of the sizes of the united old tiles
 * @param stays sum of the sizes of the parts of them that no instance drops
 * @param holds sum of the sizes of the united old tiles of instances whose parent does not move on
 * @param tiles for views that compare sets, else none
 */
record Sums(long now, long kept, long before, long stays, long holds, List<Long> tiles) {}
