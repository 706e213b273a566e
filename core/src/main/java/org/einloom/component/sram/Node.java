package org.einloom.component.sram;

import java.util.List;

/**
 * The constants of one flavour in one technology node, as the laws that use them take them.
 *
 * @param nm feature size
 * @param drivers chains that drive word lines, precharge and column selects
 * @param wordLine load of a word line per column
 * @param precharge load of the line that switches precharge and equalisation, per column
 * @param select load of a column select, per column: a gate for each output chosen, and the wire
 * @param selectPredecoder what a select of sixteen and more ways adds
 * @param bitLine energy of reading a bit line per row; {@code rest} per column
 * @param bitLinePerMux drain of the multiplexer, shared by the columns that it joins
 * @param senseAmp energy of one
 * @param output energy of bringing a bit from its sense amplifier to the edge of the mat
 * @param decoder energy of the row decoder's lines per row
 * @param decoderBits and of its gates by address bits
 * @param write energy of writing a bit, per row of its bit line
 * @param mat heights and widths of a mat's periphery
 * @param tree the H-tree
 * @param timing times within a mat
 * @param leakage leakage within a mat
 */
record Node(
    int nm,
    Drivers drivers,
    Line wordLine,
    Line precharge,
    Line select,
    double selectPredecoder,
    Line bitLine,
    double bitLinePerMux,
    double senseAmp,
    Line output,
    Line decoder,
    Table.ByAddressBits decoderBits,
    Line write,
    MatShape mat,
    TreeLaw tree,
    MatTiming timing,
    MatLeakage leakage) {

  /** The nodes that CACTI was run at, in rising order. */
  static final List<Integer> NODES_NM = List.of(22, 32, 45, 65, 90);

  /** All nodes of a flavour, in the order of {@link #NODES_NM}. */
  static List<Node> of(SramFlavour flavour) {
    Table table =
        new Table(
            switch (flavour) {
              case LOW_STANDBY_POWER -> LowStandbyPower.TABLE;
              case HIGH_PERFORMANCE -> HighPerformance.TABLE;
            });
    return NODES_NM.stream().map(nm -> of(table, nm)).toList();
  }

  private static Node of(Table t, int nm) {
    int i = NODES_NM.indexOf(nm);
    return new Node(
        nm,
        Drivers.of(t, i),
        Line.of(t, "wordLine", i),
        Line.of(t, "precharge", i),
        Line.of(t, "select", i),
        t.get("select.predecoder", i),
        Line.of(t, "bitLine", i),
        t.get("bitLine.perMux", i),
        t.get("sense.energy", i),
        Line.of(t, "output", i),
        new Line(t.get("decoder.gate", i), t.get("decoder.wire", i), 0),
        t.byAddressBits("decoder", i),
        Line.of(t, "write", i),
        MatShape.of(t, i),
        TreeLaw.of(t, i),
        MatTiming.of(t, i),
        MatLeakage.of(t, i));
  }
}
