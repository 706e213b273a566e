package org.einloom.component.builtin;

import java.util.ArrayList;
import java.util.List;
import org.einloom.component.ComponentLibrary;
import org.einloom.component.ComponentModel;
import org.einloom.component.digital.Activation;
import org.einloom.component.digital.Arithmetic;
import org.einloom.component.digital.Logic;
import org.einloom.component.digital.MultiplyAccumulate;
import org.einloom.component.memory.Dram;
import org.einloom.component.memory.Registers;
import org.einloom.component.memory.Sram;
import org.einloom.component.wire.ChipLink;
import org.einloom.component.wire.Network;
import org.einloom.component.wire.Wires;

/** The classes that come with Einloom, in the order to list them. */
public final class BuiltInComponents implements ComponentLibrary {
  @Override
  public String name() {
    return "Einloom";
  }

  @Override
  public List<ComponentModel> models() {
    var models = new ArrayList<ComponentModel>();
    models.add(new Sram());
    models.addAll(Registers.models());
    models.add(new Dram());
    models.addAll(Arithmetic.models());
    models.add(MultiplyAccumulate.model());
    models.addAll(Logic.models());
    models.add(Wires.model());
    models.addAll(Network.models());
    models.add(new ChipLink());
    models.addAll(Activation.models());
    return models;
  }
}
