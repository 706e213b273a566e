package org.einloom.io.yaml;

import java.util.List;
import java.util.Set;
import org.einloom.arch.Keep;
import org.einloom.io.input.Words;

/** Reads the names by which rules of an architecture mean tensors. */
final class TensorNames {
  private static final List<String> ROLES = List.of("input", "weight", "output");
  private static final List<String> KNOWN = List.of("input", "weight", "output", Keep.ALL);

  private TensorNames() {}

  /**
   * A list of roles, tensors and {@code all}. A word that is nearly a role is taken for a slip: as
   * a tensor's name it would match nothing and go unnoticed.
   */
  static Set<String> read(YamlNode node, String key) {
    var names = Values.names(node, key);
    names.forEach(
        (name, at) -> {
          if (isSlip(name)) {
            throw at.error(
                "unknown role " + Words.quote(name) + " in '" + key + "'",
                "expected all, input, weight, output or a tensor's name, unlike these",
                Words.didYouMean(name, KNOWN));
          }
        });
    return names.keySet();
  }

  private static boolean isSlip(String name) {
    boolean near =
        name.chars().allMatch(Character::isLetter) && !Words.didYouMean(name, ROLES).isEmpty();
    return near || (name.equalsIgnoreCase(Keep.ALL) && !name.equals(Keep.ALL));
  }
}
