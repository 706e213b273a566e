package org.einloom.component.sram;

/**
 * Costs of a macro.
 *
 * @param read energy of reading a word, by part
 * @param writePj energy of writing a word
 * @param accessNs from address to data
 * @param cycleNs between two accesses of a bank
 * @param areaUm2 of the whole macro
 * @param leakageUw of the whole macro, all banks, at the flavour's temperature
 */
public record SramFigures(
    SramReadEnergy read,
    double writePj,
    double accessNs,
    double cycleNs,
    double areaUm2,
    double leakageUw) {

  /** Energy of reading a word. */
  public double readPj() {
    return read.sum();
  }

  /** Between two, in the logarithms of every figure: share 0 is this, share 1 the other. */
  SramFigures towards(SramFigures o, double share) {
    // parts of a read may be 0, so they are mixed plainly and then brought to the sum's logarithm
    SramReadEnergy mixed = read.times(1 - share).plus(o.read.times(share));
    double pj = mix(readPj(), o.readPj(), share);
    return new SramFigures(
        mixed.times(pj / mixed.sum()),
        mix(writePj, o.writePj, share),
        mix(accessNs, o.accessNs, share),
        mix(cycleNs, o.cycleNs, share),
        mix(areaUm2, o.areaUm2, share),
        mix(leakageUw, o.leakageUw, share));
  }

  private static double mix(double a, double b, double share) {
    return a * Math.pow(b / a, share);
  }

  SramFigures times(double energy, double time, double area, double leakage) {
    return new SramFigures(
        read.times(energy),
        writePj * energy,
        accessNs * time,
        cycleNs * time,
        areaUm2 * area,
        leakageUw * leakage);
  }
}
