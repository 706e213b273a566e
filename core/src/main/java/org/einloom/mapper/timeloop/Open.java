package org.einloom.mapper.timeloop;

/**
 * No loop has moved the tile yet.
 *
 * <p>While only loops go on that the tensor does not depend on, its tile stays, and nothing is
 * fetched. The first loop that moves it, of {@code c} iterations with {@code n} iterations of all
 * loops outside, makes it fetch the words that are new, {@code (c - 1) n} times. Any loop further
 * out moves it in another way than that: back by as much at least. A level that is asked for a tile
 * that has turned fetches all of it. So the rest is {@code n} whole tiles, unless ({@link Slide})
 * loops further out happen to go on just as far as those inside go back.
 *
 * @param tile by rank, how many coordinates; equal where the tiles inside are
 */
record Open(Link link, Children children, Extents tile) implements LinkState {

  @Override
  public LinkState place(Placing loop, Tally to) {
    int t = link.tensor();
    if (!loop.problem().relevant[t][loop.dim()]) {
      return this;
    }
    long[] by = loop.motion(t);
    double full = tile.words();
    double strip = tile.fresh(by);
    double before = to.energyPj;
    link.add(to, 1, full, children.alone);
    link.add(to, loop.advances(), strip, children.alone);
    return Slide.of(this, by, strip, to.energyPj - before, loop, to);
  }

  @Override
  public void finish(Tally to) {
    link.add(to, 1, tile.words(), children.alone);
  }
}
