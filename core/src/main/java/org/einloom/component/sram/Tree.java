package org.einloom.component.sram;

/**
 * The H-tree of a bank from its edge to a mat: energies of one bit in pJ, delays in ns.
 *
 * @param inPj towards the mat
 * @param outPj back from it
 * @param inNs address
 * @param outNs data, from the edge of the mat
 */
record Tree(double inPj, double outPj, double inNs, double outNs) {

  /** Length of a path, in the unit of the bank's sides, that halves both as it forks. */
  static double length(int forksAcross, int forksDown, double width, double height) {
    return width * (1 - Math.scalb(1.0, -forksAcross))
        + height / 2 * (1 - Math.scalb(1.0, -forksDown));
  }

  /**
   * Walks from the edge to a mat, as CACTI does: links across while there are more of them to come
   * than links down, then one across and one down in turn, then the rest down. A gate stands at the
   * end of every link; its size goes by links across even where the link runs down, and is only cut
   * short by short links, not by short links down.
   */
  static Tree walk(TreeLaw law, int forksAcross, int forksDown, double widthMm, double heightMm) {
    Walk walk = new Walk(law, widthMm, heightMm);
    int across = forksAcross;
    int down = forksDown;
    while (across > 0 || down > 0) {
      boolean goAcross = across > 0;
      boolean goDown = down > 0 && across <= down;
      if (goAcross) {
        walk.across();
        across--;
      }
      if (goDown) {
        walk.down();
        down--;
      }
      walk.gate(false);
      if (goAcross && goDown) {
        walk.gate(true);
      }
    }
    double wire = length(forksAcross, forksDown, widthMm, heightMm);
    return new Tree(
        law.energyPjPerMm() * wire + walk.inPj,
        law.energyPjPerMm() * wire + walk.outPj,
        law.delayNsPerMm() * wire + walk.inNs,
        law.delayNsPerMm() * wire + walk.outNs);
  }

  /** The lengths of the links at hand, in spacings of repeaters, and the gates passed so far. */
  private static final class Walk {
    private final TreeLaw law;
    private double nextAcross;
    private double nextDown;
    private double across;
    private double down;
    private double inPj;
    private double outPj;
    private double inNs;
    private double outNs;

    Walk(TreeLaw law, double widthMm, double heightMm) {
      this.law = law;
      across = widthMm / 2 / law.spacingMm();
      down = heightMm / 2 / law.spacingMm();
      nextAcross = across;
      nextDown = down / 2;
    }

    void across() {
      across = nextAcross;
      nextAcross /= 2;
    }

    void down() {
      down = nextDown;
      nextDown /= 2;
    }

    void gate(boolean second) {
      double next = down > 1 ? 1 : across;
      double first = second ? next : Math.min(1, across);
      double wire = Math.min(1, second ? down : across);
      inPj += law.inFirst() * first + law.inNext() * next;
      outPj += law.outFirst() * first + law.outNext() * next;
      inNs += law.inNs(first, next);
      outNs += law.outNs(first, next, wire);
    }
  }
}
