package org.einloom.component.sram;

/**
 * What the energy of a read is spent on, in pJ.
 *
 * @param hTree address and data through the H-tree, between and within banks
 * @param decoder row decoders
 * @param wordLine word lines and their drivers
 * @param columnSelect selects of bit lines, and of the two multiplexers behind the sense amplifiers
 * @param precharge precharging and equalising bit lines
 * @param bitLine bit lines
 * @param senseAmplifier sense amplifiers
 * @param output from the sense amplifiers to the edge of the mat
 */
public record SramReadEnergy(
    double hTree,
    double decoder,
    double wordLine,
    double columnSelect,
    double precharge,
    double bitLine,
    double senseAmplifier,
    double output) {

  /** The whole read. */
  public double sum() {
    return hTree
        + decoder
        + wordLine
        + columnSelect
        + precharge
        + bitLine
        + senseAmplifier
        + output;
  }

  SramReadEnergy times(double factor) {
    return new SramReadEnergy(
        hTree * factor,
        decoder * factor,
        wordLine * factor,
        columnSelect * factor,
        precharge * factor,
        bitLine * factor,
        senseAmplifier * factor,
        output * factor);
  }

  SramReadEnergy plus(SramReadEnergy o) {
    return new SramReadEnergy(
        hTree + o.hTree,
        decoder + o.decoder,
        wordLine + o.wordLine,
        columnSelect + o.columnSelect,
        precharge + o.precharge,
        bitLine + o.bitLine,
        senseAmplifier + o.senseAmplifier,
        output + o.output);
  }
}
