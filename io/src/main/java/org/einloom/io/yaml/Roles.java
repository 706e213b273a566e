package org.einloom.io.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.einloom.arch.Keep;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Expression.Access;
import org.einloom.workload.Role;

/** Finds the role of every use of a tensor. */
final class Roles {
  private static final SequencedMap<String, Role> ROLES =
      Values.words("input", Role.INPUT, "weight", Role.WEIGHT, "output", Role.OUTPUT);

  private Roles() {}

  /**
   * The roles by use: what is said of the use, else of its tensor; else the second operand is the
   * weight and the others are inputs.
   *
   * @param output the result
   * @param uses operands in order and the result, by their names
   * @param given roles by the names of uses
   */
  static Map<String, Role> read(
      Access output, SequencedMap<String, Access> uses, Map<String, YamlNode> given) {
    Map<String, Role> roles = new HashMap<>();
    List<String> names = List.copyOf(uses.keySet());
    for (int i = 0; i < names.size(); i++) {
      roles.put(names.get(i), i == 1 ? Role.WEIGHT : Role.INPUT);
    }
    roles.put(output.tensor(), Role.OUTPUT);
    given.forEach(
        (name, node) -> {
          Role role = Values.choice(node, "role of " + name, ROLES);
          if (name.equals(output.tensor()) != (role == Role.OUTPUT)) {
            throw node.at()
                .error(
                    "tensor " + Words.quote(name) + " is given the role " + role.label(),
                    "the result, and only the result, has the role output");
          }
          uses.forEach(
              (use, access) -> {
                boolean ownEntry = !use.equals(name) && given.containsKey(use);
                if (use.equals(name) || (access.tensor().equals(name) && !ownEntry)) {
                  roles.put(use, role);
                }
              });
        });
    uses.forEach((use, access) -> checkName(access, roles.getOrDefault(use, Role.INPUT)));
    return roles;
  }

  /** Rules of architectures name roles and tensors alike: no tensor is called as another role. */
  private static void checkName(Access access, Role role) {
    String tensor = access.tensor();
    if (tensor.equals(Keep.ALL) || (ROLES.containsKey(tensor) && ROLES.get(tensor) != role)) {
      throw access
          .at()
          .error(
              "a tensor of role " + role.label() + " is named " + Words.quote(tensor),
              "choose another name; in architectures this one means something else");
    }
  }
}
