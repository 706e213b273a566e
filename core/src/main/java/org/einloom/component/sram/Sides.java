package org.einloom.component.sram;

/** What goes by one side of a sub-array alone; lengths in feature sizes. */
final class Sides {
  private Sides() {}

  /**
   * By its rows.
   *
   * @param count of them
   * @param addressBits that choose one, rounded down
   * @param height of the cells
   * @param predecodedWidth of the lines that come from the predecoders
   */
  record Rows(
      double count,
      int addressBits,
      double height,
      double predecodedWidth,
      double decoderPj,
      double bitLinePj,
      double writePj,
      double decoderNs,
      double stepNs,
      double cycleNs) {

    static Rows of(Node node, Ports ports, long count) {
      double rows = (double) count;
      double cell = ports.cellHeight();
      double height = rows * cell;
      int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(count);
      return new Rows(
          rows,
          bits,
          height,
          MatShape.predecodedWidth(ports, bits),
          node.decoderBits().at(bits) + node.decoder().load(rows, cell),
          node.bitLine().rest() + node.bitLine().load(rows, cell),
          node.write().rest() + node.write().load(rows, cell),
          node.timing().decoderNs(bits, height),
          node.timing().stepNs(rows, cell),
          node.timing().cycleRowsNs(rows, bits, cell));
    }
  }

  /**
   * By its columns.
   *
   * @param count of them
   * @param pitch of one
   * @param width of the cells
   * @param decodersWidth of the row decoders beside them
   * @param wordLineLoadPj what the drivers of a word line charge
   * @param prechargeLoadPj what those of the precharge line charge
   */
  record Columns(
      double count,
      double pitch,
      double width,
      double decodersWidth,
      double wordLineLoadPj,
      double prechargeLoadPj,
      double wordLinePj,
      double prechargePj,
      double outputPj,
      double riseNs,
      double rampNs,
      double restoreNs,
      double outputNs) {

    static Columns of(Node node, Ports ports, long count) {
      double columns = (double) count;
      double pitch = ports.pitch(count);
      double length = columns * pitch;
      Drivers chain = node.drivers();
      double wordLine = node.wordLine().load(columns, pitch);
      double precharge = node.precharge().load(columns, pitch);
      MatTiming timing = node.timing();
      return new Columns(
          columns,
          pitch,
          ports.rowWidth(count),
          2 * ports.all() / ports.cellHeight() * node.mat().rowDecoderArea(chain, wordLine),
          wordLine,
          precharge,
          wordLine + chain.energyPj(wordLine) + node.wordLine().rest(),
          precharge + chain.energyPj(precharge) + node.precharge().rest(),
          node.output().rest() + node.output().load(columns, pitch),
          timing.rise().ns(chain, wordLine, length),
          timing.rampRest() + timing.ramp().ns(chain, wordLine, length),
          timing.restore().ns(chain, wordLine, length),
          timing.outputNs(columns, pitch));
    }
  }
}
