package org.einloom.component.sram;

/** Costs any organisation of one memory at one node. */
final class Macro {
  private static final double MM_PER_UM = 1e-3;
  private static final int SUB_ARRAYS = 4;
  private static final int PREDECODED_SELECT = 16;

  private final Node node;
  private final Ports ports;
  private final int widthBits;
  private final int banks;
  private final double featureUm;

  Macro(Node node, Ports ports, int widthBits, int banks) {
    this.node = node;
    this.ports = ports;
    this.widthBits = widthBits;
    this.banks = banks;
    this.featureUm = node.nm() / 1000.0;
  }

  Sides.Rows rows(long count) {
    return Sides.Rows.of(node, ports, count);
  }

  Sides.Columns columns(long count) {
    return Sides.Columns.of(node, ports, count);
  }

  /**
   * What CACTI chooses by: energy of a read and access time.
   *
   * @param pj and {@code ns} of an organisation, or what none of several gets below
   */
  record Cost(double pj, double ns) {
    /** CACTI's objective, up to a constant factor. */
    double objective() {
      return ns * ns * pj;
    }
  }

  /**
   * A bank and its surroundings.
   *
   * @param addressWires of all ports
   * @param outer the tree between banks, and the area of them all
   */
  private record Layout(double addressWires, Tree tree, Bank.Joined outer) {
    double outerMm() {
      return outer.path() * MM_PER_UM;
    }
  }

  /** Lower bounds for all organisations that share everything but the kind of multiplexers. */
  Cost bound(Sides.Rows r, Sides.Columns c, SramOrganisation o) {
    Bank bank = bank(r, c, o, false);
    double wire =
        MM_PER_UM
            * Tree.length(log2(o.matsAcross()), log2(o.matsDown()), bank.width(), bank.height());
    double perMat =
        c.wordLinePj() + c.prechargePj() + r.decoderPj() + SUB_ARRAYS * c.count() * r.bitLinePj();
    double pj =
        o.activeMats() * (perMat + o.matBits() * c.outputPj())
            + (addressWires(r, o) + dataOutWires()) * node.tree().energyPjPerMm() * wire;
    return new Cost(
        pj,
        2 * node.tree().delayNsPerMm() * wire
            + matNs(r, c)
            + MatTiming.bitLineNs(r.stepNs(), c.rampNs()));
  }

  /** The bound of an organisation's fellows, brought closer by its own multiplexers. */
  double objectiveAtLeast(Cost bound, Sides.Columns c, SramOrganisation o) {
    double pj = bound.pj() + o.activeMats() * (selectPj(c, o) + sensePj(c, o) + sharedPj(c, o));
    return bound.ns() * bound.ns() * pj;
  }

  Cost cost(Sides.Rows r, Sides.Columns c, SramOrganisation o) {
    Layout layout = layout(r, c, o);
    return new Cost(read(r, c, o, layout).sum(), accessNs(r, c, o, layout));
  }

  SramFigures figures(Sides.Rows r, Sides.Columns c, SramOrganisation o) {
    Layout layout = layout(r, c, o);
    TreeLaw law = node.tree();
    SramReadEnergy read = read(r, c, o, layout);
    double bitPj = layout.tree().outPj() + law.energyPjPerMm() * layout.outerMm();
    // a write drives bit lines itself instead of sensing them, and sends data the other way; CACTI
    // charges every active mat for the bit lines of the whole word
    double write =
        read.sum()
            - read.bitLine()
            - read.senseAmplifier()
            + (double) widthBits * o.activeMats() * r.writePj()
            + (double) widthBits * (ports.writing() - ports.reading()) * bitPj;
    double mat = node.leakage().uw(node, ports, r, c, o);
    double mats = (double) o.matsAcross() * o.matsDown();
    double wires = layout.addressWires() + dataInWires() + dataOutWires();
    return new SramFigures(
        read,
        write,
        accessNs(r, c, o, layout),
        r.cycleNs() + c.restoreNs(),
        layout.outer().area(),
        banks * (mats * mat + law.leakageUw() * wires * layout.outerMm()));
  }

  private Layout layout(Sides.Rows r, Sides.Columns c, SramOrganisation o) {
    double address = addressWires(r, o);
    Bank bank = bank(r, c, o, true);
    Tree tree =
        Tree.walk(
            node.tree(),
            log2(o.matsAcross()),
            log2(o.matsDown()),
            bank.width() * MM_PER_UM,
            bank.height() * MM_PER_UM);
    double pitch = MatShape.WIRE_PITCH * featureUm;
    return new Layout(
        address, tree, bank.join(banks, pitch, address + dataInWires() + dataOutWires()));
  }

  /** The sides of a bank in um; without multiplexers they are a lower bound of it. */
  private Bank bank(Sides.Rows r, Sides.Columns c, SramOrganisation o, boolean withMux) {
    MatShape shape = node.mat();
    double height =
        2 * r.height()
            + shape.heightBeyondCells(
                ports, o.columnsPerOutput(), matAddressBits(r, o), (double) o.matBits());
    double width = 2 * c.width() + Math.max(r.predecodedWidth(), c.decodersWidth());
    if (withMux) {
      height += shape.muxHeight(ports, o.ndcm(), o.ndsam1(), o.ndsam2());
      width += ports.all() * shape.centreArea(r.count(), c.count()) / height;
    }
    return Bank.of(
        height * featureUm,
        width * featureUm,
        log2(o.matsAcross()),
        log2(o.matsDown()),
        MatShape.WIRE_PITCH * featureUm,
        addressWires(r, o),
        dataInWires() + dataOutWires());
  }

  private SramReadEnergy read(Sides.Rows r, Sides.Columns c, SramOrganisation o, Layout layout) {
    int mats = o.activeMats();
    Tree tree = layout.tree();
    double outer = node.tree().energyPjPerMm() * layout.outerMm();
    return new SramReadEnergy(
        layout.addressWires() * (tree.inPj() + outer) + dataOutWires() * (tree.outPj() + outer),
        mats * r.decoderPj(),
        mats * c.wordLinePj(),
        mats * selectPj(c, o),
        mats * c.prechargePj(),
        mats * (SUB_ARRAYS * c.count() * r.bitLinePj() + sharedPj(c, o)),
        mats * sensePj(c, o),
        (double) mats * o.matBits() * c.outputPj());
  }

  /** What the bit lines of a mat spend in their multiplexers. */
  private double sharedPj(Sides.Columns c, SramOrganisation o) {
    return SUB_ARRAYS * c.count() / o.ndcm() * node.bitLinePerMux();
  }

  private double sensePj(Sides.Columns c, SramOrganisation o) {
    return SUB_ARRAYS * c.count() / o.ndcm() * node.senseAmp();
  }

  private double selectPj(Sides.Columns c, SramOrganisation o) {
    return selectPj(c, o.ndcm(), o.ndcm())
        + selectPj(c, o.ndsam1(), o.ndcm() * o.ndsam1())
        + selectPj(c, o.ndsam2(), o.columnsPerOutput());
  }

  /** One of {@code ways} lines selects one in {@code sharing} columns. */
  private double selectPj(Sides.Columns c, int ways, int sharing) {
    if (ways == 1) {
      return 0;
    }
    double load = c.count() * (node.select().gate() / sharing + node.select().wire() * c.pitch());
    return load
        + node.drivers().energyPj(load)
        + node.select().rest()
        + (ways >= PREDECODED_SELECT ? node.selectPredecoder() : 0);
  }

  private double accessNs(Sides.Rows r, Sides.Columns c, SramOrganisation o, Layout layout) {
    MatTiming timing = node.timing();
    double mux = o.ndcm() > 1 ? timing.mux() + timing.muxRow() * r.count() : 0;
    return layout.tree().inNs()
        + layout.tree().outNs()
        + 2 * node.tree().delayNsPerMm() * layout.outerMm()
        + matNs(r, c)
        + MatTiming.bitLineNs(r.stepNs() + mux, c.rampNs());
  }

  /** Within a mat, but for the bit lines. */
  private double matNs(Sides.Rows r, Sides.Columns c) {
    return r.decoderNs() + c.riseNs() + node.timing().sense() + c.outputNs();
  }

  private double addressWires(Sides.Rows r, SramOrganisation o) {
    int subBanks = Math.max(1, o.matsAcross() * o.matsDown() / o.activeMats());
    return (matAddressBits(r, o) + log2(subBanks)) * (double) ports.all();
  }

  private static int matAddressBits(Sides.Rows r, SramOrganisation o) {
    return r.addressBits() + log2(o.columnsPerOutput());
  }

  private double dataOutWires() {
    return (double) widthBits * ports.reading();
  }

  /** Room for one more than the word for each port: CACTI counts a way even where there is none. */
  private double dataInWires() {
    return (widthBits + 1.0) * ports.writing();
  }

  private static int log2(int n) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(n);
  }
}
