package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of all operators that are costed as passes, or free, by name. */
final class PassRules {
  private static final Map<String, PassRule> RULES = rules();

  /** Those whose passes are, some of them, products: layers also where only products are. */
  private static final Set<String> PRODUCTS =
      Set.of(
          CausalConvolution.OPERATOR,
          "DeformConv",
          "Einsum",
          FusedAttention.ATTENTION,
          FusedAttention.GROUP_QUERY,
          FusedAttention.MULTI_HEAD,
          ProjectedAttention.ATTENTION,
          ProjectedAttention.QUANTISED,
          FusedProducts.DYNAMIC,
          FusedProducts.FUSED_CONV,
          FusedProducts.FUSED_GEMM,
          FusedProducts.FUSED_MATMUL,
          FusedProducts.FUSED_MATMUL_ACTIVATION,
          FusedProducts.GEMM_FAST_GELU,
          FusedProducts.MATMUL_NBITS,
          FusedProducts.TRANSPOSE_MATMUL);

  private PassRules() {}

  /** Whether MACs are among what an operator costs. */
  static boolean multiplies(String operator) {
    return PRODUCTS.contains(operator);
  }

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
    FusedAttention.addTo(rules);
    ProjectedAttention.addTo(rules);
    FusedProducts.addTo(rules);
    CausalConvolution.addTo(rules);
    RotaryPasses.addTo(rules);
    SamplePasses.addTo(rules);
    SortPasses.addTo(rules);
    return Map.copyOf(rules);
  }

  /** The rule of an operator; null where there is none. */
  static @Nullable PassRule of(String operator) {
    return RULES.get(operator);
  }
}
