package org.einloom.component.sram;

/**
 * The H-tree's wires, with repeaters that give up 30 % of the least delay for energy, and the gates
 * at its forks: NANDs on the way in, tristate buffers on the way out (CACTI 6.0, HPL-2009-85). The
 * gates are as large as a share of a repeater: all of it where a link is longer than the spacing of
 * repeaters, less in proportion where it is shorter.
 *
 * @param spacingMm of repeaters
 * @param energyPjPerMm of a bit
 * @param inFirst energy of a gate on the way in, by the share of a repeater in the link before it
 * @param inNext by the share in the link behind it
 * @param outFirst and outNext the same on the way out
 * @param delayNsPerMm of a wire
 * @param inRest delay of a gate on the way in
 * @param inRatio and per ratio of the link behind it to the link before
 * @param outRest delay of a gate on the way out
 * @param outBuffer of its input side, divided by its stage effort
 * @param outStage of its output side, times its stage effort
 * @param stageEffort by wire length to be driven per share of a repeater
 * @param smallest share of a repeater below which a gate is minimal
 * @param leakageUw per mm of the wires between banks
 */
record TreeLaw(
    double spacingMm,
    double energyPjPerMm,
    double inFirst,
    double inNext,
    double outFirst,
    double outNext,
    double delayNsPerMm,
    double inRest,
    double inRatio,
    double outRest,
    double outBuffer,
    double outStage,
    double stageEffort,
    double smallest,
    double leakageUw) {
  private static final double LEAST_SHARE = 1e-6;
  private static final double LEAST_SECOND = 1e-4;
  private static final double LEAST_RATIO_SHARE = 0.02;

  static TreeLaw of(Table t, int i) {
    return new TreeLaw(
        t.get("tree.spacing", i),
        t.get("tree.energy", i),
        t.get("tree.inFirst", i),
        t.get("tree.inNext", i),
        t.get("tree.outFirst", i),
        t.get("tree.outNext", i),
        t.get("tree.delay", i),
        t.get("tree.inRest", i),
        t.get("tree.inRatio", i),
        t.get("tree.outRest", i),
        t.get("tree.outBuffer", i),
        t.get("tree.outStage", i),
        t.get("tree.stageEffort", i),
        t.get("tree.smallest", i),
        t.get("tree.leakage", i));
  }

  /** Delay of a gate on the way in between links with such shares of a repeater. */
  double inNs(double first, double next) {
    return inRest + inRatio * next / Math.max(first, LEAST_RATIO_SHARE);
  }

  /** Delay of a gate on the way out that drives {@code wire} spacings of wire. */
  double outNs(double first, double next, double wire) {
    double effort = 1 + stageEffort * wire / Math.max(next, LEAST_SECOND);
    double minimal = Math.max(first, smallest) / Math.max(first, LEAST_SHARE);
    return outRest + outBuffer / effort + outStage * effort * minimal;
  }
}
