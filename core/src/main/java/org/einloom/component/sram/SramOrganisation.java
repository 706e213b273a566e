package org.einloom.component.sram;

/**
 * How a bank is cut into sub-arrays, in CACTI's terms. Four sub-arrays, two by two around their
 * decoders, are a mat; the H-tree ends at the mats.
 *
 * @param ndwl sub-arrays side by side
 * @param ndbl sub-arrays one above the other
 * @param nspd words that share a row of sub-arrays
 * @param ndcm bit lines that share a sense amplifier
 * @param ndsam1 sense amplifiers that share a line of the first multiplexer behind them
 * @param ndsam2 the same for the second
 * @param rows word lines of a sub-array
 * @param columns bit line pairs of a sub-array
 * @param matBits bits that a mat delivers in an access
 * @param activeMats mats that take part in an access
 */
public record SramOrganisation(
    int ndwl,
    int ndbl,
    int nspd,
    int ndcm,
    int ndsam1,
    int ndsam2,
    long rows,
    long columns,
    long matBits,
    int activeMats) {
  int matsAcross() {
    return ndwl / 2;
  }

  int matsDown() {
    return ndbl / 2;
  }

  /** Columns that end in one output of a sub-array. */
  int columnsPerOutput() {
    return ndcm * ndsam1 * ndsam2;
  }
}
