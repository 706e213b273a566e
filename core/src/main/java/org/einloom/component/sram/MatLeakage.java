package org.einloom.component.sram;

/**
 * Leakage within a mat, in uW.
 *
 * @param cell of a cell with one port
 * @param cellPort of each further port that writes
 * @param cellReadPort of each port that only reads
 * @param rowFew of a row's decoder with a chain of two stages, and
 * @param rowFewDrive of the chain per root of the word line's load
 * @param rowMany of a row's decoder with a chain of four, and
 * @param rowManyDrive of the chain per load to the power of 3/4
 * @param rowPort of a row for each further port, and
 * @param rowPortDrive of its chain of four
 * @param sense per column, shared by the columns of a sense amplifier
 * @param column per column
 * @param output per column, shared by the columns of an output
 * @param columnPort per column for each further port
 * @param precharge per energy of the chain that switches precharge
 * @param select of each way of a column select
 * @param predecoders by address bits
 */
record MatLeakage(
    double cell,
    double cellPort,
    double cellReadPort,
    double rowFew,
    double rowFewDrive,
    double rowMany,
    double rowManyDrive,
    double rowPort,
    double rowPortDrive,
    double sense,
    double column,
    double output,
    double columnPort,
    double precharge,
    double select,
    Table.ByAddressBits predecoders) {
  private static final int SUB_ARRAYS = 4;

  static MatLeakage of(Table t, int i) {
    return new MatLeakage(
        t.get("leak.cell", i),
        t.get("leak.cellPort", i),
        t.get("leak.cellReadPort", i),
        t.get("leak.rowFew", i),
        t.get("leak.rowFewDrive", i),
        t.get("leak.rowMany", i),
        t.get("leak.rowManyDrive", i),
        t.get("leak.rowPort", i),
        t.get("leak.rowPortDrive", i),
        t.get("leak.sense", i),
        t.get("leak.column", i),
        t.get("leak.output", i),
        t.get("leak.columnPort", i),
        t.get("leak.precharge", i),
        t.get("leak.select", i),
        t.byAddressBits("leak", i));
  }

  double uw(Node node, Ports ports, Sides.Rows rows, Sides.Columns columns, SramOrganisation o) {
    int more = ports.all() - 1;
    double perCell = cell + cellPort * (ports.writing() - 1) + cellReadPort * ports.read();
    double perColumn =
        sense / o.ndcm() + column + output / o.columnsPerOutput() + more * columnPort;
    return SUB_ARRAYS * rows.count() * columns.count() * perCell
        + rows.count() * perRow(node.drivers(), columns.wordLineLoadPj(), more)
        + columns.count() * perColumn
        + precharge * node.drivers().energyPj(columns.prechargeLoadPj())
        + select * (ways(o.ndcm()) + ways(o.ndsam1() * o.ndsam2()))
        + predecoders.at(rows.addressBits());
  }

  private double perRow(Drivers chain, double load, int morePorts) {
    if (chain.small(load)) {
      return rowFew + rowFewDrive * Math.sqrt(load) + morePorts * rowPort;
    }
    double drive = Drivers.power34(chain.clipped(load));
    return rowMany + rowManyDrive * drive + morePorts * (rowPort + rowPortDrive * drive);
  }

  private static int ways(int degree) {
    return degree > 1 ? degree : 0;
  }
}
