package org.einloom.component.sram;

/**
 * Times within a mat, in ns.
 *
 * @param decoder of the row decoder, by address bits
 * @param decoderWire per length of the predecoded lines in feature sizes
 * @param decoderRc per square of it
 * @param rise of the word line and its drivers
 * @param bitLine until a bit line has swung far enough, per row
 * @param bitLineRc per square of its length
 * @param mux what a column multiplexer adds
 * @param muxRow and per row
 * @param ramp how slowly the word line rises, beyond {@code rampRest}
 * @param rampRest the least
 * @param sense of a sense amplifier
 * @param output from there to the edge of the mat; {@code gate} is not used
 * @param wideOutput added by more than eighty columns
 * @param cycle of a cycle, per row
 * @param cycleRc per square of the bit line's length
 * @param cycleBits by address bits
 * @param restore of lines that have to fall again
 */
record MatTiming(
    Table.ByAddressBits decoder,
    double decoderWire,
    double decoderRc,
    Drivers.Delay rise,
    Line bitLine,
    double bitLineRc,
    double mux,
    double muxRow,
    Drivers.Delay ramp,
    double rampRest,
    double sense,
    Line output,
    double wideOutput,
    Line cycle,
    double cycleRc,
    Table.ByAddressBits cycleBits,
    Drivers.Delay restore) {
  private static final int WIDE = 80;

  static MatTiming of(Table t, int i) {
    return new MatTiming(
        t.byAddressBits("decoderTime", i),
        t.get("decoderTime.wire", i),
        t.get("decoderTime.wireRc", i),
        Drivers.Delay.of(t, "rise", i),
        Line.of(t, "bitLineTime", i),
        t.get("bitLineTime.wireRc", i),
        t.get("bitLineTime.mux", i),
        t.get("bitLineTime.muxRow", i),
        Drivers.Delay.of(t, "ramp", i),
        t.get("ramp.rest", i),
        t.get("sense.time", i),
        new Line(0, t.get("outputTime.wire", i), t.get("outputTime.rest", i)),
        t.get("outputTime.wide", i),
        new Line(t.get("cycle.gate", i), t.get("cycle.wire", i), 0),
        t.get("cycle.wireRc", i),
        t.byAddressBits("cycle", i),
        Drivers.Delay.of(t, "restore", i));
  }

  double decoderNs(int addressBits, double length) {
    return decoder.at(addressBits) + decoderWire * length + decoderRc * length * length;
  }

  /** Of a bit line behind a word line that rises at once. */
  double stepNs(double rows, double cellHeight) {
    double length = rows * cellHeight;
    return bitLine.rest() + bitLine.load(rows, cellHeight) + bitLineRc * length * length;
  }

  /**
   * Of a bit line behind a word line that takes {@code rampNs} to rise: half of it is added to a
   * slow bit line; a fast one follows while the word line still rises, and its current grows with
   * it (Wilton and Jouppi, "CACTI: an enhanced cache access and cycle time model", JSSC 31, 1996).
   */
  static double bitLineNs(double stepNs, double rampNs) {
    return stepNs > rampNs / 2 ? stepNs + rampNs / 2 : Math.sqrt(2 * stepNs * rampNs);
  }

  double outputNs(double columns, double pitch) {
    return output.rest() + output.load(columns, pitch) + (columns > WIDE ? wideOutput : 0);
  }

  double cycleRowsNs(double rows, int addressBits, double cellHeight) {
    double length = rows * cellHeight;
    return cycleBits.at(addressBits) + cycle.load(rows, cellHeight) + cycleRc * length * length;
  }
}
