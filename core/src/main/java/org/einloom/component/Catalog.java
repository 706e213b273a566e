package org.einloom.component;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * The component classes there are, and their estimates. Remembers what it computed; safe for
 * several threads.
 */
public final class Catalog {
  /** Sweeps are larger than designs; what exceeds this is computed again. */
  private static final int MOST_REMEMBERED = 1 << 16;

  private static final double LARGEST = 1e12;

  private final SequencedMap<String, ComponentModel> models;
  private final Map<Query, Estimate> known = new ConcurrentHashMap<>();

  private record Query(String componentClass, Attributes attributes) {}

  private Catalog(SequencedMap<String, ComponentModel> models) {
    this.models = Collections.unmodifiableSequencedMap(models);
  }

  /**
   * The classes of every library on the class path.
   *
   * @throws InvalidSpecException if two libraries have a class of one name
   */
  public static Catalog installed() {
    var models = new LinkedHashMap<String, ComponentModel>();
    var libraries = new LinkedHashMap<String, String>();
    for (ComponentLibrary library : ServiceLoader.load(ComponentLibrary.class)) {
      for (ComponentModel model : library.models()) {
        String name = model.componentClass();
        if (models.putIfAbsent(name, model) != null) {
          throw new InvalidSpecException(
              "two libraries have a component class '%s': %s and %s; leave one off the class path"
                  .formatted(name, libraries.get(name), library.name()));
        }
        libraries.put(name, library.name());
      }
    }
    return new Catalog(models);
  }

  /** These classes alone. */
  public static Catalog of(Collection<? extends ComponentModel> models) {
    var byName = new LinkedHashMap<String, ComponentModel>();
    models.forEach(m -> byName.put(m.componentClass(), m));
    return new Catalog(byName);
  }

  /**
   * These classes and one more.
   *
   * @throws InvalidSpecException if there is one of that name
   */
  public Catalog with(ComponentModel model) {
    if (models.containsKey(model.componentClass())) {
      throw new InvalidSpecException(
          "there is a component class '"
              + model.componentClass()
              + "' already; choose another name");
    }
    var more = new LinkedHashMap<>(models);
    more.put(model.componentClass(), model);
    return new Catalog(more);
  }

  /** All classes. */
  public List<ComponentModel> models() {
    return List.copyOf(models.values());
  }

  /** The names of all classes. */
  public List<String> names() {
    return List.copyOf(models.keySet());
  }

  /**
   * The class of that name.
   *
   * @throws InvalidSpecException naming the nearest
   */
  public ComponentModel model(String componentClass) {
    ComponentModel model = models.get(componentClass);
    if (model == null) {
      throw new InvalidSpecException(
          "unknown component class '%s'; expected one of %s%s"
              .formatted(
                  componentClass,
                  String.join(", ", models.keySet()),
                  guess(componentClass, models.keySet())));
    }
    return model;
  }

  /**
   * The attribute of that name.
   *
   * @throws InvalidSpecException naming the nearest
   */
  public static Attribute attribute(ComponentModel model, String name) {
    List<String> names = model.attributes().stream().map(Attribute::name).toList();
    return model.attributes().stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "component class '%s' has no attribute '%s'; expected one of %s%s"
                        .formatted(
                            model.componentClass(),
                            name,
                            String.join(", ", names),
                            guess(name, names))));
  }

  /**
   * What a component costs.
   *
   * @throws InvalidSpecException if there is no such class, an attribute is unknown, missing or out
   *     of bounds, or no such component can be built
   */
  public Estimate estimate(String componentClass, Attributes given) {
    var query = new Query(componentClass, given);
    Estimate estimate = known.get(query);
    if (estimate == null) {
      estimate = compute(model(componentClass), given);
      if (known.size() < MOST_REMEMBERED) {
        known.put(query, estimate);
      }
    }
    return estimate;
  }

  /**
   * What a component of a class costs that need not be in a catalog; not remembered.
   *
   * @throws InvalidSpecException as {@link #estimate}
   */
  public static Estimate compute(ComponentModel model, Attributes given) {
    Attributes attributes = complete(model, given);
    Costs costs = model.estimate(attributes);
    costs
        .actions()
        .forEach((name, a) -> sensible(model, name + " energy", a.energyPj(), "pJ", "1 J"));
    costs
        .actions()
        .forEach((name, a) -> sensible(model, name + " latency", a.latencyNs(), "ns", "1000 s"));
    sensible(model, "area", costs.areaUm2(), "um2", "1 m2");
    sensible(model, "leakage", costs.leakageUw(), "uW", "1000 kW");
    return new Estimate(
        model.componentClass(),
        model.model(),
        attributes,
        costs.actions(),
        costs.areaUm2(),
        costs.leakageUw(),
        costs.notes());
  }

  /**
   * Counts that users gave multiply to numbers that are slips, or overflow. The limit is that of
   * figures in files, for each of these quantities 1e12 of the unit it is held in.
   */
  private static void sensible(
      ComponentModel model, String what, Derivation figure, String unit, String limit) {
    double value = figure.value();
    if (!(value <= LARGEST)) {
      throw new InvalidSpecException(
          "the %s of component class '%s' comes to %s; expected at most %s; check attributes, counts and 'times'"
              .formatted(
                  what,
                  model.componentClass(),
                  Double.isFinite(value)
                      ? String.format(Locale.ROOT, "%.3g %s", value, unit)
                      : String.valueOf(value),
                  limit));
    }
  }

  private static Attributes complete(ComponentModel model, Attributes given) {
    for (Map.Entry<String, Value> e : given.values().entrySet()) {
      attribute(model, e.getKey()).check(e.getValue());
    }
    var all = new LinkedHashMap<String, Value>();
    for (Attribute a : model.attributes()) {
      Value value = given.values().get(a.name());
      if (value != null) {
        all.put(a.name(), value);
      } else if (a.fallback().isPresent()) {
        all.put(a.name(), a.fallback().get());
      } else if (a.required()) {
        throw new InvalidSpecException(
            "component class '%s' needs '%s', %s; expected %s"
                .formatted(
                    model.componentClass(),
                    a.name(),
                    a.description(),
                    a.words().isEmpty() ? a.kind().expected() : "one of " + a.listed()));
      }
    }
    return new Attributes(all);
  }

  private static String guess(String given, Collection<String> known) {
    return Spelling.nearest(given, known).map(n -> "; did you mean '" + n + "'?").orElse("");
  }
}
