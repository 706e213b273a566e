package org.einloom.component.sram;

/**
 * What a mat's periphery adds to its four sub-arrays. Heights and widths in feature sizes. Wires
 * inside a mat have a pitch of four feature sizes: those of the address and of data run across, and
 * predecoded address lines run down, unless the row decoders beside them need more room.
 *
 * @param height of precharge, sense amplifiers and write drivers, both halves
 * @param perMux of each multiplexer
 * @param perOutput of output drivers, shared by the columns behind them
 * @param perSense of sense amplifiers, shared by the columns that each serves
 * @param decoderRest area of a row decoder without its drivers, in square feature sizes
 * @param decoderFew and of two stages of them, per root of the word line's load
 * @param decoderManyBase area with four stages, and
 * @param decoderMany per load to the power of 3/4
 * @param centre area of the predecoders in the middle
 * @param centreRows per number of rows to the power of 3/4
 * @param centreColumns per column, up to 256
 */
record MatShape(
    double height,
    double perMux,
    double perOutput,
    double perSense,
    double decoderRest,
    double decoderFew,
    double decoderManyBase,
    double decoderMany,
    double centre,
    double centreRows,
    double centreColumns) {
  static final double WIRE_PITCH = 4;
  private static final int WIDEST_CENTRE = 256;

  static MatShape of(Table t, int node) {
    return new MatShape(
        t.get("mat.height", node),
        t.get("mat.perMux", node),
        t.get("mat.perOutput", node),
        t.get("mat.perSense", node),
        t.get("rowDecoder.rest", node),
        t.get("rowDecoder.few", node),
        t.get("rowDecoder.manyBase", node),
        t.get("rowDecoder.many", node),
        t.get("centre.rest", node),
        t.get("centre.rows", node),
        t.get("centre.columns", node));
  }

  /**
   * Area of a row decoder whose word line is such a load: its transistors grow as the chain does.
   */
  double rowDecoderArea(Drivers chain, double wordLinePj) {
    return chain.small(wordLinePj)
        ? decoderRest + decoderFew * Math.sqrt(wordLinePj)
        : decoderManyBase + decoderMany * Drivers.power34(chain.clipped(wordLinePj));
  }

  double centreArea(double rows, double columns) {
    return centre
        + centreRows * Drivers.power34(rows)
        + centreColumns * Math.min(columns, WIDEST_CENTRE);
  }

  /** Height beyond the cells, without what multiplexers add ({@link #muxHeight}). */
  double heightBeyondCells(Ports ports, double columnsPerOutput, double addressBits, double bits) {
    return height
        + perOutput / columnsPerOutput * ports.reading()
        + WIRE_PITCH * ports.all() * (addressBits + bits);
  }

  double muxHeight(Ports ports, int ndcm, int ndsam1, int ndsam2) {
    int first = (ndcm > 1 ? 1 : 0) + (ndsam1 > 1 ? 1 : 0);
    int lines = ways(ndcm) + ways(ndsam1) + ways(ndsam2);
    return perMux * first + perSense / ndcm + WIRE_PITCH * ports.reading() * lines;
  }

  private static int ways(int degree) {
    return degree > 1 ? degree : 0;
  }

  /** Width of the lines of two predecoders that share the address bits. */
  static double predecodedWidth(Ports ports, int addressBits) {
    int low = addressBits / 2;
    return WIRE_PITCH * ports.all() * ((1L << low) + (1L << (addressBits - low)));
  }
}
