package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Expression.Access;
import org.einloom.schema.Keys;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** Reads one Einsum: expression, extents, and what else its tensors are said to be. */
final class EinsumReader {
  static final Keys KEYS =
      Keys.of(
          must("name", "name", "Unique in the workload"),
          may("repeats", "positive", "How often it runs"),
          must("extents", "extents", "Every rank variable with its extent"),
          must("expression", "expression", "For example O[m,n] += A[m,k] * B[k,n]"),
          may("operation", "name", "What it does at each point, if not to multiply and add"),
          may("shapes", "shapes", "Sizes of ranks by tensor; left out: inferred"),
          may("roles", "roles", "input, weight or output, by tensor"),
          may("bits", "tensor_bits", "Bits of a complete word, by tensor"));
  private static final int WIDEST_WORD = 1024;

  private final Fields fields;
  private final Expression expression;
  private final SequencedMap<String, Access> accesses = new LinkedHashMap<>();
  private final Map<String, RankVariable> variables = new LinkedHashMap<>();

  private EinsumReader(Fields fields, Expression expression) {
    this.fields = fields;
    this.expression = expression;
  }

  /** The Einsum of that name in these fields. */
  static Einsum read(String name, Fields fields) {
    YamlNode node = fields.required("expression", "expression: \"O[m,n] += A[m,k] * B[k,n]\"");
    Expression expression =
        ExpressionParser.parse(Values.scalar(node, "expression", "expected an Einsum"));
    return new EinsumReader(fields, expression).read(name, node.at());
  }

  private Einsum read(String name, Position at) {
    nameAccesses();
    readExtents();
    var shapes = new Shapes(expression, variables.values()).read(tensors("shapes"));
    Map<String, OptionalInt> bits = bits();
    Map<String, Role> roles =
        Roles.read(
            expression.output(), accesses, byKnownName("roles", List.copyOf(accesses.keySet())));
    List<TensorAccess> operands = new ArrayList<>();
    List<TensorAccess> results = new ArrayList<>();
    accesses.forEach(
        (accessName, access) -> {
          Role role = Optional.ofNullable(roles.get(accessName)).orElseThrow();
          TensorAccess tensor =
              access
                  .at()
                  .locate(
                      () ->
                          new TensorAccess(
                              accessName,
                              access.tensor(),
                              role,
                              ranks(access, shapes),
                              bits.getOrDefault(access.tensor(), OptionalInt.empty())));
          (role == Role.OUTPUT ? results : operands).add(tensor);
        });
    String operation =
        fields.optional("operation").map(n -> Values.name(n, "operation")).orElse(Einsum.MAC);
    return at.locate(
        () ->
            new Einsum(
                name, List.copyOf(variables.values()), operands, results.getFirst(), operation));
  }

  /** Operands in order, then the result; the second use of {@code A} is called {@code A#2}. */
  private void nameAccesses() {
    Map<String, Integer> uses = new HashMap<>();
    for (Access operand : expression.operands()) {
      if (operand.tensor().equals(expression.output().tensor())) {
        throw operand
            .at()
            .error(
                "tensor " + Words.quote(operand.tensor()) + " is both result and operand",
                "give one of them another name; '+=' already adds to the result");
      }
      int use = uses.merge(operand.tensor(), 1, Integer::sum);
      accesses.put(operand.tensor() + (use == 1 ? "" : "#" + use), operand);
    }
    accesses.put(expression.output().tensor(), expression.output());
  }

  private void readExtents() {
    YamlNode node = fields.required("extents", "extents: {m: 16, n: 16, k: 64}");
    String expected = "expected each rank variable with its extent";
    Values.entries(node, "extents", expected)
        .forEach(
            (key, value) -> {
              String variable = key.value();
              if (!expression.variables().containsKey(variable)) {
                throw key.at()
                    .error(
                        Words.quote(variable) + " is no rank variable of the expression",
                        "expected " + String.join(", ", expression.variables().keySet()),
                        Words.didYouMean(variable, expression.variables().keySet()));
              }
              long extent = Values.integer(value, "extent of " + variable, 1, Long.MAX_VALUE);
              variables.put(variable, new RankVariable(variable, extent));
            });
    expression
        .variables()
        .forEach(
            (variable, at) -> {
              if (!variables.containsKey(variable)) {
                throw at.error(
                    "rank variable " + Words.quote(variable) + " has no extent",
                    "add it to 'extents'",
                    Words.didYouMean(variable, variables.keySet()));
              }
            });
  }

  private static List<TensorAccess.Rank> ranks(Access access, Map<String, List<Long>> shapes) {
    List<Long> shape = shapes.getOrDefault(access.tensor(), List.of());
    List<TensorAccess.Rank> ranks = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      Affine rank = access.ranks().get(i);
      ranks.add(new TensorAccess.Rank(rank, shape.get(i)));
    }
    return ranks;
  }

  private Map<String, OptionalInt> bits() {
    Map<String, OptionalInt> bits = new HashMap<>();
    tensors("bits")
        .forEach(
            (tensor, node) -> bits.put(tensor, OptionalInt.of(bits(node, "bits of " + tensor))));
    return bits;
  }

  private static int bits(YamlNode node, String key) {
    boolean bare = node instanceof YamlNode.Scalar s && s.value().matches("[+-]?[0-9]+");
    return (int)
        (bare ? Values.integer(node, key, 1, WIDEST_WORD) : Costs.bits(node, key, 1, WIDEST_WORD));
  }

  private SequencedMap<String, YamlNode> tensors(String key) {
    return byKnownName(key, accesses.values().stream().map(Access::tensor).distinct().toList());
  }

  /** The entries under a key that may be left out, by names that must be known. */
  private SequencedMap<String, YamlNode> byKnownName(String key, List<String> known) {
    var byName = new LinkedHashMap<String, YamlNode>();
    Optional<YamlNode> node = fields.optional(key);
    if (node.isEmpty()) {
      return byName;
    }
    Values.entries(node.get(), key, "expected tensors with their " + key)
        .forEach(
            (name, value) -> {
              if (!known.contains(name.value())) {
                throw name.at()
                    .error(
                        "unknown tensor " + Words.quote(name.value()) + " in '" + key + "'",
                        "expected " + String.join(", ", known),
                        Words.didYouMean(name.value(), known));
              }
              byName.put(name.value(), value);
            });
    return byName;
  }
}
