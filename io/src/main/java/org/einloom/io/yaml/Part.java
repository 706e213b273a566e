package org.einloom.io.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Figure;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/**
 * What a node is made of: components of one class, for the figures that the node leaves out.
 *
 * @param estimate what one of them costs
 * @param count how many make the node; an action is one of one of them
 * @param at where the class is named
 */
record Part(Estimate estimate, long count, Position at) {
  /** As of figures in files: 1 m2 in um2, 1000 kW in uW. */
  private static final double LARGEST = 1e12;

  /** The estimate of an action of the node. */
  Optional<ActionEstimate> action(String name) {
    return Optional.ofNullable(estimate.actions().get(name));
  }

  /** The same with these actions, all of them its transfer or computation, unless it has them. */
  Part passedBy(List<String> names) {
    Optional<ActionEstimate> passing = action("transfer").or(() -> action("compute"));
    if (passing.isEmpty() || names.stream().anyMatch(estimate.actions()::containsKey)) {
      return this;
    }
    var actions = new LinkedHashMap<String, ActionEstimate>();
    names.forEach(n -> actions.put(n, passing.get()));
    return new Part(
        new Estimate(
            estimate.componentClass(),
            estimate.model(),
            estimate.attributes(),
            actions,
            estimate.areaUm2(),
            estimate.leakageUw(),
            estimate.notes()),
        count,
        at);
  }

  /** An error if the component does none of these actions. */
  void requireSome(List<String> actions, String what) {
    if (actions.stream().noneMatch(estimate.actions()::containsKey)) {
      throw at.error(
          "component class "
              + Words.quote(estimate.componentClass())
              + " has no action of "
              + what
              + ": "
              + String.join(", ", actions),
          "it has " + String.join(", ", estimate.actions().keySet()),
          "'einloom components' lists the classes");
    }
  }

  /** A figure of one component. */
  Figure figure(Derivation derivation) {
    return Figure.of(
        derivation,
        "component class " + Words.quote(estimate.componentClass()) + ", " + estimate.model());
  }

  /** The area of all components. */
  Figure area() {
    return all("area", estimate.areaUm2(), "1 m2");
  }

  /** The leakage of all components. */
  Figure leakage() {
    return all("leakage", estimate.leakageUw(), "1000 kW");
  }

  private Figure all(String what, Derivation one, String limit) {
    Figure figure = figure(one.times((double) count, "components"));
    if (figure.value() > LARGEST) {
      throw at.error(
          "the " + what + " of " + count + " components comes to more than " + limit,
          "check the count");
    }
    return figure;
  }
}
