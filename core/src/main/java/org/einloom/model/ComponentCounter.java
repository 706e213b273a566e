package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.einloom.arch.Memory;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;

/** Counts one memory, toll or fanout: the flows of every different instance of it. */
final class ComponentCounter {
  private final Compiled compiled;
  private final int component;
  private final boolean memory;
  private final Map<Integer, Stepped> stepped;
  private final Instances instances;
  private final Factors factors;
  private final Map<Integer, Plan> plans = new LinkedHashMap<>();
  private final List<Integer> present = new ArrayList<>();

  /**
   * @param stepped by tensor without a closed form, its counts
   */
  ComponentCounter(Compiled compiled, int component, Map<Integer, Stepped> stepped) {
    this.compiled = compiled;
    this.component = component;
    this.stepped = stepped;
    memory = compiled.architecture.nodes().get(component) instanceof Memory;
    instances = new Instances(compiled, component);
    factors = new Factors(compiled, instances.groupOf);
    Views views = new Views(compiled, component);
    for (int t = 0; t < compiled.tensors.size(); t++) {
      int level = level(t);
      if (level >= 0) {
        present.add(t);
        if (!stepped.containsKey(t)) {
          plans.put(t, Plan.of(compiled, factors, views, t, level, memory));
        }
      }
    }
  }

  /** The storage level of the tensor that this component serves, -1 if none. */
  private int level(int tensor) {
    Compiled.Tensor t = compiled.tensors.get(tensor);
    int level = ClosedForm.levelAt(t, component);
    boolean counts =
        level >= 0 && (memory ? t.memory[level] == component : compiled.crosses(t, component));
    return counts ? level : -1;
  }

  ComponentCounts count() {
    List<List<Option>> options = new ArrayList<>();
    for (int g = 0; g < instances.groups; g++) {
      options.add(options(g));
    }
    List<InstanceClass> classes = new ArrayList<>();
    Map<Integer, Boolean> partial = new HashMap<>();
    walk(options, 0, new Sums[factors.list().size()], 1, 0, new long[0], classes, partial);
    TreeMap<String, Occupancy> occupancy = new TreeMap<>();
    if (memory) {
      for (int t : present) {
        Stepped s = stepped.get(t);
        occupancy.put(
            compiled.tensors.get(t).access.name(),
            s != null
                ? s.occupancy(level(t))
                : new Occupancy(largest(t), partial.getOrDefault(t, false)));
      }
    }
    return new ComponentCounts(
        compiled.architecture.nodes().get(component).name(), classes, occupancy);
  }

  /** Instances of one group that count alike: the factors' values, and how far a result falls. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Option(Sums[] values, int deepest, long count, long[] index) {}

  private List<Option> options(int group) {
    boolean uniform = stepped.isEmpty() && uniform(group);
    boolean[] zeroMatters = new boolean[compiled.loopVariable.length];
    for (int l = 0; l < zeroMatters.length; l++) {
      zeroMatters[l] = fall(l) > 0;
    }
    record Key(List<Sums> values, int deepest, List<Long> index) {}
    Map<Key, Option> merged = new LinkedHashMap<>();
    Sums[] shared = null;
    for (Instances.Choice choice : instances.choices(group, uniform, zeroMatters)) {
      Sums[] values = shared;
      if (values == null) {
        values = new Sums[factors.list().size()];
        for (int f = 0; f < values.length; f++) {
          Factors.Factor factor = factors.list().get(f);
          if (factor.group() == group) {
            values[f] = factors.value(f, choice.index());
          }
        }
        if (uniform) {
          shared = values;
        }
      }
      int deepest = 0;
      for (int l = 0; l < zeroMatters.length; l++) {
        if (choice.index()[l] > 0) {
          deepest = Math.max(deepest, fall(l));
        }
      }
      Option option = new Option(values, deepest, choice.count(), choice.index());
      List<Sums> key = new ArrayList<>();
      for (Sums s : values) {
        if (s != null) {
          key.add(s);
        }
      }
      List<Long> index =
          stepped.isEmpty() ? List.of() : Arrays.stream(choice.index()).boxed().toList();
      merged.merge(
          new Key(key, deepest, index),
          option,
          (a, b) -> new Option(a.values, a.deepest, Limits.add(a.count, b.count), a.index));
    }
    return List.copyOf(merged.values());
  }

  /** Below which storage level of the result a nonzero index means that no value comes down. */
  private int fall(int loop) {
    if (!instances.isFixed(loop)) {
      return 0;
    }
    for (Compiled.Tensor t : compiled.tensors) {
      if (t.result && !t.usesVariable(compiled.loopVariable[loop])) {
        int level = 0;
        while (level < t.depth.length && t.depth[level] <= loop) {
          level++;
        }
        return level;
      }
    }
    return 0;
  }

  private boolean uniform(int group) {
    for (int v = 0; v < compiled.variables; v++) {
      if (instances.groupOf[v] == group && !compiled.perfect[v]) {
        return false;
      }
    }
    for (Compiled.Tensor t : compiled.tensors) {
      for (Compiled.Rank r : t.ranks) {
        if (r.padded && r.variable.length > 0 && instances.groupOf[r.variable[0]] == group) {
          return false;
        }
      }
    }
    return true;
  }

  private void walk(
      List<List<Option>> options,
      int group,
      Sums[] values,
      long count,
      int deepest,
      long[] index,
      List<InstanceClass> classes,
      Map<Integer, Boolean> partial) {
    if (group == options.size()) {
      TreeMap<String, Flows> flows = new TreeMap<>();
      for (int t : present) {
        Stepped s = stepped.get(t);
        Plan plan = plans.get(t);
        Flows f =
            s != null
                ? s.flows(component, index)
                : plan != null ? plan.flows(values, deepest) : Flows.ZERO;
        flows.put(compiled.tensors.get(t).access.name(), f);
        if (compiled.tensors.get(t).result && (f.fills() > 0 || f.updates() > f.finalUpdates())) {
          partial.put(t, true);
        }
      }
      classes.add(new InstanceClass(count, flows));
      return;
    }
    for (Option o : options.get(group)) {
      Sums[] next = values.clone();
      for (int f = 0; f < next.length; f++) {
        if (o.values[f] != null) {
          next[f] = o.values[f];
        }
      }
      long[] sum = o.index.clone();
      for (int l = 0; l < index.length; l++) {
        sum[l] += index[l];
      }
      walk(
          options,
          group + 1,
          next,
          Limits.multiply(count, o.count),
          Math.max(deepest, o.deepest),
          sum,
          classes,
          partial);
    }
  }

  private long largest(int tensor) {
    Compiled.Tensor t = compiled.tensors.get(tensor);
    View each = new Views(compiled, component).each(t.depth[level(tensor)]);
    long words = 1;
    for (Compiled.Rank rank : t.ranks) {
      int[] loops = new int[rank.variable.length];
      for (int i = 0; i < loops.length; i++) {
        for (int l : compiled.loopsOf[rank.variable[i]]) {
          loops[i] += l < each.depth() ? 1 : 0;
        }
      }
      RankSums sums = new RankSums(compiled, rank, each, loops, -1, false);
      words = Limits.multiply(words, sums.largest());
    }
    return words;
  }
}
