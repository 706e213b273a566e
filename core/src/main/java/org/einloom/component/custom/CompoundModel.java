package org.einloom.component.custom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.component.Rate;
import org.einloom.component.Value;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * A class made of others. Its area and leakage are those of its parts, the energy of an action the
 * sum over the parts' actions that it is made of, its latency their sum as well. Parts of which
 * there are none cost nothing.
 *
 * @param componentClass its name
 * @param description one line
 * @param file where it is defined
 * @param attributes its own
 * @param parts at least one
 * @param actions at least one
 */
public record CompoundModel(
    String componentClass,
    String description,
    String file,
    List<Attribute> attributes,
    List<CompoundPart> parts,
    List<CompoundAction> actions)
    implements ComponentModel {
  /** Numbers in a derivation, all of which are shown, grow with every level of compounds. */
  private static final int HEAVIEST = 1_000;

  public CompoundModel {
    attributes = List.copyOf(attributes);
    parts = List.copyOf(parts);
    actions = List.copyOf(actions);
    if (weight(parts, actions) > HEAVIEST) {
      throw new InvalidSpecException(
          "component class '%s' has more than %d parts, those of its parts included; use counts"
              .formatted(componentClass, HEAVIEST));
    }
  }

  private static long weight(List<CompoundPart> parts, List<CompoundAction> actions) {
    long sum = 0;
    for (CompoundPart p : parts) {
      sum += weight(p.model());
    }
    for (CompoundAction a : actions) {
      sum += a.uses().size();
      for (CompoundAction.Use u : a.uses()) {
        for (CompoundPart p : parts) {
          sum += p.name().equals(u.part()) ? weight(p.model()) : 0;
        }
      }
    }
    return sum;
  }

  private static long weight(ComponentModel model) {
    return model instanceof CompoundModel c ? weight(c.parts(), c.actions()) : 1;
  }

  @Override
  public String model() {
    return "compound of " + file;
  }

  @Override
  public Costs estimate(Attributes attributes) {
    var estimates = new LinkedHashMap<String, Estimate>();
    List<Derivation> areas = new ArrayList<>();
    List<Derivation> leakages = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (CompoundPart part : parts) {
      double count = count(part, attributes);
      if (count == 0) {
        continue; // also where no such part could be built
      }
      Estimate e = estimate(part, attributes);
      estimates.put(part.name(), e);
      e.notes().forEach(n -> notes.add("'" + part.name() + "': " + n));
      areas.add(e.areaUm2().times(count, "of '" + part.name() + "'"));
      leakages.add(e.leakageUw().times(count, "of '" + part.name() + "'"));
    }
    var all = new LinkedHashMap<String, ActionEstimate>();
    actions.forEach(a -> all.put(a.name(), action(a, estimates, attributes)));
    if (areas.isEmpty()) {
      areas.add(Derivation.zero("no parts"));
      leakages.add(Derivation.zero("no parts"));
    }
    return new Costs(all, Derivation.sum("parts", areas), Derivation.sum("parts", leakages), notes);
  }

  private Estimate estimate(CompoundPart part, Attributes attributes) {
    Attributes values = Attributes.NONE;
    for (Map.Entry<String, PartValue> v : part.values().entrySet()) {
      Attribute target = Catalog.attribute(part.model(), v.getKey());
      Optional<Value> value = value(part, v.getValue(), attributes, target);
      if (value.isPresent()) {
        values = values.with(v.getKey(), value.get());
      }
    }
    Attributes given = values;
    return inside(part.name(), part.place(), () -> Catalog.compute(part.model(), given));
  }

  private Optional<Value> value(
      CompoundPart part, PartValue v, Attributes attributes, Attribute target) {
    String place = v instanceof PartValue.Computed c ? c.place() : part.place();
    return inside(part.name(), place, () -> v.of(attributes, target).map(target::check));
  }

  private double count(CompoundPart part, Attributes attributes) {
    return inside(
        part.name(),
        part.count().place(),
        () -> atLeastZero(part.count(), "the count", attributes));
  }

  private ActionEstimate action(
      CompoundAction action, SequencedMap<String, Estimate> estimates, Attributes attributes) {
    List<Derivation> energies = new ArrayList<>();
    List<Derivation> latencies = new ArrayList<>();
    long width = 0;
    Rate rate = Rate.unlimited();
    for (CompoundAction.Use use : action.uses()) {
      Estimate part = estimates.get(use.part());
      double times =
          inside(
              use.part(),
              use.times().place(),
              () -> atLeastZero(use.times(), "'times'", attributes));
      if (part == null) {
        energies.add(Derivation.zero("there is no '" + use.part() + "'"));
        latencies.add(Derivation.zero("there is no '" + use.part() + "'"));
        continue;
      }
      ActionEstimate a = actionOf(use, part);
      String what = "times '" + use.part() + "." + use.action() + "'";
      energies.add(a.energyPj().times(times, what));
      latencies.add(times == 0 ? Derivation.zero("not done") : a.latencyNs());
      width = Math.max(width, a.widthBits());
      rate = times == 0 ? rate : Rate.slower(rate, a.rate().over(Math.max(1, times)));
    }
    if (action.widthBits().isPresent()) {
      PartValue.Computed bits = action.widthBits().get();
      double given =
          inside(action.name(), bits.place(), () -> atLeastZero(bits, "the width", attributes));
      width = (long) given;
    }
    return new ActionEstimate(
        Derivation.sum("actions of parts", energies),
        Derivation.sum("parts one after the other", latencies),
        width,
        rate);
  }

  private ActionEstimate actionOf(CompoundAction.Use use, Estimate part) {
    ActionEstimate a = part.actions().get(use.action());
    if (a == null) {
      throw new InvalidSpecException(
          "part '%s' of component class '%s' (%s), a '%s', has no action '%s'; expected one of %s%s"
              .formatted(
                  use.part(),
                  componentClass,
                  use.place(),
                  part.componentClass(),
                  use.action(),
                  String.join(", ", part.actions().keySet()),
                  Spelling.nearest(use.action(), part.actions().keySet())
                      .map(n -> "; did you mean '" + n + "'?")
                      .orElse("")));
    }
    return a;
  }

  private static double atLeastZero(
      PartValue.Computed computed, String what, Attributes attributes) {
    double number = PartValue.number(computed.expression(), computed.text(), attributes);
    if (number < 0) {
      throw new InvalidSpecException(
          what + ", '" + computed.text() + "', comes to " + number + "; expected at least 0");
    }
    return number;
  }

  private <T> T inside(String part, String place, Supplier<T> build) {
    try {
      return build.get();
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException(
          "in '%s' of component class '%s' (%s): %s"
              .formatted(part, componentClass, place, e.getMessage()),
          e);
    }
  }
}
