package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of all operators that are costed as passes, or free, by name. */
final class PassRules {
  private static final Map<String, PassRule> RULES = rules();

  private PassRules() {}

  private static Map<String, PassRule> rules() {
    Map<String, PassRule> rules = new HashMap<>();
    FreePasses.addTo(rules);
    PointwisePasses.addTo(rules);
    ReducePasses.addTo(rules);
    PoolPasses.addTo(rules);
    SoftmaxPasses.addTo(rules);
    NormalizationPasses.addTo(rules);
    BatchNormalizationPass.addTo(rules);
    LrnPasses.addTo(rules);
    GatherPasses.addTo(rules);
    ResizePasses.addTo(rules);
    EinsumPass.addTo(rules);
    QuantisePasses.addTo(rules);
    RecurrentPasses.addTo(rules);
    ContribPasses.addTo(rules);
    return Map.copyOf(rules);
  }

  /** The rule of an operator; null where there is none. */
  static @Nullable PassRule of(String operator) {
    return RULES.get(operator);
  }
}
