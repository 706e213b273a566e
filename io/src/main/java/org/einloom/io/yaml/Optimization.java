package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.schema.Keys;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * An optimisation as a file of sparsity has it, for all layers.
 *
 * @param followers tensors or roles
 * @param leaders tensors or roles
 * @param mutual whether each of several follows the others
 * @param optional whether a mapper may leave it out
 * @param at where its leaders stand
 */
record Optimization(
    Kind kind,
    Set<String> followers,
    Set<String> leaders,
    boolean mutual,
    boolean optional,
    Position at) {
  static final Keys KEYS =
      Keys.of(
          may("skip", "followers", "What takes neither energy nor time"),
          may("gate", "followers", "What takes its time, but less energy"),
          may("on", "followers", "The leaders; left out: each of several on the others"),
          may("optional", "yes_or_no", "true: a mapper may leave it out"));

  /** Reads one, of these tensors and roles. */
  static Optimization read(YamlNode node, List<String> tensors) {
    Fields fields = Fields.of(node, "an optimisation", KEYS);
    boolean skip = fields.optional("skip").isPresent();
    if (skip == fields.optional("gate").isPresent()) {
      throw node.at()
          .error(
              "an optimisation has "
                  + (skip ? "both 'skip' and 'gate'" : "neither 'skip' nor 'gate'"),
              "expected one, as in {skip: A, on: [B]} or {gate: [A, B]}");
    }
    String key = skip ? "skip" : "gate";
    Set<String> followers = names(fields.required(key, key + ": A"), key, tensors);
    Optional<YamlNode> on = fields.optional("on");
    if (on.isEmpty() && followers.size() < 2) {
      throw node.at()
          .error("an optimisation of one tensor has no 'on'", "expected its leaders: on: [B]");
    }
    Set<String> leaders = on.map(n -> names(n, "on", tensors)).orElse(followers);
    if (on.isPresent() && followers.equals(leaders) && leaders.size() == 1) {
      throw on.get()
          .at()
          .error("a tensor does not lead itself", "expected another operand after 'on'");
    }
    boolean optional =
        fields.optional("optional").map(n -> Values.flag(n, "optional")).orElse(false);
    return new Optimization(
        skip ? Kind.SKIP : Kind.GATE,
        followers,
        leaders,
        on.isEmpty(),
        optional,
        on.map(YamlNode::at).orElse(node.at()));
  }

  private static Set<String> names(YamlNode node, String key, List<String> tensors) {
    List<YamlNode> items =
        node instanceof Scalar
            ? List.of(node)
            : Values.list(node, key, "expected names of tensors or roles");
    var names = new LinkedHashSet<String>();
    for (YamlNode item : items) {
      Scalar name = Values.scalar(item, key, "expected a tensor or role");
      SparsityYaml.known(name, tensors, "tensor or role");
      if (!names.add(name.value())) {
        throw name.at()
            .error(
                Words.quote(name.value()) + " stands twice in '" + key + "'", "expected it once");
      }
    }
    if (names.isEmpty()) {
      throw node.at().error("'" + key + "' is empty", "expected a tensor or role");
    }
    return names;
  }

  /** What it means for an Einsum at a memory. */
  List<Saving> savings(Einsum einsum, String memory) {
    var savings = new ArrayList<Saving>();
    for (TensorAccess t : einsum.tensors()) {
      if (followers.stream().anyMatch(name -> means(name, t))) {
        List<String> leading =
            einsum.tensors().stream()
                .filter(o -> !o.equals(t))
                .filter(o -> leaders.stream().anyMatch(name -> means(name, o)))
                // of several that follow each other, the result only follows
                .filter(o -> !mutual || !o.equals(einsum.output()))
                .map(TensorAccess::name)
                .toList();
        if (leading.contains(einsum.output().name())) {
          throw at.error(
              "'%s' at '%s' follows '%s', the result of '%s'"
                  .formatted(t.name(), memory, einsum.output().name(), einsum.name()),
              "expected operands as leaders");
        }
        if (!leading.isEmpty()) {
          boolean alike = mutual && !t.equals(einsum.output());
          savings.add(new Saving(kind, memory, t.name(), leading, alike));
        }
      }
    }
    return savings;
  }

  static boolean means(String name, TensorAccess t) {
    return name.equals(t.name()) || name.equals(t.role().label());
  }
}
