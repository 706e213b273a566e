package org.einloom.component.sram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.einloom.component.Value;

/**
 * Estimates SRAM macros. A first estimate of a memory takes some hundred microseconds once the JVM
 * is warm, a second one is looked up. Safe to share between threads.
 *
 * <p>Between the nodes that CACTI was run at, figures are interpolated in the logarithms of figure
 * and feature size, each node with an organisation of its own: so they lie between those of the
 * neighbours. Beyond these nodes they are scaled ({@link SramScaling}).
 */
public final class SramEstimator {
  private static final int REMEMBERED = 1 << 16;

  private final Map<SramFlavour, List<Node>> nodes = new EnumMap<>(SramFlavour.class);
  private final Map<SramSpec, SramEstimate> known = new ConcurrentHashMap<>();

  public SramEstimator() {
    for (SramFlavour flavour : SramFlavour.values()) {
      nodes.put(flavour, Node.of(flavour));
    }
  }

  /**
   * What such a memory costs. Every {@link SramSpec} has an answer; its notes say how sound it is.
   */
  public SramEstimate estimate(SramSpec spec) {
    SramEstimate found = known.get(spec);
    if (found != null) {
      return found;
    }
    SramEstimate made = make(spec);
    if (known.size() < REMEMBERED) {
      known.put(spec, made);
    }
    return made;
  }

  private SramEstimate make(SramSpec spec) {
    double nm = spec.technologyNm();
    List<Node> all = nodes.getOrDefault(spec.flavour(), List.of());
    if (nm < all.getFirst().nm()) {
      return scaled(spec, all.getFirst());
    }
    if (nm > all.getLast().nm()) {
      return scaled(spec, all.getLast());
    }
    int above = 0;
    while (all.get(above).nm() < nm) {
      above++;
    }
    Node high = all.get(above);
    return high.nm() == nm ? at(spec, high) : between(spec, all.get(above - 1), high);
  }

  private static SramEstimate at(SramSpec spec, Node node) {
    OrganisationSearch.Choice choice = choose(spec, node);
    List<String> notes = Reach.notes(spec, choice.organisation());
    return new SramEstimate(
        spec,
        choice.figures(),
        choice.organisation(),
        model(spec, node.nm() + " nm"),
        Optional.empty(),
        notes,
        notes.isEmpty() ? Optional.of(Reach.errors(spec.flavour())) : Optional.empty());
  }

  private static SramEstimate between(SramSpec spec, Node low, Node high) {
    double nm = spec.technologyNm();
    OrganisationSearch.Choice a = choose(spec, low);
    OrganisationSearch.Choice b = choose(spec, high);
    double share = Math.log(nm / low.nm()) / Math.log((double) high.nm() / low.nm());
    SramOrganisation organisation = share < 0.5 ? a.organisation() : b.organisation();
    List<String> notes = new ArrayList<>(Reach.notes(spec, organisation));
    notes.add(
        "%s nm lies between nodes that errors were measured at, %d and %d nm"
            .formatted(Value.of(nm), low.nm(), high.nm()));
    return new SramEstimate(
        spec,
        a.figures().towards(b.figures(), share),
        organisation,
        model(spec, low.nm() + " and " + high.nm() + " nm") + ", interpolated",
        Optional.empty(),
        notes,
        Optional.empty());
  }

  private static SramEstimate scaled(SramSpec spec, Node from) {
    OrganisationSearch.Choice choice = choose(spec, from);
    SramScaling scaling = SramScaling.of(from.nm(), spec.technologyNm(), choice.figures());
    List<String> notes = new ArrayList<>(Reach.notes(spec, choice.organisation()));
    notes.add(
        "CACTI was not run at %s nm: scaled from %d nm"
            .formatted(Value.of(spec.technologyNm()), from.nm()));
    return new SramEstimate(
        spec,
        scaling.figures(),
        choice.organisation(),
        model(spec, from.nm() + " nm"),
        Optional.of(scaling),
        notes,
        Optional.empty());
  }

  private static OrganisationSearch.Choice choose(SramSpec spec, Node node) {
    int width = Math.max(spec.widthBits(), OrganisationSearch.LEAST_BITS);
    long bankBits = Math.max(spec.sizeBytes() / spec.banks() * 8, width);
    Macro macro = new Macro(node, Ports.of(spec), width, spec.banks());
    return OrganisationSearch.best(macro, bankBits, width, OrganisationSearch.LEAST_ROWS)
        .or(() -> OrganisationSearch.best(macro, bankBits, width, 1))
        .orElseThrow(() -> new IllegalStateException("no organisation for " + spec));
  }

  private static String model(SramSpec spec, String fitted) {
    return "structural model fitted to CACTI 7 at %s, %s at %s K"
        .formatted(fitted, spec.flavour().label(), Value.of(spec.flavour().temperatureK()));
  }
}
