package org.einloom.component.wire;

import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Factor;
import org.einloom.component.Kind;
import org.einloom.component.digital.Aladdin;
import org.einloom.component.digital.DigitalModel;
import org.einloom.component.digital.Part;
import org.einloom.component.technology.Technology;

/**
 * Crossbars, and routers made of buffers, a crossbar and an arbiter. Wires between routers are a
 * component of their own.
 */
public final class Network {
  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, 1 << 16, "bits of a word or flit");
  private static final Attribute INPUTS = port("inputs", "ways in");
  private static final Attribute OUTPUTS = port("outputs", "ways out");
  private static final Attribute PORTS = port("ports", "ways in, and as many out").or(5);
  private static final Attribute BUFFERS =
      Attribute.number("buffers", Kind.COUNT, 0, 4096, "flits buffered at each way in").or(4);

  private Network() {}

  private static Attribute port(String name, String description) {
    return Attribute.number(name, Kind.COUNT, 1, 1024, description);
  }

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        new DigitalModel(
            "crossbar",
            "connects any way in with any way out",
            List.of(INPUTS, OUTPUTS, WIDTH),
            a ->
                crossbar(a, a.number("inputs"), a.number("outputs"))
                    .action("transfer", a.whole("width"))),
        new DigitalModel(
            "router",
            "router of a network on chip, per flit and hop, without wires",
            List.of(PORTS, WIDTH, BUFFERS),
            Network::router));
  }

  /** A word drives the lines of its way in and its way out; every crossing takes area. */
  private static Part crossbar(Attributes a, double inputs, double outputs) {
    Part crosspoint = new Aladdin(Technology.of(a)).crosspoint().times(a.number("width"), "bits");
    return new Part(
        crosspoint
            .energyPj()
            .times(
                Factor.assumed(
                    inputs + outputs - 1,
                    "crossings on the lines that switch",
                    "the row and column of the crossing in use")),
        crosspoint.latencyNs(),
        crosspoint.areaUm2().times(inputs * outputs, "crossings"),
        crosspoint.leakageUw().times(inputs * outputs, "crossings"));
  }

  private static Costs router(Attributes a) {
    double ports = a.number("ports");
    double width = a.number("width");
    double flits = a.number("buffers");
    Aladdin aladdin = new Aladdin(Technology.of(a));
    Part flit = aladdin.registerBit().times(width, "bits");
    double stored = flits * ports;
    Part buffer =
        new Part(
            flit.energyPj().times(flits > 0 ? 2 : 0, "write and read"),
            flit.latencyNs(),
            flit.areaUm2().times(stored, "flits buffered"),
            flit.leakageUw().times(stored, "flits buffered"));
    Part arbiter = aladdin.gateSlice().times(ports * ports, "requests arbitrated");
    return Part.chain("buffer, arbiter, crossbar", buffer, arbiter, crossbar(a, ports, ports))
        .action("transfer", a.whole("width"));
  }
}
