package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Figure;
import org.einloom.component.ActionEstimate;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.schema.Keys;

/**
 * Reads figures and actions. What a file leaves out is what the node's component class says;
 * without one it is {@link Figure#NONE}: nothing, and known to be by nobody's word.
 *
 * @param source where figures come from that do not say so themselves; empty if unknown
 * @param assumption whether figures that do not say so themselves are assumed
 * @param clockHz turns bandwidths into throughputs
 * @param parts reads what nodes are made of
 * @param part what this node is made of, if it says so
 */
record Costs(
    String source, boolean assumption, double clockHz, PartReader parts, Optional<Part> part) {
  static final String SOURCE = "source";
  static final String ASSUMPTION = "assumption";
  static final Keys ACTION =
      Keys.of(
          may("energy", "energy_figure", "Of one action"),
          may("width", "size", "Bits that one action moves; left out: one word"),
          may("throughput", "rate", "Actions per cycle and instance; left out: no limit"),
          may("bandwidth", "bandwidth", "In place of throughput: throughput x width"),
          may(SOURCE, "text", "Where the figure is from"),
          may(ASSUMPTION, "flag", "Whether it is assumed"));

  /** A figure with its source; the value is a quantity of the definition's name. */
  static Keys figure(String quantity) {
    return Keys.of(
        must("value", quantity, "The figure"),
        may(SOURCE, "text", "Where it is from"),
        may(ASSUMPTION, "flag", "Whether it is assumed"));
  }

  private static final List<String> FIGURE = figure("").names();
  private static final long WIDEST_BITS = 1L << 40;

  /** These with what the mapping itself says about source and assumption. */
  Costs within(Fields fields) {
    return new Costs(
        fields.optional(SOURCE).map(n -> Values.text(n, SOURCE)).orElse(source),
        fields.optional(ASSUMPTION).map(n -> Values.flag(n, ASSUMPTION)).orElse(assumption),
        clockHz,
        parts,
        part);
  }

  /**
   * These with what the node is made of.
   *
   * @param name of the node
   * @param sizeBits the node's capacity, where it has one
   */
  Costs madeOf(String name, Fields node, OptionalLong sizeBits) {
    return new Costs(source, assumption, clockHz, parts, parts.read(name, node, sizeBits));
  }

  /** These for a node whose actions are all what its component does to words that pass it. */
  Costs passedBy(List<String> actions) {
    return new Costs(source, assumption, clockHz, parts, part.map(p -> p.passedBy(actions)));
  }

  /** A figure: a quantity, or a quantity with its source. */
  private Figure figure(Fields owner, String key, Unit unit, Optional<Figure> otherwise) {
    Optional<YamlNode> node = owner.optional(key);
    if (node.isEmpty()) {
      return otherwise.orElse(Figure.NONE);
    }
    if (!(node.get() instanceof Mapping)) {
      return figure(Quantity.read(node.get(), key, unit));
    }
    Fields fields = Fields.of(node.get(), "'" + key + "' of " + owner.what(), FIGURE);
    YamlNode value = fields.required("value", "value: 0.5 mm2");
    return within(fields).figure(Quantity.read(value, key, unit));
  }

  private Figure figure(Quantity quantity) {
    return new Figure(quantity.asDouble(), source, assumption);
  }

  /** The area of a node. */
  Figure area(Fields owner) {
    return figure(owner, "area", Unit.AREA, part.map(Part::area));
  }

  /** The leakage of a node. */
  Figure leakage(Fields owner) {
    return figure(owner, "leakage", Unit.POWER, part.map(Part::leakage));
  }

  /**
   * The actions of a node, which are some of these, in file order; then those of its component that
   * the file does not mention.
   */
  SequencedMap<String, Action> actions(Fields owner, List<String> known) {
    var actions = new LinkedHashMap<String, Action>();
    owner
        .optional("actions")
        .ifPresent(
            node -> {
              Fields named = Fields.of(node, "'actions' of " + owner.what(), known);
              for (String name : named.keys()) {
                actions.put(name, action(name, named.required(name, "energy: 1 pJ"), owner));
              }
            });
    part.ifPresent(
        p -> {
          p.requireSome(known, owner.what());
          known.stream()
              .filter(name -> !actions.containsKey(name))
              .forEach(n -> p.action(n).ifPresent(a -> actions.put(n, action(n, a, p))));
        });
    return actions;
  }

  /** An action that the file says nothing of. */
  private Action action(String name, ActionEstimate a, Part p) {
    return new Action(name, p.figure(a.energyPj()), a.widthBits(), a.rate().perCycle(clockHz));
  }

  private Action action(String name, YamlNode node, Fields owner) {
    Fields fields = Fields.of(node, "action '" + name + "' of " + owner.what(), ACTION);
    Optional<Action> other = part.flatMap(p -> p.action(name).map(a -> action(name, a, p)));
    long width = width(name, fields, other);
    double perCycle =
        perCycle(fields, width)
            .orElse(other.map(Action::perCycle).orElse(Double.POSITIVE_INFINITY));
    return fields
        .at()
        .locate(
            () ->
                new Action(
                    name,
                    within(fields)
                        .figure(fields, "energy", Unit.ENERGY, other.map(Action::energyPj)),
                    width,
                    perCycle));
  }

  private static long width(String name, Fields fields, Optional<Action> other) {
    long of = other.map(Action::widthBits).orElse(0L);
    Optional<YamlNode> given = fields.optional("width");
    if (given.isEmpty()) {
      return of;
    }
    long width = bits(given.get(), "width", 1, WIDEST_BITS);
    if (name.equals("compute")) {
      throw fields
          .keyAt("width")
          .error("action 'compute' has a width", "a compute works on one word of every operand");
    }
    if (of != 0 && of != width && fields.optional("energy").isEmpty()) {
      throw fields
          .keyAt("width")
          .error(
              fields.what() + " moves " + width + " b, but its component moves " + of + " b",
              "expected the width at the component alone, or an energy of the action as well");
    }
    return width;
  }

  private OptionalDouble perCycle(Fields fields, long width) {
    Optional<YamlNode> throughput = fields.optional("throughput");
    Optional<YamlNode> bandwidth = fields.optional("bandwidth");
    if (throughput.isPresent() && bandwidth.isPresent()) {
      throw fields
          .keyAt("bandwidth")
          .error(
              fields.what() + " has both 'throughput' and 'bandwidth'",
              "expected one: bandwidth = throughput x width x clock");
    }
    if (bandwidth.isPresent() && width == 0) {
      throw fields
          .keyAt("bandwidth")
          .error(
              fields.what() + " has a bandwidth but no width",
              "add 'width', the bits of one action");
    }
    Optional<YamlNode> given = throughput.or(() -> bandwidth);
    if (given.isEmpty()) {
      return OptionalDouble.empty();
    }
    Quantity q =
        throughput.isPresent()
            ? Quantity.read(given.get(), "throughput", Unit.RATE)
            : Quantity.read(given.get(), "bandwidth", Unit.BANDWIDTH, Unit.CYCLE_BANDWIDTH);
    double perCycle =
        switch (q.unit()) {
          case BANDWIDTH -> q.asDouble() / width / clockHz;
          case CYCLE_BANDWIDTH -> q.asDouble() / width;
          default -> q.asDouble();
        };
    if (!(perCycle > 0)) {
      throw given
          .get()
          .at()
          .error("nothing ever gets through at 0 per cycle", "leave it out if there is no limit");
    }
    return OptionalDouble.of(perCycle);
  }

  /** A size in whole bits within bounds, both included. */
  static long bits(YamlNode node, String key, long least, long most) {
    BigDecimal bits = Quantity.read(node, key, Unit.SIZE).value();
    if (bits.stripTrailingZeros().scale() > 0) {
      throw node.at()
          .error(
              "'" + key + "' is " + bits.toPlainString() + " bits",
              "expected a whole number of bits");
    }
    if (bits.compareTo(BigDecimal.valueOf(least)) < 0
        || bits.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw node.at()
          .error(
              "'" + key + "' is " + bits.toPlainString() + " bits",
              most == Long.MAX_VALUE
                  ? "expected at least " + least
                  : "expected " + least + " to " + most + " bits");
    }
    return bits.longValueExact();
  }
}
