package org.einloom.component.digital;

import java.util.List;
import java.util.function.Function;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Rate;

/**
 * A piece of logic that does one thing.
 *
 * @param energyPj each time
 * @param latencyNs from input to output
 * @param areaUm2 of it
 * @param leakageUw of it
 */
public record Part(
    Derivation energyPj, Derivation latencyNs, Derivation areaUm2, Derivation leakageUw) {

  /** Parts that work one after the other. */
  public static Part chain(String what, Part... parts) {
    return new Part(
        sum(what, Part::energyPj, parts),
        sum(what, Part::latencyNs, parts),
        sum(what, Part::areaUm2, parts),
        sum(what, Part::leakageUw, parts));
  }

  private static Derivation sum(String what, Function<Part, Derivation> of, Part... parts) {
    return Derivation.sum(what, List.of(parts).stream().map(of).toList());
  }

  /** So many of them side by side, all at work. */
  public Part times(double n, String what) {
    return new Part(
        energyPj.times(n, what), latencyNs, areaUm2.times(n, what), leakageUw.times(n, what));
  }

  /** The same hardware used so many times for one action: its area once. */
  public Part used(double n, String what) {
    return new Part(energyPj.times(n, what), latencyNs, areaUm2, leakageUw);
  }

  /** As a component whose one action is {@code compute}. */
  public Costs compute() {
    return action("compute", 0);
  }

  /**
   * As a component with one action, pipelined.
   *
   * @param widthBits what the action moves
   */
  public Costs action(String name, long widthBits) {
    return Costs.of(
        name,
        new ActionEstimate(energyPj, latencyNs, widthBits, Rate.onePerCycle()),
        areaUm2,
        leakageUw);
  }
}
