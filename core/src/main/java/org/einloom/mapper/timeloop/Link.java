package org.einloom.mapper.timeloop;

/**
 * From a level that keeps a tensor to the next one that does, or to the computes. Words are counted
 * where the inner one is asked: at the children of the level just outside of it ({@code boundary}).
 *
 * @param boundary the level whose children hold the tiles
 * @param tensor of which
 * @param kept the level that keeps it
 * @param forgets whether nothing stays from one step to the next, as at the computes
 * @param mayLink whether children may get words from neighbours
 * @param sent what a word sent costs, at one instance of the boundary; all instances' energy
 * @param received what a word costs that one child receives
 * @param linked what a word costs that a child hands on
 * @param networkInstances how many instances of the boundary there are
 * @param rounded where in a tally its words are, of which fractions are rounded; -1 for nowhere
 */
record Link(
    int boundary,
    int tensor,
    int kept,
    boolean forgets,
    boolean mayLink,
    Tally sent,
    Tally received,
    Tally linked,
    double networkInstances,
    int rounded) {
  /** Adds steps in which a child asks for so many words. */
  void add(Tally to, double steps, double words, Children.Served s) {
    double n = steps * words;
    if (n == 0) {
      return;
    }
    to.energyPj +=
        n
            * (s.sent() * sent.energyPj
                + s.received() * received.energyPj
                + s.linked() * linked.energyPj
                + s.networkPj() * networkInstances);
    for (int i = 0; i < to.cycles.length; i++) {
      to.cycles[i] +=
          n
              * (s.sent() * sent.cycles[i]
                  + s.received() * received.cycles[i]
                  + s.linked() * linked.cycles[i]);
    }
    if (rounded >= 0) {
      to.words[rounded] += n * s.sent();
      to.words[rounded + 1] += n * s.received();
      to.words[rounded + 2] += n * s.linked();
    }
  }
}
