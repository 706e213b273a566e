package org.einloom.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * The values of those attributes of a design's components that describe the data, for one layer. A
 * design is read with them; they take note of which of them were wanted.
 *
 * <ul>
 *   <li>{@code toggle} of a component is the mean over the tensors that it may serve, weighted by
 *       their bits;
 *   <li>{@code zeros} of a compute is the share of operations with a zero operand, if zeros of one
 *       operand stand anywhere whatever the others are: 1 less the product of the densities. In
 *       layers of products alone.
 * </ul>
 *
 * Not safe for several threads.
 */
public final class DataAttributes {
  /** What was done with an attribute. */
  public sealed interface Use {
    /** The component's node. */
    String node();

    /** The attribute's name. */
    String attribute();

    /** It took the measured value, the mean of what these tensors have. */
    record Measured(String node, String attribute, double value, List<String> tensors)
        implements Use {}

    /** The file gives another, which holds. */
    record Given(String node, String attribute, String value) implements Use {}

    /** Its default holds, because of some of the tensors that count nothing is known. */
    record Unknown(String node, String attribute, List<String> tensors) implements Use {}
  }

  private static final String TOGGLE = "toggle";
  private static final String ZEROS = "zeros";

  private final Optional<LayerData> layer;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Use> uses = new ArrayList<>();

  private DataAttributes(Optional<LayerData> layer) {
    this.layer = layer;
  }

  /** Nothing is known: all defaults hold. */
  public static DataAttributes none() {
    return new DataAttributes(Optional.empty());
  }

  /**
   * What is known of a layer.
   *
   * @param design as it is without
   */
  public static DataAttributes of(LayerData layer, Design design) {
    var attributes = new DataAttributes(Optional.of(layer));
    design.paths().forEach(p -> p.nodes().forEach(n -> attributes.nodes.putIfAbsent(n.name(), n)));
    return attributes;
  }

  /** A file gives the attribute of the node's component itself. */
  public void given(String node, String attribute, String value) {
    if (layer.isPresent()) {
      uses.add(new Use.Given(node, attribute, value));
    }
  }

  /** The measured value, if there is one. */
  public OptionalDouble of(String node, String attribute) {
    Node at = nodes.get(node);
    if (layer.isEmpty() || at == null) {
      return OptionalDouble.empty();
    }
    return switch (attribute) {
      case TOGGLE -> toggle(layer.get(), at);
      // what is no product is not known from a zero operand, and cannot be left out
      case ZEROS ->
          at instanceof Compute && layer.get().einsum().operation().equals(Einsum.MAC)
              ? zeros(layer.get(), at)
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  /** What was done with all attributes so far, in the order they were wanted. */
  public List<Use> uses() {
    return List.copyOf(uses);
  }

  private OptionalDouble toggle(LayerData layer, Node node) {
    List<TensorAccess> served = served(layer, node);
    List<String> unknown =
        served.stream()
            .filter(t -> tensor(layer, t).flatMap(d -> boxed(d.toggle())).isEmpty())
            .map(TensorAccess::name)
            .toList();
    if (served.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!unknown.isEmpty()) {
      return unknown(node, TOGGLE, unknown);
    }
    double bits = 0;
    double toggled = 0;
    for (TensorAccess t : served) {
      TensorData d = tensor(layer, t).orElseThrow();
      double weight = (double) t.words() * d.bits();
      bits += weight;
      toggled += weight * d.toggle().orElseThrow();
    }
    return measured(node, TOGGLE, toggled / bits, served);
  }

  private OptionalDouble zeros(LayerData layer, Node node) {
    List<TensorAccess> operands = layer.einsum().operands();
    List<String> unknown =
        operands.stream().filter(t -> tensor(layer, t).isEmpty()).map(TensorAccess::name).toList();
    if (!unknown.isEmpty()) {
      return unknown(node, ZEROS, unknown);
    }
    double both = 1;
    for (int i = 0; i < operands.size(); i++) {
      TensorAccess t = operands.get(i);
      // an element that is multiplied with itself is two operands, but zero in one place
      boolean again =
          operands.subList(0, i).stream()
              .anyMatch(o -> o.tensor().equals(t.tensor()) && o.ranks().equals(t.ranks()));
      both *= again ? 1 : tensor(layer, t).orElseThrow().density();
    }
    return measured(node, ZEROS, 1 - both, operands);
  }

  private static List<TensorAccess> served(LayerData layer, Node node) {
    return layer.einsum().tensors().stream()
        .filter(
            t ->
                switch (node) {
                  case Memory m -> m.keep().allows(t);
                  case Toll toll -> Keep.names(toll.tensors(), t);
                  case Fanout f -> true;
                  case Compute c -> true;
                })
        .toList();
  }

  private static Optional<TensorData> tensor(LayerData layer, TensorAccess t) {
    return Optional.ofNullable(layer.tensors().get(t.name()));
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private OptionalDouble unknown(Node node, String attribute, List<String> tensors) {
    uses.add(new Use.Unknown(node.name(), attribute, tensors));
    return OptionalDouble.empty();
  }

  private OptionalDouble measured(
      Node node, String attribute, double value, List<TensorAccess> tensors) {
    // rounding may leave the bounds of a share
    double share = Math.max(0, Math.min(1, value));
    uses.add(
        new Use.Measured(
            node.name(), attribute, share, tensors.stream().map(TensorAccess::name).toList()));
    return OptionalDouble.of(share);
  }
}
