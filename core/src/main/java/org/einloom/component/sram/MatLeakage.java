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
 * @param sense per column, shared by the columns of a sense amplifier
 * @param column per column
 * @param output per column, shared by the columns of an output
 * @param precharge per energy of the chain that switches precharge
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
    double sense,
    double column,
    double output,
    double precharge,
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
        t.get("leak.sense", i),
        t.get("leak.column", i),
        t.get("leak.output", i),
        t.get("leak.precharge", i),
        t.byAddressBits("leak", i));
  }

  double uw(Node node, Ports ports, Sides.Rows rows, Sides.Columns columns, SramOrganisation o) {
    double perCell = cell + cellPort * (ports.writing() - 1) + cellReadPort * ports.read();
    Drivers chain = node.drivers();
    double load = columns.wordLineLoadPj();
    double perRow =
        chain.small(load)
            ? rowFew + rowFewDrive * Math.sqrt(load)
            : rowMany + rowManyDrive * Drivers.power34(chain.clipped(load));
    double perColumn = sense / o.ndcm() + column + output / o.columnsPerOutput();
    return SUB_ARRAYS * rows.count() * columns.count() * perCell
        + ports.all()
            * (rows.count() * perRow
                + columns.count() * perColumn
                + precharge * chain.energyPj(columns.prechargeLoadPj()))
        + predecoders.at(Math.log(rows.count()) / Math.log(2));
  }
}
