package org.einloom.io.timeloop.accelergy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.io.input.Position;
import org.einloom.io.yaml.YamlNode;

/**
 * A class that a user puts together from others.
 *
 * @param name as levels name it
 * @param attributes with what they are where a level says nothing
 * @param parts it is made of
 * @param actions by name
 * @param at where it begins
 */
record CompoundClass(
    String name,
    SequencedMap<String, YamlNode> attributes,
    List<Part> parts,
    SequencedMap<String, Action> actions,
    Position at) {
  /**
   * A subcomponent.
   *
   * @param name with how many there are
   * @param type its class, compound or not
   * @param attributes in terms of those of the compound
   * @param areaShares what its area counts, multiplied
   * @param energyShares what the energy of each of its actions counts, multiplied
   */
  record Part(
      Indexed name,
      String type,
      SequencedMap<String, YamlNode> attributes,
      List<YamlNode> areaShares,
      List<YamlNode> energyShares,
      Position at) {
    Part {
      attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
      areaShares = List.copyOf(areaShares);
      energyShares = List.copyOf(energyShares);
    }
  }

  /**
   * A name with a range: {@code adder[0..n-1]}, {@code adder[1]}, {@code adder}.
   *
   * @param base without the range
   * @param from the first index, an expression; empty without a range
   * @param to the last index; the same as {@code from} for one
   */
  record Indexed(String base, String from, String to, YamlNode.Scalar at) {}

  /**
   * What an action does.
   *
   * @param arguments and their values, or ranges {@code 0..1}
   * @param uses of subcomponents
   */
  record Action(
      String name, SequencedMap<String, YamlNode> arguments, List<Use> uses, Position at) {
    Action {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
      uses = List.copyOf(uses);
    }
  }

  /**
   * An action of a subcomponent.
   *
   * @param part its name, with which of them do it
   * @param action of its class
   * @param arguments in terms of those of the compound's action and its attributes
   * @param shares how often or how much of it, multiplied
   */
  record Use(
      Indexed part,
      String action,
      SequencedMap<String, YamlNode> arguments,
      List<YamlNode> shares,
      Position at) {
    Use {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
      shares = List.copyOf(shares);
    }
  }

  CompoundClass {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    parts = List.copyOf(parts);
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
  }
}
