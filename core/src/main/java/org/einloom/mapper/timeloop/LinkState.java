package org.einloom.mapper.timeloop;

/**
 * How the loops in time that are placed so far, from the inside, move the tiles of a link: all that
 * has to be known of them to count what loops further out will make it fetch.
 */
sealed interface LinkState permits Closed, Open, Slide, Chain {
  /**
   * Places the next loop outside, and adds what is certain by then of what is fetched.
   *
   * @param loop what is placed
   * @param to where to add
   */
  LinkState place(Placing loop, Tally to);

  /** Adds what is missing when there are no more loops. */
  default void finish(Tally to) {}

  /** What is in the tally already of the words that the link moves at least, pJ. */
  default double paidPj() {
    return 0;
  }
}
